"""Everything Allonym raises on purpose.

    AllonymError                one line for the user: what, where, what to do; the command exits with `status`
    ├── UsageError       (2)    the call is wrong: an unknown source, schema or option value
    ├── InputError       (2)    a file, row, entry or name cannot be used
    │   ├── ListError           a list cannot be read: format, truncation, hostile content
    │   ├── FloorError   (1)    a list was read but is too small or too empty to replace the one in use
    │   └── PolicyError         the policy file of cases is wrong; says every line
    ├── StoreError       (2)    the data folder cannot be used: unreadable, written by a newer version
    │   ├── LockedError         another process is loading; says which
    │   └── FullError           the disk is full; nothing was changed
    ├── FetchError       (1)    a publisher's address did not deliver
    ├── NotFoundError    (1)    no such entity, snapshot or record
    │   └── SeveralError        several actors bear that name; `candidates` says which
    ├── ContradictionError (1)  a judgement contradicts an earlier one; says the chain
    ├── ConflictError    (1)    somebody else decided first; says who, what and when
    ├── RefusedError     (1)    the policy or a role does not allow it; says who may
    └── StoppedError     (130)  stopped by the user; says what is kept and how to go on

Nothing here is raised for a defect of ours: those are ordinary Python exceptions and show a traceback.
"""


class AllonymError(Exception):
    """Base class. `status` is the exit status a command ends with."""

    status = 2


class UsageError(AllonymError):
    """The call itself is wrong."""


class InputError(AllonymError):
    """Something the user handed over cannot be used."""


class ListError(InputError):
    """A list file cannot be read as what it claims to be."""


class FloorError(InputError):
    """A list was read, and is too small or too empty to replace the one in use."""

    status = 1


class PolicyError(InputError):
    """The policy file of cases cannot be used: nothing is decided until it is right."""


class StoreError(AllonymError):
    """The data folder cannot be used."""


class LockedError(StoreError):
    """Another process holds the lock on the data folder."""


class FullError(StoreError):
    """The disk is full; nothing was changed."""


class FetchError(AllonymError):
    """A publisher's address did not deliver a usable file."""

    status = 1


class NotFoundError(AllonymError):
    """Asked for something that is not there."""

    status = 1


class SeveralError(NotFoundError):
    """Several actors bear the name that was asked. `candidates` are (id, caption, schema, sources) of each."""

    def __init__(self, message: str, candidates: tuple[tuple[str, str, str, tuple[str, ...]], ...]) -> None:
        super().__init__(message)
        self.candidates = candidates


class ContradictionError(AllonymError):
    """What a person says of two entries contradicts what was said before. `chain` says how, without what to do;
    `numbers` are the decisions of it."""

    status = 1

    def __init__(self, message: str, *, chain: str = "", numbers: tuple[int, ...] = ()) -> None:
        super().__init__(message)
        self.chain, self.numbers = chain or message, numbers


class ConflictError(AllonymError):
    """Somebody else decided, or changed the same thing, first. `by`, `at` and `what` say who, when and what, where it
    is known; `alert` the number of an alert that is there already."""

    status = 1

    def __init__(self, message: str, *, by: str = "", at: str = "", what: str = "", alert: int = 0) -> None:
        super().__init__(message)
        self.by, self.at, self.what, self.alert = by, at, what, alert


class RefusedError(AllonymError):
    """The policy or the person's role does not allow it."""

    status = 1


class StoppedError(AllonymError):
    """The user stopped a run (Ctrl-C)."""

    status = 130
