"""Errors as RFC 9457 has them (`application/problem+json`): one shape for everything under /api/v1 and for what
middleware refuses.

Takes what went wrong; gives type, title, status, detail and instance. Types are addresses under `/api/v1/problems`,
where each is described. Must not tell anything of this machine: paths and traces stay in the log.
"""

import errno
import re
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.responses import Response
from starlette.types import Scope

from allonym.errors import (
    AllonymError,
    ConflictError,
    ContradictionError,
    FullError,
    InputError,
    LockedError,
    NotFoundError,
    PolicyError,
    RefusedError,
    SeveralError,
    StoreError,
    UsageError,
)

MEDIA_TYPE = "application/problem+json"
TYPES_AT = "/api/v1/problems/"
_OPTION = re.compile(r"(?<!\w)--([a-z][a-z-]+)")
#: A path of this machine at the beginning of a message: only the name of the file is told.
_OWN = re.compile(r"^(?:/|[A-Za-z]:[\\/])[^:,]*[\\/]([^\\/:,]+)")
_FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of problem: its HTTP status, its title, and what to do about it."""

    status: int
    title: str
    advice: str


KINDS = {
    "invalid": Kind(422, "The request is not as it should be", "Correct the parts named in `errors`."),
    "unusable": Kind(422, "What was sent cannot be used", "Read `detail`; correct the name, file or option."),
    "malformed": Kind(400, "The request cannot be read", "Send valid HTTP with a body of the stated type."),
    "key-needed": Kind(401, "A key is needed", "Send `Authorization: Bearer KEY`; `allonym keys add` makes one."),
    "not-allowed": Kind(403, "This key may not do that", "Use a key with the role that `detail` names."),
    "cross-site": Kind(403, "The request comes from another site", "Send it from the server's own pages, with their "
                       "token, or with a key."),
    "not-found": Kind(404, "There is no such thing", "Check the id, the name, the day, or the path."),
    "method-not-allowed": Kind(405, "That method is not for this path", "Use one that the header `Allow` names."),
    "too-slow": Kind(408, "The request did not arrive in time", "Send the body at once, or a smaller one."),
    "several": Kind(409, "Several actors bear that name", "Ask for one of `candidates` by its id."),
    "conflict": Kind(409, "It cannot be done as things are", "Read `detail`: it is done already, contradicts, or "
                     "somebody was first; `by`, `at` and `what` say who, when and what. Look again, then decide."),
    "too-large": Kind(413, "The body is too large", "Send less; `detail` has the limit."),
    "wrong-media-type": Kind(415, "That type of body is not read", "Send JSON or a form, as the schema says."),
    "wrong-host": Kind(421, "The request is for another host", "Use localhost, or make a key."),
    "too-many": Kind(429, "Too many requests", "Wait for as many seconds as `Retry-After` says."),
    "defect": Kind(500, "Something went wrong here", "Report it with the request's id; the log has more."),
    "busy": Kind(503, "It cannot be answered now", "Try again after as many seconds as `Retry-After` says."),
    "timeout": Kind(503, "It took too long", "Ask for less, or use a job."),
    "unavailable": Kind(503, "The data folder cannot be used", "Read `detail`; the server needs looking after."),
    "disk-full": Kind(507, "The disk is full", "Free some space; nothing was half-written."),
}  # fmt: skip


_NAMED = {NotFoundError: "not-found", ContradictionError: "conflict", RefusedError: "not-allowed"}


class ProblemError(Exception):
    """Raised by routes: a kind of `KINDS`, what was wrong, further members and headers."""

    def __init__(
        self, kind: str, detail: str, *, headers: dict[str, str] | None = None, members: dict[str, Any] | None = None
    ) -> None:  # fmt: skip
        super().__init__(detail)
        self.kind, self.detail, self.headers, self.members = kind, detail, headers or {}, members or {}


def problem(scope: Scope, error: ProblemError) -> Response:
    """The answer."""
    kind = KINDS[error.kind]
    document = {
        "type": f"{TYPES_AT}{error.kind}", "title": kind.title, "status": kind.status, "detail": error.detail,
        "instance": scope.get("path", "/").encode("utf-8", "replace").decode(), **error.members,
    }  # fmt: skip
    request_id = scope.get("state", {}).get("request_id")
    if request_id:
        document["request_id"] = request_id
    return Response(orjson.dumps(document), kind.status, {**error.headers, "Cache-Control": "no-store"}, MEDIA_TYPE)


def of_error(error: AllonymError) -> ProblemError:
    """What Allonym raises on purpose, as a problem; options of the command line are named as parameters are, and files
    of this machine without their folders."""
    detail = _OPTION.sub(lambda m: m[1].replace("-", "_"), " ".join(str(error).splitlines()))
    detail = _OWN.sub(r"\1", detail.encode("utf-8", "replace").decode())
    if isinstance(error, ConflictError):
        told = {"by": error.by, "at": error.at, "what": error.what, "alert": error.alert}
        return ProblemError("conflict", detail, members={name: value for name, value in told.items() if value})
    if isinstance(error, FullError):
        return ProblemError("disk-full", "the disk is full, nothing was changed; free some space and try again")
    if isinstance(error, SeveralError):
        candidates = [dict(zip(("id", "caption", "schema", "sources"), found, strict=True))
                      for found in error.candidates]  # fmt: skip
        return ProblemError("several", detail, members={"candidates": candidates})
    for kind, name in _NAMED.items():
        if isinstance(error, kind):
            return ProblemError(name, detail)
    if isinstance(error, LockedError):  # its text names the process and the machine
        return ProblemError("busy", "another process is at work on this; try again when it has ended",
                            headers={"Retry-After": "5"})  # fmt: skip
    if isinstance(error, StoreError | PolicyError):
        return ProblemError("unavailable", detail, headers={"Retry-After": "60"})
    if isinstance(error, InputError | UsageError):
        return ProblemError("unusable", detail)
    return ProblemError("busy", detail, headers={"Retry-After": "5"})


def of_os_error(error: OSError) -> ProblemError:
    """A full disk by that name; anything else is a defect. The text, which may hold a path, stays in the log."""
    if error.errno in _FULL:
        return ProblemError("disk-full", "the disk is full; nothing was half-written")
    return ProblemError("defect", "a file could not be read or written")
