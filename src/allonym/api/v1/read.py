"""Reading by HTTP: a text or a document, as `reading/1`.

Takes a text, or a file (plain text, e-mail; pages and PDF with the extras); gives who is named, what was done to whom,
who says so, and the official record beside it. The reading happens in a process that ends when the client goes away.
Must not keep the document.
"""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Request, UploadFile
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from allonym.api.keys import Role
from allonym.api.security import needs
from allonym.api.v1.answers import PROBLEM, Day
from allonym.api.work import Work

Language = Literal["en", "es", "pt"]
#: As `news.read` has it, which is imported by the process that reads, and not here.
LONGEST = 200_000


class Text(BaseModel):
    """A text; `date` is its day, from which weekdays are told."""

    model_config = ConfigDict(
        extra="forbid", strict=True,
        json_schema_extra={"examples": [{
            "text": "The United States designated the Cartel of the Suns as a terrorist group, officials said.",
            "lang": "en", "date": "2025-08-08"}]},
    )  # fmt: skip
    text: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    lang: Language | None = None
    date: Day | None = None


class Sent(BaseModel):
    """The form: a document, its language and day where they are known."""

    file: UploadFile
    lang: Language | None = None
    date: Day | None = None


class Part(BaseModel):
    """A stretch of the text: text[start:end]."""

    start: int
    end: int
    text: str


class Mention(Part):
    """A proper name, and the listed entity it is, if any."""

    id: str
    type: str
    canonical: str
    entity_id: str | None = None
    ambiguous: str | None = None


class Amount(BaseModel):
    """A sum of money."""

    value: float
    unit: str


class MeasureDay(Part):
    """When, as the text has it, and as an ISO date where it can be told."""

    iso: str | None


class Told(BaseModel):
    """A measure as the text tells it, and the official record beside it."""

    id: str
    type: str
    authority: str | None
    targets: list[str]
    amount: Amount | None
    count: int | None
    date: MeasureDay | None
    status: str
    evidence: Part
    record: dict[str, Any] | None = None


class Claim(BaseModel):
    """Who says what."""

    id: str
    speaker: str | None
    speaker_span: Part | None
    role: str | None
    outlet: str | None
    kind: str
    contents: list[Part]
    anonymous: bool
    denial: bool
    denial_of: str | None
    source_of: str | None


class Reading(BaseModel):
    """`reading/1`: offsets are into `text`, counted in Unicode characters."""

    format: Literal["reading/1"]
    lang: str
    date: str | None
    checksum: str
    source: dict[str, str]
    text: str
    mentions: list[Mention]
    measures: list[Told]
    claims: list[Claim]
    notes: list[str]


def router(work: Work) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["read"], responses=PROBLEM, dependencies=[Depends(needs(Role.READER))])

    @routes.post("/read", response_model=Reading, summary="Read a text")
    async def read_text(request: Request, sent: Text) -> Response:
        """Mentions, measures and claims with offsets, and the official record."""
        asked: dict[str, object] = {"lang": sent.lang, "date": sent.date}
        return _json(await work.apart(request, "read", asked, sent.text.encode("utf-8", "surrogatepass")))

    @routes.post("/read/document", response_model=Reading, summary="Read a document")
    async def read_file(request: Request, sent: Annotated[Sent, Form(media_type="multipart/form-data")]) -> Response:
        """The same of a file; its kind is told by its content, and what it says of itself is in `source`."""
        name = (sent.file.filename or "document").encode("utf-8", "replace").decode()[:200]
        asked: dict[str, object] = {"name": name, "lang": sent.lang, "date": sent.date}
        return _json(await work.apart(request, "document", asked, await sent.file.read()))

    return routes


def _json(content: bytes) -> Response:
    return Response(content, media_type="application/json")
