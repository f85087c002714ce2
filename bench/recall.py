"""Measure: listed people found as they were typed, and unlisted people who raise an alert, at the default threshold.

Takes the labelled names of `shared`; gives shares with Wilson intervals, by pool and by group of names, and every miss.
"""

from collections.abc import Callable
from typing import Any

from bench import process
from bench.data import Data
from bench.figure import Figure, Section, Target, share
from bench.groups import script
from bench.screening import read, write
from bench.spread import wilson

SOURCE = "un_sc"
RECALL, ALERTS = Target(0.99), Target(0.005, at_most=True)
SHOWN = 12  # alerts told in the table; the JSON has all
Answers = list[list[dict[str, Any]]]


def measure(data: Data) -> Section:
    """Against UN 2026 alone; alerts against all lists too."""
    title = "Recall of listed people as typed, and alerts on unlisted people (UN 2026, default threshold)"
    if not data.shared:
        return Section(title, skipped="the labelled names are not in ../shared")
    listed, unlisted = data.listed(), data.unlisted(data.size.of(100_000, 3_000))
    found = _answers(data, "un", [row["name_as_typed"] for row in listed])
    alerts = _answers(data, "un", [row["full_name"] for row in unlisted])
    full = not data.size.small
    hit = [any(f"un-{row['un_dataid']}" in h["ids"] and h["match"] for h in hits)
           for row, hits in zip(listed, found, strict=True)]  # fmt: skip
    first = [bool(hits) and f"un-{row['un_dataid']}" in hits[0]["ids"] for row, hits in zip(listed, found, strict=True)]
    figures = [
        share("people found", sum(hit), len(hit), target=RECALL if full else None),
        share("people found in first place", sum(first), len(first)),
        *_alert_figures("unlisted people with an alert", unlisted, alerts, ALERTS if full else None),
    ]
    if full:
        more = _answers(data, "official", [row["full_name"] for row in unlisted])
        figures += _alert_figures("against all three lists: with an alert", unlisted, more, None)
    misses = _misses(listed, found, hit)
    raised = _raised(unlisted, alerts)
    notes = (*(f"missed: {miss}" for miss in misses or ["nobody"]), *(f"alert: {alert}" for alert in raised[:SHOWN]),
             *([f"… and {len(raised) - SHOWN} more alerts, in the JSON"] if len(raised) > SHOWN else []))  # fmt: skip
    return Section(title, tuple(figures), notes, detail={"missed": misses, "alerts": raised})


def _answers(data: Data, folder: str, names: list[str]) -> Answers:
    file = data.work / "asked.csv"
    write(file, names)
    sources = [SOURCE] if folder == "un" else None
    answer, _ = process.ask("recall:screened", data=str(data.folder(folder)), file=str(file), sources=sources)
    answers: Answers = answer["answers"]
    return answers


def _alert_figures(what: str, people: list[dict[str, str]], answers: Answers, target: Target | None) -> list[Figure]:
    """The share of all, of each pool, and of each script."""
    raised = [any(hit["match"] for hit in hits) for hits in answers]
    figures = [share(what, sum(raised), len(raised), target=target)]
    ways: dict[str, Callable[[dict[str, str]], str]] = {
        "pool": lambda row: row["pool"], "script": lambda row: script(row["full_name"])
    }  # fmt: skip
    for way, group in ways.items():
        cases: dict[str, list[bool]] = {}
        for row, one in zip(people, raised, strict=True):
            cases.setdefault(group(row), []).append(one)
        for name, found in sorted(cases.items(), key=lambda case: -len(case[1])):
            figures.append(share(f"  {what}, {way} {name}", sum(found), len(found), note=_worse(found, raised)))
    return figures


def _worse(group: list[bool], all_cases: list[bool]) -> str:
    """Told where a group is surely above twice the overall rate: the lower end of its interval is."""
    overall = sum(all_cases) / max(1, len(all_cases))
    return "surely above twice the overall rate" if overall and wilson(sum(group), len(group))[0] > 2 * overall else ""


def _misses(listed: list[dict[str, str]], found: Answers, hit: list[bool]) -> list[str]:
    return [
        f"{row['name_as_typed']} (un-{row['un_dataid']}, listed as {row['name_listed']}); "
        + (f"best: {hits[0]['name']} {hits[0]['score']:.3f}" if hits else "nothing found")
        for row, hits, good in zip(listed, found, hit, strict=True)
        if not good
    ]


def _raised(people: list[dict[str, str]], answers: Answers) -> list[str]:
    """Alerts, the highest score first."""
    found = [(hits[0], row) for row, hits in zip(people, answers, strict=True) if any(hit["match"] for hit in hits)]
    found.sort(key=lambda pair: -pair[0]["score"])
    return [f"{row['full_name']} ({row['pool']}): {hit['name']} {hit['score']:.3f}" for hit, row in found]


def screened(data: str, file: str, sources: list[str] | None) -> dict[str, Any]:
    """In the child: the hits of each name (schema Person), by entry: ids, listed name, score, match."""
    import allonym

    queries = [{"schema": "Person", "properties": {"name": [name]}} for name in read(file)]
    with allonym.open(data) as lists:
        answers = [
            [{"ids": [h.entity_id], "name": h.listed_name, "score": h.score, "match": h.match} for h in hits]
            for hits in lists.screen(queries, sources=sources, merged=False)
        ]
    return {"answers": answers}
