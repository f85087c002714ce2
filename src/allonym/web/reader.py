"""The page that reads an article: highlighted text, side notes, each measure beside the official record.

Takes a text or a file; gives the reading, made in a process of its own. Must not keep what is read.
"""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Form, Request, UploadFile
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from allonym.api.problem import ProblemError
from allonym.api.security import Reader
from allonym.api.work import Work
from allonym.errors import UsageError
from allonym.news.language import LANGUAGES
from allonym.news.read import LONGEST, day
from allonym.web.access import ReaderSends
from allonym.web.failing import PageRoute
from allonym.web.marks import pieces
from allonym.web.pages import page

KINDS = {"designated_group": "group", "person": "person", "agency": "agency", "government": "government",
         "media": "medium"}  # fmt: skip
Text = Annotated[str, Form(max_length=1_000_000)]
Word = Annotated[str, Form(max_length=100)]


def router(work: Work) -> APIRouter:
    """The routes."""
    routes = APIRouter(route_class=PageRoute, include_in_schema=False)

    @routes.get("/reader")
    async def begin(request: Request, caller: Reader) -> Response:
        """The form."""
        return page(request, "reader.html", languages=LANGUAGES, longest=LONGEST, text="", lang="", date="", wrong="")

    @routes.post("/reader")
    async def read(
        request: Request, caller: ReaderSends, text: Text = "", lang: Word = "", date: Word = "",
        file: UploadFile | None = None,
    ) -> Response:  # fmt: skip
        """The reading, or the form with what is wrong."""
        try:
            content = await _content(work, request, text, file, (lang or None, date.strip() or None))
        except (ProblemError, UsageError) as error:
            if isinstance(error, ProblemError) and error.kind != "unusable":
                raise
            return page(request, "reader.html", 422, languages=LANGUAGES, longest=LONGEST, text=text, lang=lang,
                        date=date, wrong=str(error))  # fmt: skip
        reading = orjson.loads(content)
        cut = await run_in_threadpool(pieces, reading)
        return page(request, "reading.html", r=reading, pieces=cut, kinds=KINDS, named=_named(reading))

    return routes


async def _content(
    work: Work, request: Request, text: str, file: UploadFile | None, how: tuple[str | None, str | None]
) -> bytes:
    lang, date = how
    if date is not None:
        day(date)
    if file is not None and file.filename:
        name = file.filename.encode("utf-8", "replace").decode()[:200]
        return await work.apart(request, "document", {"name": name, "lang": lang, "date": date}, await file.read())
    if not text.strip():
        raise UsageError("nothing to read: paste a text, or choose a file")
    plain = text.replace("\r\n", "\n")
    return await work.apart(request, "read", {"lang": lang, "date": date}, plain.encode("utf-8", "surrogatepass"))


def _named(reading: dict[str, Any]) -> list[tuple[str, str | None]]:
    """Everybody once, with the id of the listed entity."""
    return list(dict.fromkeys((m["canonical"], m.get("entity_id")) for m in reading["mentions"]))
