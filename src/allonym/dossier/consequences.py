"""What the measures in force amount to, by the registers' own words for it.

Takes standings; gives one consequence for each effect, in the order of registers/effects.json, with the measures it
follows from. Must not advise, and must not conclude from a measure that is not in force.
"""

from collections.abc import Iterable

from allonym.dossier.dossier import Consequence, Holdings, Standing, State
from allonym.dossier.ownership import Verdict
from allonym.dossier.terms import terms

FIFTY_PERCENT = "us-fifty-percent"


def consequences(standings: Iterable[Standing], held: Holdings | None = None) -> tuple[Consequence, ...]:
    """One for each effect of a measure in force, and one where the 50 Percent Rule blocks."""
    because: dict[str, dict[str, None]] = {}
    if held is not None and held.verdict == Verdict.BLOCKED:
        because[FIFTY_PERCENT] = {f"blocked owners with {held.total} % in the aggregate": None}
    for standing in standings:
        if standing.state is State.IN_FORCE:
            for effect in standing.effects:
                because.setdefault(effect, {})[reason(standing)] = None
    return tuple(
        Consequence(e.effect_id, e.kind, e.text, e.origin, tuple(because[e.effect_id]))
        for e in terms().effects.values() if e.effect_id in because
    )  # fmt: skip


def reason(standing: Standing) -> str:
    """A measure in a few words: what, by whom, since when."""
    authority = terms().authority(standing.measure.authority).english
    since = f", {standing.begun}" if standing.begun else ""
    what = standing.label.removeprefix("designation as ")
    if standing.measure.status == "listed" and terms().list_of(standing.source):
        what = f"entry on {standing.source} of {standing.snapshot}"
    programs = f"{standing.measure.program}; " if standing.measure.program else ""
    return f"{what} ({programs}{authority}{since})"
