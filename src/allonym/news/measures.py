"""What was done to whom, as a text tells it: sanctions, designations, rewards, charges, arrests, and the like.

Takes the text with its mentions and the acts found in it; gives measures in order of the text. Whom a phrase means is
`meant`'s work; an authority that a clause does not name is the one told before for that type of act. Must not name
anybody whom the text does not.
"""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from allonym.news.acts import Act, Phrase
from allonym.news.amounts import amounts
from allonym.news.dates import dates, iso
from allonym.news.gapped import gapped
from allonym.news.known import Found, Known, fold
from allonym.news.meant import LISTING, PERSONAL, Meant
from allonym.news.named_later import is_human
from allonym.news.numbers import count
from allonym.news.reading import Amount, Claim, Measure, Mention, Span
from allonym.news.standing import BODY, GROUP, KINDS, THINGS
from allonym.news.told_twice import with_authorities

if TYPE_CHECKING:
    from spacy.tokens import Doc

WITH_AMOUNT = frozenset({"reward_offer", "tariff", "sanctions", "other"})
#: Words for a listing that are one of sanctions where it is done to no group.
LISTERS = re.compile(r"blacklist|(?:re)?list|(?:re)?designat|add|place|put", re.IGNORECASE)
OF_LIST = re.compile(
    r"\b(?:list\w*|regist\w+|sanc\w+|sanç\w+)\b[^.;,]{0,60}\b(?:de|del|da|do|dos|of|by)\s(?:la |las |los |the )?$",
    re.IGNORECASE,
)
OF_VISA = re.compile(r"\b(?:visas?|visados?|vistos?)\b", re.IGNORECASE)
IN_STATE = re.compile(r"\s(?:en|em|nos?|na|dos?|da|de) $")
NEAR = 3  # measures back that one may repeat
ASIDE = re.compile(r"\w+ing\b")
SEIZED = re.compile(r"\b(?:was|were|been|be) seized$")
SOUGHT = re.compile(r"\b(?:who|anyone|others?|leaders?|members?|men|killers?|attackers?|suspects?|workers?|hackers?)\b")
BEFORE = 400  # characters in which an office for sanctions is named before what it did
OWNS = re.compile(
    r"['’]s (?:\w+ ){0,3}?(?:lists?|blacklists?|sanctions|register|designation|government|courts?|police|army|navy"
    r"|forces"
    r"|military|ministry|council|authorities|prosecutors?|congress|parliament|treasury|bounty|reward|war|strikes?)\b"
)
BY_ADJECTIVE = re.compile(r"\b(?P<of>[A-Z]\w+) (?:\w+ )?(?:sanctions|blacklist)\b")
#: What a state owns whose name stands before it: "under EU sanctions".
OF_STATE = re.compile(
    r"\s(?:\w+\s)?(?:sanctions|travel ban|asset freeze|visa bans?|blacklists?|bount(?:y|ies)|rewards?)\b", re.IGNORECASE
)
LISTER = re.compile(r"Treasury|Foreign Assets|Foreign.* Office|Council|European Union|Security Council|Global Affairs")
AUXILIARY = re.compile(r"\s(?:(?:has|have|had|also|already|later|then|ha|han|había|tem|tinha|já|ya)\s)*")
OFFICIAL = re.compile(
    r"\b(?:president|secretary|minister|attorney general|commissioner|ambassador|spokes\w+|director|prosecutor"
    r"|governor|admiral|"
    r"general|chief|presidente|presidenta|ministr[oa]|secretari[oa]|secretári[oa]|fiscal|portavoz|porta-voz"
    r"|canciller)\b",
    re.IGNORECASE,
)
ACCUSED = re.compile(r"acusad|detenid|imputad|condenad|preso|reo|réu|detid|arguid|capo|narco|traficante", re.IGNORECASE)


