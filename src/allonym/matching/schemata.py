"""Which kinds of things may be the same thing.

Takes two FtM schema names; says whether a query of the one can mean a listing of the other.
"""

ORGANISATIONS = frozenset({"Company", "Organization", "PublicBody", "LegalEntity", "Asset"})
ANYTHING = frozenset({"Thing", "Asset", ""})
LEGAL = ORGANISATIONS | {"Person"}


def fits(asked: str, listed: str) -> bool:
    """Whether a query of schema `asked` may mean an entity of schema `listed`."""
    if asked == listed or asked in ANYTHING or listed in ANYTHING:
        return True
    if asked == "LegalEntity" or listed == "LegalEntity":
        return asked in LEGAL and listed in LEGAL
    return asked in ORGANISATIONS and listed in ORGANISATIONS
