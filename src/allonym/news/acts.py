"""Acts that a sentence tells of, as who did what to whom, before anybody is named.

`Act` is what `parsed` (with a model) and `shallow` (by rules alone) give to `measures`. Must not resolve names.
"""

from dataclasses import dataclass

from allonym.news.reading import Span


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase without its article, and the place of its head word in the text."""

    span: Span
    head: int
    owner: bool = False  # stands as the owner of something: "Mexico's", "his"
    told: bool = False  # a clause tells more of it, so that it is somebody new: "the man said to run the route"


@dataclass(frozen=True, slots=True)
class Act:
    """An act of one type: the word that tells of it, its clause, who did it and to whom.

    `threatened`, `denied`, `announced`: words beside it say so."""

    type: str
    trigger: Span
    evidence: Span
    agents: tuple[Phrase, ...] = ()
    patients: tuple[Phrase, ...] = ()
    threatened: bool = False
    denied: bool = False
    announced: bool = False
    of_group: bool = False  # is such an act only where it is done to a group: "London banned the organisation"