def measures(  # noqa: PLR0913 (all that was read before, the day and the parse)
    text: str,
    mentions: tuple[Mention, ...],
    found: list[Act],
    claims: tuple[Claim, ...],
    known: Known,
    lang: str,
    date: str | None = None,
    doc: "Doc | None" = None,
) -> tuple[Measure, ...]:
    """The measures of a text; `date` (ISO) is the day of the article, from which weekdays are resolved."""
    sums = amounts(text)
    meant = Meant(text, mentions, known, lang, [span for span, _ in sums], doc)
    meant.aside = frozenset(c.speaker for c in claims if c.speaker and (c.role is None or not ACCUSED.search(c.role)))
    reader = _Reader(text, mentions, claims, lang, meant, sums)
    told = []
    for act in found:
        if measure := reader.measure(act, date):
            told += [m for m in (measure, reader.gapped(measure, act)) if m is not None]
    told = with_authorities(text, told) if lang != "en" else told
    return tuple(m for n, m in enumerate(told) if not any(_repeats(text, m, one) for one in told[max(0, n - NEAR) : n]))


def _repeats(text: str, measure: Measure, one: Measure) -> bool:
    """Whether a measure is told again within the clause of another: "put him on its list, freezing his assets"."""
    inside = one.evidence.start <= measure.evidence.start and measure.evidence.end <= one.evidence.end
    same = measure.type == one.type and measure.authority == one.authority
    aside = measure.type == "charges" or ASIDE.match(text, measure.evidence.start)
    return inside and same and bool(aside) and set(measure.targets) <= set(one.targets)


