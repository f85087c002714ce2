"""All sources there are, by name.

Takes nothing; gives the `Source` of every publisher. A new adapter is added here and nowhere else.
"""

from functools import cache
from importlib import import_module

from allonym.errors import UsageError
from allonym.model import EXTRACT, REGISTER
from allonym.sources.source import Format, Source

MODULES = (
    "us_ofac", "us_trade_csl", "us_bis_dpl", "un_sc", "eu_fsf", "gb_uksl", "gb_ukcl", "ca_sema", "ch_seco", "au_dfat",
)  # fmt: skip


@cache
def sources() -> dict[str, Source]:
    """Publishers' lists by name; the built-in register and users' FtM files are apart."""
    found = [s for module in MODULES for s in import_module(f"allonym.sources.{module}").SOURCES]
    return {source.name: source for source in found}


def is_official(source: str) -> bool:
    """Whether a source is a publisher's list or the register, not a user's file."""
    return source == REGISTER or source.removesuffix(EXTRACT) in sources()


def register() -> Source:
    """The built-in register."""
    found: Source = import_module("allonym.sources.register").SOURCES[0]
    return found


def source(name: str) -> Source:
    """The publisher's list of that name. Raises UsageError naming those there are."""
    known = sources()
    if name not in known:
        raise UsageError(f"no list is called {name!r}; there are {', '.join(known)}, and ftm and register")
    return known[name]


def formats() -> list[Format]:
    """Every file format of every publisher's list."""
    return [f for s in sources().values() for f in s.formats]


def licence(name: str) -> str:
    """The licence of a source that may also be an extract, the register or a user's file."""
    plain = name.removesuffix(EXTRACT)
    if plain == REGISTER:
        return register().licence
    return sources()[plain].licence if plain in sources() else "as given by the user"
