"""What a language model adds to the rules: persons, media and offices it recognises, states that act.

Takes a parsed text (spaCy); gives spans. Must not decide who somebody is, nor overrule a known name.
"""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Entity

from allonym.news.persons import all_borne, are_borne
from allonym.news.reading import Span
from allonym.news.tokens import at

_OFFICE = re.compile(
    r"\b(?:Ministry|Department|Office|Agency|Police|Court|Tribunal|Bureau|Commission|Council|Committee|Authority"
    r"|Service|Guard|Navy|"
    r"Army|Air Force|Forces|Command|Coast Guard|Treasury|Customs|Congress|Parliament|Senate|Cabinet|Intelligence"
    r"|Prosecut\w+|Embassy|"
    r"Directorate|Administration|Secretariat|Constabulary|Carabinieri|Central Bank|Attorney)\b"
)
_MEDIUM = re.compile(
    r"\b(?:News|Times|Post|Herald|Gazette|Tribune|Journal|Radio|TV|Courier|Echo|Telegraph|Chronicle|Observer|Monitor"
    r"|Weekly|Daily|"
    r"Dispatch|Star|Sun|Mail|Mirror|Wire|Press|Broadcasting|Magazine|Review|Project|Ledger|Advertiser|Blaze|Standard"
    r"|Globe|Examiner|Sentinel)\b"
)
_TELLING = frozenset({"tell", "inform", "confirm"})
_REPORTING = frozenset({"report", "publish", "reveal", "say"})
_DOING_TO = frozenset(
    "sanction pressure accuse threaten target urge ask tell hand extradite send sue warn help hit press push force "
    "punish isolate blame thank invade attack strike criticise criticize pay owe against deliver give transfer "
    "surrender".split()
)
_DOING_ON = frozenset("sanction tariff pressure embargo impose duty levy strike attack war".split())
_GIVING_TO = frozenset("extradite extradition hand sell send surrender warning deliver supply aid ship offer".split())
#: What a state does, or what is done to it, with the word between: "at the request of", "under pressure from".
_DEEDS_OF = frozenset("request behest eye insistence urging invitation".split())
_DEEDS_FROM = frozenset(
    "pressure sanction proposal request demand order warning threat criticism condemnation reply".split()
)
_DEALING_WITH = frozenset("trade war conflict truce ceasefire negotiation".split())
#: What a state's deeds are: "Moscow's invasion", "Washington's decision".
_DEEDS = frozenset(
    "blacklist package hostility lack decision refusal demand accusation invasion offensive threat campaign "
    "designation "
    "retaliation "
    "response reaction announcement insistence envoy ambassador sanction tariff".split()
)
_GIVING = frozenset("promise offer grant send sell lend hand give".split())
#: What a state acts by: "Iran's mission", "Syria's foreign ministry".
_BODIES = frozenset({"mission", "ministry", "government", "force", "forces", "military", "army", "navy", "parliament",
                     "police", "embassy", "regime", "authority", "cabinet", "office", "list", "listing"})  # fmt: skip
_BEGINS = re.compile(r"(?:^|[\n.:?!…“\"«—–(¿¡])\s*$")
_TITLE = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Dr|Sir|Lady|Lord|Judge|President|Minister|Secretary|General|Colonel|Captain|Senator|Sen|Gen"
    r"|Col|Rep|Gov|Governor|Prof|Professor|Attorney|Commissioner|Ambassador|Prince|King|Queen|Sheikh|Mullah)\.?\s)+"
)


def persons(doc: Doc) -> Iterator[Span]:
    """Places of what the model takes for persons' names of two words or more, titles left out."""
    text = doc.text  # built anew at each use
    for entity in doc.ents:
        if entity.label_ not in ("PERSON", "PER"):
            continue
        span = _trimmed(entity)
        words = text[span.start : span.end].split()
        if (
            len(words) >= 2
            and all(w[0].isupper() or w.lower() in _LINKS for w in words)
            and "\n" not in text[span.start : span.end]
        ):
            yield span


def given_names(doc: Doc) -> Iterator[Span]:
    """Places of single names of persons that are subjects, objects or appositions."""
    for entity in doc.ents:
        if entity.label_ == "PERSON" and len(entity) == 1 and entity.root.dep_ in ("nsubj", "appos", "nsubjpass"):
            text = entity.text
            if text[0].isupper() and text[1:].islower() and len(text) > 2:
                yield Span(entity.start_char, entity.end_char)


def single_names(doc: Doc) -> Iterator[Span]:
    """Places of single names of persons, where no parse tells what part they play. The first word of a sentence has
    its capital from there, and is none."""
    whole = doc.text  # built anew at each use
    for entity in doc.ents:
        text = entity.text
        start = entity.start_char
        if entity.label_ != "PER" or len(entity) > 1 or _BEGINS.search(whole, max(0, start - 3), start):
            continue
        if text[0].isupper() and text[1:].islower() and len(text) > 2:
            yield Span(start, entity.end_char)


