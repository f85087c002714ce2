"""Where a command's output goes: standard output, or a file that appears complete or not at all.

Takes bytes and what `--output` said; writes them. Must not leave half a file, nor touch one that is there before the
new one is whole.
"""

import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from allonym.errors import InputError, UsageError

PNG = b"\x89PNG"


def checked(output: str | None, source: str | None = None) -> Path | None:
    """The path to write, when it can be one; None for standard output. Raises UsageError for a folder, for a file in a
    folder that is not there, and for `source`, the input itself."""
    if output is None:
        return None
    path = Path(output)
    if path.is_dir():
        raise UsageError(f"{output}: is a directory; give a file to write")
    if not path.absolute().parent.is_dir():
        raise UsageError(f"{output}: no folder {path.parent}; make it first")
    if source is not None and path.exists() and Path(source).exists() and path.samefile(source):
        raise UsageError(f"{output}: is the input itself; give another file to write")
    return path


def format_of(output: str | None, stated: str | None, endings: Mapping[str, str], default: str) -> str:
    """The format: as stated, else by the ending of the output, else the default. Raises UsageError for an ending that
    says none."""
    if stated or not output:
        return stated or default
    ending = Path(output).suffix.casefold()
    if ending not in endings:
        raise UsageError(f"{output}: {ending or 'no ending'} says no format; end it in {', '.join(endings)} or give "
                         "--format")  # fmt: skip
    return endings[ending]


def deliver(content: bytes, output: Path | None, *, otherwise: str = "choose another file") -> None:
    """To standard output or to the file.

    Raises InputError, with what to do `otherwise`, where it cannot be written; UsageError for a PNG on a terminal.
    """
    if output is None:
        if content.startswith(PNG) and sys.stdout.isatty():
            raise UsageError("a PNG cannot be shown on a terminal; give --output FILE.png")
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        with tempfile.NamedTemporaryFile(dir=output.parent, prefix=f".{output.name[:100]}.", delete=False) as file:
            beside = Path(file.name)
            try:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
                beside.chmod(0o644)
                beside.replace(output)
            except BaseException:
                beside.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise InputError(f"{output}: cannot be written ({error.strerror}); {otherwise}") from None
