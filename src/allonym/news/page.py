"""A reading as one self-contained page: the text with its mentions marked, measures and claims beside it.

Takes a `Reading`; gives HTML. Everything from outside is escaped, and invisible characters are written out; the page
has no script and asks the browser for nothing (its content security policy forbids both). Must not interpret the text.
"""

from html import escape
from itertools import chain, pairwise

from allonym.news.reading import Measure, Reading, Span
from allonym.screening.policy import policy
from allonym.screening.printable import printable

_STYLE = """
:root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--line:#d0d7de;--dim:#57606a;--group:#ffd8d3;--person:#d3e5ff;
--agency:#d8f0dc;--government:#fbe7b8;--media:#e9dcf9;--good:#116329;--bad:#a40e26}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--paper:#0d1117;--line:#30363d;--dim:#8d96a0;--group:#6e2a22;
--person:#1f3f6e;--agency:#1d4a2a;--government:#5c4711;--media:#45306b;--good:#56d364;--bad:#ff7b72}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,sans-serif}
main{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:2rem;max-width:80rem;
margin:0 auto;padding:1.5rem}
header,footer{max-width:80rem;margin:0 auto;padding:1rem 1.5rem;color:var(--dim)}h1{font-size:1.3rem;color:var(--ink)}
h2{font-size:1rem;margin:1.5rem 0 .5rem}article{white-space:pre-wrap;overflow-wrap:anywhere}
mark{color:inherit;border-radius:.2rem;padding:0 .1rem}mark.designated_group{background:var(--group)}
mark.person{background:var(--person)}mark.agency{background:var(--agency)}mark.government{background:var(--government)}
mark.media{background:var(--media)}u{text-decoration:underline dotted var(--dim)}
section li{margin:0 0 .8rem;padding:0 0 .6rem;border-bottom:1px solid var(--line);list-style:none}
section ol{padding:0;margin:0}.confirmed{color:var(--good)}.contradicted{color:var(--bad)}.dim{color:var(--dim)}
q{quotes:none}a{color:inherit}@media(max-width:50rem){main{grid-template-columns:1fr}}
"""
KINDS = {"designated_group": "group", "person": "person", "agency": "agency", "government": "government",
         "media": "medium"}  # fmt: skip


def page(reading: Reading) -> str:
    """The page, UTF-8, without anything that is fetched or run."""
    title = reading.source.get("title") or reading.source.get("file") or "Reading"
    told = [reading.source.get(key) for key in ("outlet", "author", "url")]
    line = " · ".join(text for text in (reading.date, *told) if text)
    return (
        f'<!doctype html>\n<html lang="{_safe(reading.lang or "und")}"><head><meta charset="utf-8">\n'
        f"{policy(_STYLE)}\n"
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{_safe(title)}</title>\n'
        f"<style>{_STYLE}</style></head><body>\n"
        f"<header><h1>{_safe(title)}</h1><p>{_safe(line)}</p><p>{_legend()}</p></header>\n"
        f'<main><article dir="auto">{_text(reading)}</article>\n<aside>'
        f"{_measures(reading)}{_claims(reading)}{_notes(reading)}</aside></main>\n"
        f"<footer>reading/1 · SHA-256 of the text {reading.checksum}</footer></body></html>\n"
    )


def _safe(text: str) -> str:
    """Text for the page: signs of HTML escaped, invisible characters but the ends of lines written out."""
    return "\n".join(escape(printable(line), quote=True) for line in text.split("\n"))


def _legend() -> str:
    return " ".join(f'<mark class="{kind}">{word}</mark>' for kind, word in KINDS.items())


