"""Acts told only as the same as one before: "Canadá hizo lo propio", "o Paraguai já fez o mesmo".

Takes a Spanish or Portuguese sentence, its mentions and the act before it; gives the act again, done by another. Must
not tell of anything that the sentences before do not.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from allonym.news.acts import Act, Phrase
from allonym.news.reading import Mention, Span

TYPES = frozenset({"sanctions", "terrorist_designation", "tariff", "delisting"})
NEAR = 500  # characters between an act and what is told as the same
_SAME = re.compile(
    r"\b(?:hizo|hicieron|hará|harán|ha hecho|han hecho|había hecho|habían hecho) (?:ya )?lo (?:propio|mismo)\b"
    r"|\blo (?:había hecho|habían hecho|ha hecho|han hecho|hizo|hicieron)\b"
    r"|\b(?:(?:ya|já|también|também) )?(?:había |habían |ha |han |tinha |tinham )?(?:tom(?:ó|aron|ado|ou|aram)"
    r"|adopt(?:ó|aron|ado)"
    r"|adot(?:ou|aram|ado))"
    r" (?:la|a|el|o|una?|uma) (?:misma |mesma |mismo |mesmo )?(?:decisión|decisão|medida|classificação|clasificación"
    r"|designación"
    r"|designação|camino|caminho|postura)\b"
    r"|\b(?:sigui(?:ó|eron)|imit(?:ó|aron)) (?:\w+ )?(?:su|el|sus|los|esos?|ese) (?:ejemplo|pasos?|camino|decisión)\b"
    r"|\b(?:adopt|tom|anunci)(?:ó|aron) (?:una |unas )?(?:decisi[oó]n(?:es)?|medidas?|sanciones) (?:similar"
    r"|idéntica|parecida)\w*"
    r"|\b(?:fez|fizeram|fará|farão|faz) (?:já )?(?:o mesmo|isso|igual)\b|\bjá o (?:fez|fizeram|tinha feito)\b"
    r"|\btinham? feito o mesmo\b|\b(?:segui(?:u|ram)) (?:o|os) (?:exemplo|passos)\b"
    r"|\b(?:adot|tom)(?:ou|aram) (?:uma )?(?:decis\w+|medidas?) (?:semelhante|similar|idêntica)\w*",
    re.IGNORECASE,
)
_STATE = r"[A-ZÁÉÍÓÚ][\w.]+(?: [A-ZÁÉÍÓÚ]\w+)?"
_AHEAD = re.compile(
    rf"\b(?!(?:Ya|Já|También|Também|Así|Luego|Después|Depois|Antes|Lo|Y|E)\b)(?P<one>{_STATE})(?:,? [ye] (?:el |la "
    rf"|o |a )?(?P<two>{_STATE}))?,? (?:(?:también|también|ya|já|também|lo|la"
    rf"|o) )*$"
)
_BEHIND = re.compile(
    rf" (?:también |ya )?(?:el |la |o |a )?(?P<one>{_STATE})(?: [ye] (?:el |la |o |a )?(?P<two>{_STATE}))?"
)
_NOT = re.compile(r"\b(?:no|não|nunca)\s$", re.IGNORECASE)


def likewise(text: str, mentions: Sequence[Mention], sentence: Span, before: Act | None) -> list[Act]:
    """The act that a sentence tells as the same as the one before, by each state or office named in its clause."""
    if before is None or before.type not in TYPES or sentence.start - before.evidence.end > NEAR:
        return []
    found = []
    for same in _SAME.finditer(text, sentence.start, sentence.end):
        inside = [m for m in mentions if sentence.start <= m.span.start and m.span.end <= sentence.end]
        bodies = [m.span for m in inside if m.type in ("agency", "government")]
        ahead = [s for s in bodies if s.end <= same.start() and before.trigger.end < s.start]
        named = _BEHIND.match(text, same.end(), sentence.end) or _AHEAD.search(text, sentence.start, same.start())
        told = [Span(*named.span(n)) for n in ("one", "two") if named and named[n]]
        doers = (ahead if len(ahead) >= len(told) else told) or [s for s in bodies if s.start >= same.end()][:1]
        if _NOT.search(text, max(0, same.start() - 10), same.start()):
            continue
        for doer in doers:
            start, end = min(doer.start, same.start()), max(doer.end, same.end())
            agent = Phrase(doer, doer.start)
            found.append(
                replace(
                    before, trigger=Span(*same.span()), evidence=Span(start, end), agents=(agent,), threatened=False
                )
            )
    return found
