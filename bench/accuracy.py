"""Measures: mistyped people, removed aliases, original scripts, dated people, and alerts by group, beside the peers.

Takes the contestants' answers; gives shares with Wilson intervals, and the worst misses for the JSON. An entity is
right only by its own id: that a person stands on two lists does not help. "First" lets others score the same.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from bench import contest
from bench.contest import BRUTE, LIMIT, LOGIC, Answered, Contest, limit_at
from bench.data import EU, SEED, Data
from bench.figure import OURS, Figure, Section, Target, on_row, share
from bench.groups import group, script
from bench.spread import wilson

NOT_HERE = "the lists and labelled names are not in ../shared"
WORST = 60  # misses kept in the JSON
GROUPS_ROW = "groups"
LEAST_NAMES = 50  # of smaller groups a single alert already says "surely", so they are shown and not counted
TYPED = {"labelled set": ("typed",), "made here": ("mistyped",), "all": ("typed", "mistyped")}
DATED = {"labelled set": ("typed_dated",), "made here": ("dated",), "all": ("typed_dated", "dated")}


def _each(found: Contest, ground: str) -> Iterable[tuple[str, dict[str, Answered]]]:
    for by in (LOGIC, BRUTE, OURS):
        answered = found.answered(ground, by)
        if answered:
            yield by, answered


def _target(data: Data, by: str, value: float, *, at_most: bool = False) -> Target | None:
    return Target(value, at_most=at_most) if by == OURS and not data.size.small else None


def mistyped(data: Data) -> Section:
    """Listed people with letters mistyped, and unlisted people, by name alone."""
    title = "Mistyped people and unlisted people, names alone"
    if not data.shared:
        return Section(title, skipped=NOT_HERE)
    figures: list[Figure] = []
    notes, detail = [], {}
    for by, sets in _each(contest.of(data), "full"):
        best = sets["unlisted"].best
        limit, threshold = limit_at(best, 0.001), sets["unlisted"].threshold
        for what, names in TYPED.items():
            right, all_cases = [score for name in names for score in sets[name].right], what == "all"
            found = share(f"mistyped people found where 0.1 % of unlisted alert, {what}", sum(s > limit for s in right),
                          len(right), target=_target(data, by, 0.98) if all_cases else None, by=by)  # fmt: skip
            usual = share(f"… at the default threshold, {what}", sum(s >= threshold for s in right), len(right),
                          target=_target(data, by, 0.97) if all_cases else None, by=by)  # fmt: skip
            figures += on_row("mistyped" if all_cases else "", found)
            figures += on_row("mistyped_default" if all_cases else "", usual)
        raised = share("unlisted people who raise an alert at the default threshold", sum(s >= threshold for s in best),
                       len(best), target=_target(data, by, 0.002, at_most=True), by=by)  # fmt: skip
        figures += on_row("unlisted", replace(raised, less=True))
        told = ", ".join(f"{100 * at:g} % above {limit_at(best, at):.4f}" for at in (0.001, 0.002, 0.01))
        notes.append(f"{by}: unlisted people's best scores: {told}; default threshold {threshold}")
        if by == OURS:
            detail = {
                "missed": [m for name in ("typed", "mistyped") for m in misses(sets[name], max(limit, threshold))]
            }
    return Section(title, _ordered(figures), tuple(notes), detail=detail)


def alerts(data: Data) -> Section:
    """Unlisted people who raise an alert at the default threshold, by group of names."""
    title = "Alerts on unlisted people by group of names (default threshold)"
    if not data.shared:
        return Section(title, skipped=NOT_HERE)
    surnames = {row["full_name"]: row["last_name"] for row in data.unlisted()}
    figures: list[Figure] = []
    notes, detail = [], {}
    for by, sets in _each(contest.of(data), "full"):
        answered = sets["unlisted"]
        raised = [score >= answered.threshold for score in answered.best]
        people = [group(case.name, surnames[case.name]) for case in answered.cases]
        found, worse = by_group("alerts", people, raised, by)
        figures += found
        target = _target(data, by, 0, at_most=True)
        told = "; ".join(f"{f.what.removeprefix('alerts, ')} {100 * f.value:.2f} %" for f in _highest(found)[:3])
        note = f"of those with {LEAST_NAMES} names or more; highest: {told}"
        what = "groups surely above twice the overall rate"
        figures += on_row(GROUPS_ROW, Figure(what, worse, "count", by=by, target=target, note=note))
        spelt = sets["romanised"]
        for of in ("Hangul", "Han"):
            best = [b for b, case in zip(spelt.best, spelt.cases, strict=True) if case.told == of]
            what = f"alerts, {of} spelt in Latin letters"
            hits = sum(score >= spelt.threshold for score in best)
            figures.append(replace(share(what, hits, len(best), by=by), less=True))
        if by == OURS:
            detail = {"alerts": raised_by(answered)}
            notes += [f"alert: {line}" for line in detail["alerts"][:12]]
    return Section(title, _ordered(figures), tuple(notes), detail=detail)


def by_group(what: str, people: list[str], raised: list[bool], by: str) -> tuple[list[Figure], int]:
    """The share of each group, the largest first, and how many of LEAST_NAMES or more are surely above twice the rate
    of all."""
    overall, figures, worse = sum(raised) / max(1, len(raised)), [], 0
    groups: dict[str, list[bool]] = {}
    for name, one in zip(people, raised, strict=True):
        groups.setdefault(name, []).append(one)
    for name, found in sorted(groups.items(), key=lambda item: -len(item[1])):
        surely = bool(overall) and wilson(sum(found), len(found))[0] > 2 * overall
        worse += surely and len(found) >= LEAST_NAMES
        note = "surely above twice the overall rate" if surely else ""
        figures.append(replace(share(f"{what}, {name}", sum(found), len(found), by=by, note=note), less=True))
    return figures, worse


def _highest(figures: list[Figure]) -> list[Figure]:
    """Groups of LEAST_NAMES or more, the highest rate first."""
    large = [f for f in figures if int(f.note.split()[2].rstrip(";").replace(",", "")) >= LEAST_NAMES]
    return sorted(large, key=lambda f: -f.value)


def aliases(data: Data) -> Section:
    """Aliases taken out of the index and asked for."""
    title = "Aliases taken out of the index and asked for"
    if not data.shared:
        return Section(title, skipped=NOT_HERE)
    found = contest.of(data)
    figures: list[Figure] = []
    detail = {}
    for by, sets in _each(found, "aliases"):
        answered = sets["aliases"]
        limit = limit_at(found.answered("full", by)["unlisted"].best, 0.01)
        for kind in ("", "Person", "Organization"):
            chosen = [n for n, case in enumerate(answered.cases) if not kind or case.schema == kind]
            above, right = [answered.above[n] for n in chosen], [answered.right[n] for n in chosen]
            tail = f", {kind}" if kind else ""
            rows = (
                ("alias_first", "right entity first", sum(n == 0 for n in above), 0.75),
                ("alias_ten", "right entity among ten", sum(n < 10 for n in above), 0.90),
                ("alias_found", "found above the score at which 1 % of unlisted alert", sum(s > limit for s in right),
                 0.70),
                ("", f"among {LIMIT}", sum(n < LIMIT for n in above), 0.0),
            )  # fmt: skip
            for row, what, hits, least in rows:
                target = _target(data, by, least) if row and not kind else None
                figure = share(what + tail, hits, len(chosen), target=target, by=by)
                figures += on_row("" if kind else row, figure)
        if by == OURS:
            detail = {"missed": misses(answered, limit)}
    doubles = "aliases that another entity bears too, and weak ones, are not asked for"
    return Section(title, _ordered(figures), (doubles, f"seed {SEED}"), detail=detail)


def scripts(data: Data) -> Section:
    """Names in their own script against listings in Latin script alone."""
    title = "Names in other scripts against Latin listings"
    if not data.shared:
        return Section(title, skipped=NOT_HERE)
    found = contest.of(data)
    figures: list[Figure] = []
    detail = {}
    for by, sets in _each(found, "scripts"):
        figures += _script_figures(sets["scripts"], by, "UN", data)
        if by == OURS:
            detail = {"missed": misses(sets["scripts"], sets["scripts"].threshold)}
    if not data.size.small:
        answered = found.answered("eu_scripts", OURS)["scripts"]
        figures += _script_figures(answered, OURS, "EU persons", data)
        detail["missed, EU"] = misses(answered, answered.threshold)
    notes = (f"UN: the UN's names among {len(found.ground('scripts').listed):,} entities",
             f"EU: persons of {EU.name} among its own entities; Cyrillic is Bulgarian for nearly all")  # fmt: skip
    return Section(title, _ordered(figures), notes, detail=detail)


def _script_figures(answered: Answered, by: str, of: str, data: Data) -> list[Figure]:
    figures: list[Figure] = []
    written = [script(case.name) for case in answered.cases]
    for name in ("", *sorted(set(written), key=written.count, reverse=True)):
        scores = [s for s, one in zip(answered.right, written, strict=True) if name in ("", one)]
        headline = of == "UN" and not name
        pairs = (("script_candidate", "a candidate", sum(s > 0 for s in scores), 0.92),
                 ("script_above", "above the threshold", sum(s >= answered.threshold for s in scores),
                  0.75))  # fmt: skip
        for row, what, hits, least in pairs:
            figure = share(f"{of}, {name or 'all'}: {what}", hits, len(scores), by=by,
                           target=_target(data, by, least) if headline else None)  # fmt: skip
            figures += on_row(row if headline else "", figure)
    return figures


def dated(data: Data) -> Section:
    """Listed people with date of birth, in places mistyped, and nationality."""
    title = "People with date of birth (in places mistyped) and nationality"
    if not data.shared:
        return Section(title, skipped=NOT_HERE)
    figures: list[Figure] = []
    detail = {}
    for by, sets in _each(contest.of(data), "full"):
        for names, what in (
            (["typed_dated"], "labelled set"),
            (["dated"], "made here"),
            (["typed_dated", "dated"], "all"),
        ):
            above = [n for name in names for n in sets[name].above]
            alone = [a for name in names for a in sets[name].alone]
            rows = (("facts_first", "right entity first", sum(n == 0 for n in above), 0.98),
                    ("facts_alone", "alone in first place", sum(alone), 0.93))  # fmt: skip
            for row, told, hits, least in rows:
                figure = share(f"{told}, {what}", hits, len(above), by=by,
                               target=_target(data, by, least) if what == "all" else None)  # fmt: skip
                figures += on_row(row if what == "all" else "", figure)
        if by == OURS:
            detail = {"not alone": [line for name in ("typed_dated", "dated") for line in _not_alone(sets[name])]}
    return Section(title, _ordered(figures), (f"seed {SEED}; every third date made here is mistyped",), detail=detail)


def misses(answered: Answered, limit: float) -> list[str]:
    """Cases whose right entity scores no more than `limit`, the nearest to it first."""
    found = [
        (score, f"{score:.3f} “{case.name}” means {case.told} [{case.right}]; {_best(rows)}")
        for case, rows, score in zip(answered.cases, answered.answers, answered.right, strict=True)
        if score <= limit
    ]
    return [line for _, line in sorted(found, key=lambda pair: -pair[0])]


def _not_alone(answered: Answered) -> list[str]:
    return [
        f"{score:.4f} “{case.name}” {dict(case.properties)} means {case.told} [{case.right}]; {_best(rows)}"
        for case, rows, score, alone in zip(
            answered.cases, answered.answers, answered.right, answered.alone, strict=True
        )
        if not alone
    ]


def _best(rows: list[list[object]]) -> str:
    return f"best: {rows[0][2]} {rows[0][1]:.3f} [{rows[0][0]}]" if rows else "nothing found"


def raised_by(answered: Answered) -> list[str]:
    """Alerts, the highest score first."""
    found = [(rows[0][1], f"{case.name} ({script(case.name)}): {rows[0][2]} {rows[0][1]:.3f} [{rows[0][0]}]")
             for case, rows in zip(answered.cases, answered.answers, strict=True)
             if rows and rows[0][1] >= answered.threshold]  # fmt: skip
    return [line for _, line in sorted(found, reverse=True)]


def _ordered(figures: list[Figure]) -> tuple[Figure, ...]:
    """The contestants' figures of one thing side by side, in the order in which things were met last by ours."""
    places: dict[str, int] = {}
    for figure in figures:
        places.setdefault(figure.what, len(places))
    return tuple(sorted(figures, key=lambda f: places[f.what]))


MEASURES: dict[str, Callable[[Data], Section]] = {
    "mistyped": mistyped, "alerts": alerts, "aliases": aliases, "scripts": scripts, "dated": dated,
}  # fmt: skip