class _Reader:
    """Makes measures of the acts of one text."""

    def __init__(
        self,
        text: str,
        mentions: tuple[Mention, ...],
        claims: tuple[Claim, ...],
        lang: str,
        meant: Meant,
        sums: list[tuple[Span, Amount]],
    ) -> None:
        self.text, self.mentions, self.claims, self.meant, self.amounts = text, mentions, claims, meant, sums
        self.lang, self.dates = lang, dates(text, lang)
        self.before: Measure | None = None
        self.by: dict[str, list[tuple[tuple[str, ...], str]]] = {"charges": [], "arrest": []}  # to whom, and who did it
        self.last: dict[str, str] = {}  # the authority of the last measure of a type

    def measure(self, act: Act, date: str | None) -> Measure | None:
        """The measure that an act is; None where nobody can be told to whom it was done."""
        if act.type == "same":
            return self._same(act)
        named = (m.canonical for phrase in act.agents if (m := self.meant.mention(phrase)) and m.type == "person")
        self.meant.doers = frozenset(named if self.lang != "en" else ())  # a parse tells whom "his" means
        targets = tuple(dict.fromkeys(name for phrase in act.patients for name in self.meant.targets(phrase, act.type)))
        self.meant.doers = frozenset()
        if act.type in PERSONAL:  # are done to people, or to things, but never to offices
            targets = tuple(t for t in targets if self.meant.types.get(t) not in (*BODY, "media"))
        act = self._relisted(act, targets)
        if (
            not targets
            or (act.threatened and act.type == "other")
            or (act.of_group and not self._is_group(act, targets))
        ):
            return None
        if act.type == "arrest" and all(THINGS.search(name) for name in targets):
            act = replace(act, type="other")
        if act.type == "other" and SEIZED.search(self.text, act.evidence.start, act.trigger.end):
            act = replace(act, type="arrest" if self._are_people(targets) else "other")
        agents = [name for phrase in act.agents if (name := self._doer(phrase, act.type))]
        authority = next((name for name in agents if name not in targets), None) or self._beside(act, targets)
        if all(self.meant.is_instrument(phrase) or self.meant.is_we(phrase) for phrase in act.agents):
            authority = authority or self._teller(act, targets)
        if authority:
            self.last[act.type] = authority
            if act.type in LISTING:
                self.last["any"] = authority
        elif act.type in ("charges", "arrest"):
            authority = next((by for names, by in self.by[act.type] if set(names) & set(targets)), None)
        else:
            authority = self.last.get(act.type) or (self._lister(act) if act.type in LISTING else None)
            authority = authority or (self._speaker(act) if act.type == "tariff" else None)
        authority = authority or (self._where(act) if self.lang != "en" else None)
        if act.type == "reward_offer" and not authority and not any(map(self._is_sought, targets)):
            return None
        if authority and act.type in self.by:
            self.by[act.type].append((targets, authority))
        self.meant.done_to.append(targets)
        if act.type == "reward_offer":
            self.meant.rewarded = targets
        when = self._when(act)
        amount = self._amount(act) if act.type in WITH_AMOUNT else None
        told = iso(self.text[when.start : when.end], date) if when else None
        number = sum(count(self.text[p.span.start : p.span.end]) or 0 for p in act.patients) or None
        self.before = Measure(
            act.type, act.evidence, authority, targets, amount, number, when, told, self._status(act, authority)
        )
        return self.before

    def _doer(self, phrase: Phrase, type_: str) -> str | None:
        """Who acted; a state hands over, whatever court or agents of it do so."""
        state = self.meant.of_state(phrase) if type_ == "extradition" else None
        return state or self.meant.doer(phrase)

    def _same(self, act: Act) -> Measure | None:
        """The measure told before, by another state or office: "Canada followed suit"."""
        by = next((name for phrase in act.agents if (name := self.meant.doer(phrase))), None)
        one = self.before
        if (
            one is None
            or one.type in PERSONAL
            or one.authority in (None, by)
            or self.meant.types.get(by or "") not in BODY
        ):
            return None
        when = self._when(act)
        targets = tuple(dict.fromkeys(name for phrase in act.patients for name in self.meant.targets(phrase, one.type)))
        return Measure(
            one.type, act.evidence, by, targets or one.targets, None, None, when, None, self._status(act, by)
        )

    def gapped(self, measure: Measure, act: Act) -> Measure | None:
        """The same measure by another state, told without a verb."""
        states = ((h.start, h.end, h.name.canonical) for h in self.meant.states)
        return gapped(self.text, measure, states, act.trigger) if self.lang == "en" else None

    def _relisted(self, act: Act, targets: tuple[str, ...]) -> Act:
        """A listing of no group, or of one by the United Nations, is one of sanctions."""
        if not act.of_group or not LISTERS.match(self.text, act.trigger.start):
            return act
        by = {m.canonical for phrase in act.agents if (m := self.meant.mention(phrase)) and m.type in BODY}
        kinds = [kind for name in targets if (kind := self.meant.types.get(name))]
        group = GROUP[0] in kinds or any(KINDS.search(self.text[p.span.start : p.span.end]) for p in act.patients)
        named = "person" in kinds or (by and not group)
        named = named and any(map(self._is_sought, targets))  # nor "the EU lists the risks"
        listed = named or any("Nations" in name for name in by)
        return replace(act, type="sanctions", of_group=False) if listed else act

    def _is_sought(self, name: str) -> bool:
        """Whether a reward may be for whom a phrase tells of: not for a lost dog, nor for the best film."""
        of_kind = KINDS.search(name) or is_human(name.split()[-1].removesuffix("s"))
        known = self.lang != "en" or name in self.meant.types or of_kind
        return bool(known) or any(c.isupper() or c.isdigit() for c in name) or SOUGHT.search(name) is not None

    def _are_people(self, targets: tuple[str, ...]) -> bool:
        return all(self.meant.types.get(name) == "person" for name in targets)

    def _is_group(self, act: Act, targets: tuple[str, ...]) -> bool:
        groups = {m.canonical for m in self.mentions if m.type == "designated_group"}
        return any(name in groups or KINDS.search(name) for name in targets)

    def _beside(self, act: Act, targets: tuple[str, ...]) -> str | None:
        """An office or state named in the clause, where nobody is said to have acted; or who stands before the verb."""
        inside = [m for m in self.mentions if act.evidence.start <= m.span.start and m.span.end <= act.evidence.end]
        inside = [m for m in inside if m.canonical not in targets]
        ahead = (m for m in inside if m.type in (*BODY, "person") and m.span.end < act.trigger.start)
        if done := [m for m in ahead if AUXILIARY.fullmatch(self.text, m.span.end, act.trigger.start)]:
            return done[-1].canonical
        if any(not self.meant.is_instrument(phrase) for phrase in act.agents) or act.type in PERSONAL:
            return None
        if named := next((m.canonical for m in inside if m.type in BODY), None):
            return named
        start, end = act.evidence.start, act.evidence.end
        for hit in self._states_in(act):
            owns = OWNS.match(self.text, hit.end) or OF_LIST.search(self.text, start, hit.start)
            owns = owns or OF_STATE.match(self.text, hit.end)
            within = (
                hit.start > act.trigger.end
                and act.type in LISTING
                and self.text.endswith((" in ", " in the ", " en ", " em ", " nos "), 0, hit.start)
            )
            if owns or within:
                return hit.name.canonical
        told = BY_ADJECTIVE.search(self.text, start, end) if act.type in LISTING else None
        return self.meant.adjectives.get(fold(told["of"])) if told else None

    def _where(self, act: Act) -> str | None:
        """The state in which somebody is charged, or whose visa is taken: "enfrenta cargos en Estados Unidos"."""
        visa = act.type == "other" and OF_VISA.search(self.text, act.trigger.start, act.evidence.end)
        if act.type != "charges" and not visa:
            return None
        inside = (h for h in self._states_in(act) if IN_STATE.search(self.text, h.start - 8, h.start))
        return next((h.name.canonical for h in inside), None)

    def _said(self, act: Act) -> list[Claim]:
        """The claims in which an act is told."""
        return [c for c in self.claims if any(span.start <= act.trigger.start < span.end for span in c.contents)]

    def _when(self, act: Act) -> Span | None:
        """The date in the clause of an act."""
        return next((span for span in self.dates if span.overlaps(act.evidence)), None)

    def _states_in(self, act: Act) -> list[Found]:
        """The states named in the clause of an act."""
        return [h for h in self.meant.states if act.evidence.start <= h.start and h.end <= act.evidence.end]

    def _speaker(self, act: Act) -> str | None:
        """Who says that an act will be done, where that is a person or office named."""
        named = (c.speaker for c in self._said(act) if self.meant.types.get(c.speaker or "") in (*BODY, "person"))
        return next(named, None)

    def _teller(self, act: Act, targets: tuple[str, ...]) -> str | None:
        """The office that says what was done where nobody is said to have done it: "the police said two were held"."""
        claim = next(iter(self._said(act)), None)
        if claim is None:
            return None
        told = self.meant.types.get(claim.speaker or "") == "agency" and claim.speaker not in targets
        if act.type == "reward_offer" and self.lang != "en":  # a minister says how much is paid
            told = told or bool(OFFICIAL.search(claim.role or ""))
        return claim.speaker if told and not claim.denial else None

    def _lister(self, act: Act) -> str | None:
        """Who put somebody on a list last, else the office for that which was named last."""
        if told := self.last.get("any"):
            return told
        before = [m for m in self.mentions if m.type in BODY and 0 < act.trigger.start - m.span.end < BEFORE]
        return next((m.canonical for m in reversed(before) if LISTER.search(m.canonical)), None)

    def _amount(self, act: Act) -> Amount | None:
        return next((amount for span, amount in self.amounts if span.overlaps(act.evidence)), None)

    def _status(self, act: Act, authority: str | None) -> str:
        """How sure the act is: by the words beside it, and by who says it where it stands in what somebody says."""
        said = self._said(act)
        if act.denied or any(c.denial for c in said):
            return "denied"
        if act.threatened:
            return "threatened"
        for claim in said:
            kind = self.meant.types.get(claim.speaker or "")
            if claim.anonymous or kind == "media":
                return "reported"
            if kind in BODY or claim.speaker == authority or OFFICIAL.search(claim.role or ""):
                return "announced"
        return "announced" if act.announced else "in_effect"
