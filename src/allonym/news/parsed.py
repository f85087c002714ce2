"""Acts read off a dependency parse: subjects, objects, agents of the words that tell of a measure.

Takes a parsed English text (spaCy, labels of ClearNLP as in the official English pipelines); gives `Act`s in order.
Must not resolve names or pronouns. The words are in acts.json.
"""

from spacy.tokens import Doc, Token

from allonym.news.acts import Act, Phrase
from allonym.news.parsed_clauses import speaker, top
from allonym.news.parsed_frames import framed
from allonym.news.parsed_parties import Parties, counted_in, doer, parties, whole
from allonym.news.parsed_phrases import evidence, phrases
from allonym.news.parsed_types import type_of
from allonym.news.parsed_words import BY, SAME, TIMES
from allonym.news.reading import Span
from allonym.news.tokens import children, place
from allonym.news.vocabulary import ParseWords, parse_words

ABOVE = 4  # how many words above a word may say how sure its act is


def acts(doc: Doc) -> list[Act]:
    """The acts of a text, in order of the words that tell of them; of two of one type in a clause, the first."""
    words, found, told = parse_words(), list[Act](), set[tuple[str, int]]()
    for token in doc:
        type_, _, unsure = (type_of(token, words) or "").partition("?")
        if type_ and (type_, top(token).i) not in told:
            if type_ == SAME and any(type_of(c, words) for c in children(token, "advcl")):
                continue  # "followed suit, removing both from its list"
            act = _act(token, type_, words, parties(token, type_, words), of_group=bool(unsure))
            if act.patients or type_ == SAME:
                told.add((type_, top(token).i))
                found.append(act)
    for token in doc:  # what a verb alone does not tell, nor a noun beside it
        if (turn := framed(token)) is not None and (turn.type, top(token).i) not in told:
            told.add((turn.type, top(token).i))
            found.append(_act(token, turn.type, words, (turn.agents, turn.patients), of_group=turn.of_group))
    return sorted(found, key=lambda act: act.trigger)


def _act(token: Token, type_: str, words: ParseWords, sides: Parties, *, of_group: bool) -> Act:
    agents, patients = sides
    agents = [speaker(t) for t in agents]
    for _ in range(2):  # what is behind an order may be one itself: "the rest of the group's property"
        agents, patients = [doer(t, words) for t in agents], [whole(t, words) for t in patients]
    patients = [t for t in patients if t.ent_type_ not in ("DATE", "TIME") or t.lower_ not in TIMES]
    patients += [one for t in patients for one in counted_in(t)]
    by = BY.match(token.text)
    return Act(
        type_,
        place(token),
        evidence(token, top(token), patients),
        (Phrase(Span(token.idx, token.idx + by.end(1)), token.idx),) if by else tuple(phrases(agents)),
        tuple(phrases(patients)),
        threatened=token.lemma_ == "threat" or _is(token, words.modal, words.threat),
        denied=_is(token, frozenset(), words.denial),
        announced=_is(token, words.announcing, words.announcing),
        of_group=of_group,
    )


def _is(token: Token, inner: frozenset[str], outer: frozenset[str]) -> bool:
    """Whether one of the words stands beside the clause's verb, or above it."""
    verb = top(token)
    if any(one.lower_ in inner for one in (verb, *children(verb, "aux", "neg", "advmod"))):
        return True
    near = list(token.ancestors)[:ABOVE]
    mates = [c for t in (token, *near[:1]) for c in children(t, "compound", "amod")]
    return any(t.lemma_.lower() in outer or t.lower_ in outer for t in (*near, *mates))
