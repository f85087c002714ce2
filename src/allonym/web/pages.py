"""Templates filled in, with the headers that every page has.

Takes a request, a template and its values; gives the answer. Every text is escaped, and invisible characters are
written out, whatever it is. The page of somebody who is known carries the token that its forms send back. Must not
decide what a page says.
"""

from functools import cache
from typing import Any
from urllib.parse import quote

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

from allonym import __version__
from allonym.api.keys import Role
from allonym.api.security import Caller
from allonym.api.sessions import LOCAL, Session, Sessions
from allonym.screening.printable import printable
from allonym.web.marks import waterfall
from allonym.web.statics import address

POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
          "form-action 'self'; base-uri 'none'; frame-ancestors 'none'")  # fmt: skip
HEADERS = {
    "Content-Security-Policy": POLICY, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}  # fmt: skip
#: (path, what it is called, its shortcut after `g`, the least role)
PLACES = (
    ("/", "Search", "s", Role.READER), ("/screening", "Screening", "c", Role.ANALYST),
    ("/alerts", "Alerts", "a", Role.ANALYST), ("/reader", "Reader", "r", Role.READER),
    ("/same", "Same or different", "d", Role.ANALYST), ("/lists", "Lists", "l", Role.READER),
    ("/audit", "Audit", "u", Role.REVIEWER), ("/quality", "Quality", "q", Role.READER),
)  # fmt: skip


def page(request: Request, template: str, status: int = 200, /, **values: Any) -> HTMLResponse:
    """The answer made of a template."""
    state = request.scope.get("state", {})
    caller: Caller | None = state.get("caller")
    session, cookie = _session(caller, state.get("sessions"))
    path = request.scope.get("path", "/")
    content = _environment().get_template(template).render(
        **values, caller=caller, token=session.token if session else "", path=path, places=_places(path, caller),
        version=__version__, signed_in=bool(caller and caller.session and caller.key_id != LOCAL),
    )  # fmt: skip
    answer = HTMLResponse(content.encode("utf-8", "backslashreplace"), status, HEADERS)
    if cookie:
        answer.headers["Set-Cookie"] = Sessions.cookie(cookie, https=request.url.scheme == "https")
    return answer


def entity_path(entity_id: str) -> str:
    """The address of a dossier."""
    return f"/entity/{quote(entity_id, safe='')}"


def _session(caller: Caller | None, sessions: Sessions | None) -> tuple[Session | None, str]:
    """The session whose token the page carries, and the cookie of one that begins now: on loopback without keys."""
    if caller is None or caller.session is not None or sessions is None or caller.key_id != LOCAL:
        return caller.session if caller else None, ""
    cookie = sessions.begin(LOCAL)
    return sessions.read(cookie), cookie


def _places(path: str, caller: Caller | None) -> list[tuple[str, str, str, bool]]:
    """The places that somebody may go to; whether it is where they are."""
    here = "/" if path.startswith("/entity/") else path
    return [(where, name, key, here == where or (where != "/" and here.startswith(f"{where}/")))
            for where, name, key, role in PLACES if caller is not None and caller.role >= role]  # fmt: skip


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("allonym.web"), autoescape=True, finalize=_plain, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.globals.update(entity_path=entity_path, static=address, lines=lines, waterfall=waterfall)
    made.filters.update(words=_words, count=lambda number: f"{number:,}", percent=lambda part: f"{part:.0%}",
                        score=lambda value: f"{value:.3f}", day=lambda told: (told or "")[:10],
                        when=lambda told: (told or "")[:16].replace("T", " "))  # fmt: skip
    return made


def _plain(value: Any) -> Any:
    """What a template puts out: text with invisible characters written out; nothing for None."""
    if value is None:
        return ""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def lines(text: str) -> Markup:
    """A text of several lines, safe, with its lines kept."""
    return Markup("\n").join(escape(printable(line.replace("\t", "    "))) for line in text.split("\n"))


def _words(text: str) -> str:
    """A word of ours for people: `terrorist_designation`, `birthDate`."""
    spaced = "".join(f" {c.lower()}" if c.isupper() and text.islower() is False and i else c
                     for i, c in enumerate(text))  # fmt: skip
    return spaced.replace("_", " ")