def _text(reading: Reading) -> str:
    """The text with mentions marked and the clauses of measures underlined, cut where either begins or ends."""
    mentions = {m.span: m for m in reading.mentions}
    clauses = [m.evidence for m in reading.measures]
    edges = sorted({0, len(reading.text), *chain.from_iterable((s.start, s.end) for s in (*mentions, *clauses))})
    begins = {s.start: m for s, m in mentions.items()}
    ends = {s.end for s in mentions}
    found, open_ = list[str](), False
    for start, end in pairwise(edges):
        if start in ends and open_:
            found.append("</mark>")
            open_ = False
        if start in begins:
            mention = begins[start]
            name = mention.canonical if not mention.entity_id else f"{mention.canonical} ({mention.entity_id})"
            name += f": {mention.ambiguous}" if mention.ambiguous else ""
            found.append(f'<mark class="{_safe(mention.type)}" title="{_safe(name)}">')
            open_ = True
        told = _safe(reading.text[start:end])
        inside = [n for n, clause in enumerate(clauses, 1) if clause.start <= start < clause.end]
        found.append(f'<u title="measure {", ".join(map(str, inside))}">{told}</u>' if inside else told)
    return "".join(found) + ("</mark>" if open_ else "")


def _measures(reading: Reading) -> str:
    if not reading.measures:
        return "<section><h2>Measures</h2><p>None was read.</p></section>"
    rows = [f"<li>{_measure(reading, n, measure)}</li>" for n, measure in enumerate(reading.measures)]
    return f"<section><h2>Measures, as the text tells them</h2><ol>{''.join(rows)}</ol></section>"


def _measure(reading: Reading, number: int, measure: Measure) -> str:
    facts = [fact for fact in (
        f"{measure.amount.value:,.0f} {measure.amount.unit}" if measure.amount else "",
        f"{measure.count} people or things" if measure.count else "", measure.iso or "",
    ) if fact]  # fmt: skip
    who = f"{measure.authority or 'nobody named'} → {'; '.join(measure.targets)}"
    told = _quoted(reading.text, measure.evidence)
    head = f"<b>{number + 1}. {_safe(measure.type.replace('_', ' '))}</b>, {_safe(measure.status.replace('_', ' '))}"
    rest = f"<br>{_safe(who)}{'<br>' + _safe(', '.join(facts)) if facts else ''}<br>{told}"
    return head + rest + (_record(reading.official[number]) if reading.official else "")


def _record(record: dict[str, object]) -> str:
    """The official record beside a measure; the verdict stands in words, not in colour alone."""
    verdict, reasons = str(record["verdict"]), record["reasons"]
    told = "; ".join(map(str, reasons)) if isinstance(reasons, list) else ""
    official = record["official"]
    named = f" {official['id']} ({official['citation']})" if isinstance(official, dict) else ""
    kind = verdict if verdict in ("confirmed", "contradicted") else "dim"
    looked = record["snapshots"]
    where = ", ".join(f"{k} {v}" for k, v in looked.items()) if isinstance(looked, dict) else ""
    return (f'<br><span class="{kind}">official record: {_safe(verdict)}{_safe(named)}</span>'
            f'<br><span class="dim">{_safe(told)}{"; " if told else ""}looked in: {_safe(where)}</span>')  # fmt: skip


def _claims(reading: Reading) -> str:
    if not reading.claims:
        return ""
    rows = []
    for claim in reading.claims:
        who = claim.speaker or "somebody"
        to, unnamed = f"to {claim.outlet}" if claim.outlet else "", "unnamed" if claim.anonymous else ""
        marks = [mark for mark in (claim.role or "", to, unnamed, "a denial" if claim.denial else "") if mark]
        told = " … ".join(_quoted(reading.text, span) for span in claim.contents)
        rows.append(f"<li><b>{_safe(who)}</b>{' (' + _safe(', '.join(marks)) + ')' if marks else ''}: {told}</li>")
    return f"<section><h2>Claims, and who makes them</h2><ol>{''.join(rows)}</ol></section>"


def _notes(reading: Reading) -> str:
    return "".join(f'<p class="dim">Note: {_safe(note)}</p>' for note in reading.notes)


def _quoted(text: str, span: Span) -> str:
    return f'<q dir="auto">{_safe(text[span.start : span.end])}</q>'
