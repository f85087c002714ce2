"""Acts in processes of their own, to be killed and to meet each other. Run by the tests of this folder.

acting.py FOLDER close NAME     says `ready`, waits for a line, closes alert 1 and says what came of it
acting.py FOLDER forever NAME   notes, escalates, closes and reopens alert 1 until killed; says `done N` after each
"""

import sys
from pathlib import Path

from allonym.cases import Cases, Closing, State
from allonym.errors import AllonymError
from tests.cases.made import Made


def main(folder: str, what: str, name: str) -> None:
    """See the module's docstring."""
    cases = Cases(Made(Path(folder)))
    closing = Closing(State.FALSE_ALARM, "name_only", "x" * 2_000)
    if what == "close":
        print("ready", flush=True)
        sys.stdin.readline()
        try:
            print("closed by", cases.close(1, closing, by=name).decision.by, flush=True)  # type: ignore[union-attr]
        except AllonymError as error:
            print(type(error).__name__, error, flush=True)
        return
    while True:
        cases.note(1, "n" * 3_000, by=name)
        print("done", cases.alert(1).version, flush=True)
        cases.close(1, closing, by=name)
        print("done", cases.alert(1).version, flush=True)
        cases.reopen(1, "again", by=name)
        print("done", cases.alert(1).version, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