_LINKS = frozenset("de del la los las da do dos das van der von al bin ibn el y e di".split())


def not_persons(doc: Doc) -> list[Span]:
    """Places of what the model takes for a place, a building, a company or a work. Names of three parts that people
    bear it often takes for those of companies."""
    return [
        Span(e.start_char, e.end_char)
        for e in doc.ents
        if e.label_ in ("GPE", "LOC", "FAC", "ORG", "WORK_OF_ART", "EVENT", "NORP", "MISC")
        and not (e.label_ == "ORG" and are_borne(e.text))
        and not (doc.lang_ == "es" and all_borne(e.text))
    ]


def offices(doc: Doc) -> Iterator[Span]:
    """Places of offices, courts, forces by their own words."""
    text = doc.text
    for entity in doc.ents:
        if entity.label_ == "ORG" and _OFFICE.search(entity.text) and entity.text[-1:].isalnum():
            span = _trimmed(entity)
            if sum(w[0].isupper() for w in text[span.start : span.end].split()) >= 2:
                yield span


def media(doc: Doc) -> Iterator[Span]:
    """Places of media: those that report, or that somebody tells something."""
    text = doc.text
    for token in doc:
        if token.pos_ != "PROPN" or token.dep_ in ("compound", "amod", "poss"):
            continue
        verb = token.head
        told = verb.lemma_.lower() in _TELLING and verb.tag_ in ("VBD", "VBN") and token.dep_ in ("dobj", "dative")
        reports = verb.lemma_.lower() in _REPORTING and token.dep_ == "nsubj"
        if told or reports:
            span = _name(token)
            name = text[span.start : span.end]
            entity = token.ent_type_
            if (
                told and entity not in ("PERSON", "GPE", "NORP", "DATE") and len(name) > 2 and _article(token)
            ) or _MEDIUM.search(name):
                yield span


def acting(doc: Doc, start: int, end: int) -> bool | None:
    """Whether the state named there acts or is acted upon; None where the parse does not tell."""
    token = at(doc, start, end)
    if token is None:
        return None
    while token.dep_ == "conj" and token.head.pos_ in ("PROPN", "NOUN"):
        token = token.head
    if token.dep_ in ("nsubj", "nsubjpass"):
        return token.head.pos_ in ("VERB", "AUX") and not _is_place(token)
    if token.dep_ == "poss":
        return token.head.lemma_ in _BODIES or token.head.lemma_ in _DEEDS  # small: a Ministry is named by itself
    if token.dep_ in ("dobj", "dative"):
        return token.head.lemma_.lower() in (_DOING_TO if token.dep_ == "dobj" else _DOING_TO | _GIVING)
    if token.dep_ == "pobj":
        return token.head.dep_ == "agent" or _is_dealt_with(token.head)
    return False


def _is_dealt_with(word: Token) -> bool:
    """Whether a state behind a preposition acts or is acted upon: "pressure from", "handed a suspect to"."""
    above = word.head
    lemma, over = above.lemma_.lower(), above.head.lemma_.lower()
    if word.lower_ == "to":
        if lemma == "extradite" and any(c.dep_ == "auxpass" for c in above.children):
            return False  # where somebody was brought
        return lemma in _GIVING_TO or (above.dep_ == "dobj" and over in _GIVING_TO)
    if word.lower_ == "on":
        return lemma in _DOING_ON or lemma in ("%", "percent")
    deeds = {"of": _DEEDS_OF, "from": _DEEDS_FROM, "with": _DEALING_WITH}.get(word.lower_, frozenset())
    return word.lower_ in ("by", "against") or lemma in deeds


def _is_place(token: Token) -> bool:
    """Whether a subject is spoken of as a place: "Mexico is a country", "Syria is home to"."""
    return token.head.lemma_ == "be" and any(
        c.dep_ == "attr" and c.lemma_ in ("country", "place", "home", "nation") for c in token.head.children
    )


def _article(token: Token) -> bool:
    return any(c.dep_ == "det" for c in token.children) or bool(_MEDIUM.search(token.text)) or token.ent_type_ == "ORG"


def _name(token: Token) -> Span:
    """A proper noun with the capitalised words that belong to it on its left."""
    first = token
    for child in token.lefts:
        if child.dep_ in ("compound", "poss", "nmod") and child.text[0].isupper():
            first = min(first, child.left_edge if child.left_edge.text[0].isupper() else child, key=lambda t: t.i)
    return Span(first.idx, token.idx + len(token))


def _trimmed(entity: Entity) -> Span:
    """A named entity without title, article and possessive."""
    text = entity.text
    start = entity.start_char
    lead = re.match(r"(?:the|The)\s", text)
    cut = lead.end() if lead else 0
    title = _TITLE.match(text[cut:])
    cut += title.end() if title else 0
    end = len(text)
    tail = re.search(r"(?:['’]s?|[,.;:\"”])$", text)
    if tail and not re.search(r"\b[A-Z]\.$", text):
        end = tail.start()
    return Span(start + cut, start + max(end, cut))
