"""Who may open a page, and who may send a form.

Takes a request; gives the caller. A form needs the token of its page, also where nobody needs a key; a program that
sends a key needs none. Must not answer.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request

from allonym.api.keys import Role
from allonym.api.problem import ProblemError
from allonym.api.security import Caller, needs


def sends(role: Role) -> Callable[[Request], Awaitable[Caller]]:
    """A dependency for routes that change something. Raises ProblemError."""
    plain = needs(role)

    async def allowed(request: Request) -> Caller:
        caller = await plain(request)
        if caller.session is None and "authorization" not in request.headers:
            raise ProblemError("cross-site", "the page's token is missing; load the page again")
        return caller

    return allowed


ReaderSends = Annotated[Caller, Depends(sends(Role.READER))]
AnalystSends = Annotated[Caller, Depends(sends(Role.ANALYST))]
