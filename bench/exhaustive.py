"""Measure: what the index does not find, or scores lower, although the exact comparison puts it above the threshold.

Takes the lists and a few hundred queries; gives the share of pairs (query, entity) that screening returns with the same
score. Every listed name that has any likeness with the query is compared exactly, by brute force: a part of the one,
or two or three of its parts written together, with every such piece of the other. For some queries every name is
compared, to show that this leaves nothing out.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bench import cases, contest, process
from bench.data import SEED, Data
from bench.figure import Figure, Section, Target, on_row, share

LEAST = Target(0.998)
MOST_HITS = 10_000
SAME = 1e-9
RUN = 3  # parts written together at most
NOT_HERE = "the lists and labelled names are not in ../shared"


def measure(data: Data) -> Section:
    """Unlisted, mistyped and listed people, and names in other scripts."""
    title = "Exhaustive comparison against what the index finds"
    if not data.shared:
        return Section(title, skipped=NOT_HERE)
    full = contest.of(data).ground("full")
    count = data.size.of(75, 8)
    listed = [cases.Case(e.schema, e.names[-1][0], e.id) for e in full.listed if e.is_kept_for_testing]
    asked = [*full.sets["unlisted"][:count], *full.sets["mistyped"][:count], *listed[:: len(listed) // count][:count],
             *contest.of(data).ground("scripts").sets["scripts"][::5][:count]]  # fmt: skip
    file = cases.dump(data.work / "exhaustive.jsonl", asked)
    folder = contest.of(data).folder(full)
    answer, usage = process.ask("exhaustive:compared", data=str(folder), file=str(file), whole=data.size.of(4, 1))
    missing, lower = answer["missing"], answer["lower"]
    pairs = answer["pairs"]
    figure = share("pairs above the threshold that are found with the same score", pairs - len(missing) - len(lower),
                   pairs, target=None if data.size.small else LEAST)  # fmt: skip
    figures = (
        *on_row("exhaustive", figure),
        Figure("pairs not found", len(missing), "count"),
        Figure("pairs scored lower", len(lower), "count"),
        Figure("pairs above the threshold that brute force had left out", answer["left_out"], "count",
               note=f"{answer['whole']} queries against every name"),
    )  # fmt: skip
    notes = (f"{len(asked)} queries, {answer['compared']:,} names compared exactly, {usage.wall:.0f} s; seed {SEED}",
             *(f"missing: {line}" for line in missing[:10]), *(f"lower: {line}" for line in lower[:10]))  # fmt: skip
    return Section(title, figures, notes, detail={"missing": missing, "lower": lower})


class _Pieces:
    """Every piece of every listed name, and the names that have it."""

    def __init__(self, index: Any) -> None:
        import numpy as np

        from allonym.names.parts import Kind, kind_of

        self.numbers: dict[tuple[str, Any], int] = {}
        self.names: list[tuple[int, str, bool, Any]] = []
        owner, piece = [], []
        for entity in range(len(index)):
            listed = index.entity(entity)
            kind = kind_of(listed.schema)
            for text, weak in listed.names:
                for one in (Kind.PERSON, Kind.ORGANISATION) if kind is Kind.ANY else (kind,):
                    for found in _pieces(text, one):
                        owner.append(len(self.names))
                        piece.append(self.numbers.setdefault(found, len(self.numbers)))
                    self.names.append((entity, text, weak, one))
        order = np.argsort(piece, kind="stable")
        self.owner = np.array(owner)[order]
        self.starts = np.searchsorted(np.array(piece)[order], np.arange(len(self.numbers) + 1))

    def prepare(self) -> None:
        """Shapes of all pieces."""
        import numpy as np

        from allonym.names.similarity import shapes

        self.shapes = shapes([text for text, _ in self.numbers])
        self.script = np.array([script for _, script in self.numbers], np.int8)

    def like(self, text: str, kind: Any) -> set[int]:
        """Numbers of the names that have a piece like one of this name's."""
        import numpy as np

        from allonym.names.similarity import PAIRINGS, grades, shapes

        own = list(_pieces(text, kind))
        found: set[int] = set()
        if not own:
            return found
        shape, count = shapes([piece for piece, _ in own]), len(self.numbers)
        for at, (_, script) in enumerate(own):
            graded = grades(shape, np.full(count, at), self.shapes, np.arange(count), PAIRINGS[self.script, script])
            for piece in np.flatnonzero(graded).tolist():
                found.update(self.owner[self.starts[piece] : self.starts[piece + 1]].tolist())
        return found


def _pieces(text: str, kind: Any) -> Iterable[tuple[str, Any]]:
    """The parts of a name, and runs of two and three of them written together."""
    from allonym.matching.profile import profile
    from allonym.names.script import Script

    whole = profile.__wrapped__(text, kind).whole
    found = {(part.text, part.script) for part in whole if len(part.text) > 1}
    for length in range(2, RUN + 1):
        for start in range(len(whole) - length + 1):
            run = whole[start : start + length]
            if not any(part.script is Script.BARE for part in run):
                found.add(("".join(part.text for part in run), Script.LETTERS))
    return found


def compared(data: str, file: str, whole: int) -> dict[str, Any]:
    """In the child: pairs above the threshold by the exact comparison, those missing and those scored lower."""
    import allonym
    from allonym.matching.engine import Options

    queries = [json.loads(line) for line in Path(file).read_text(encoding="utf-8").splitlines()]
    with allonym.open(data) as lists:
        index = lists.engine(lists.view(), Options(sources=("mine",))).index
        answers = [
            {h.entity_id: h.score for h in hits} for hits in lists.screen(queries, limit=MOST_HITS, merged=False)
        ]
    pieces = _Pieces(index)
    pieces.prepare()
    missing, lower, told, pairs, left_out = [], [], 0, 0, 0
    for number, (query, answer) in enumerate(zip(queries, answers, strict=True)):
        chosen = _chosen(pieces, query)
        exact = _exact(index, pieces, query, sorted(chosen))
        told, pairs = told + len(chosen), pairs + len(exact)
        if number % max(1, len(queries) // whole) == 0 and number // max(1, len(queries) // whole) < whole:
            rest = sorted(set(range(len(pieces.names))) - chosen)
            left_out += len(_exact(index, pieces, query, rest).keys() - exact.keys())
        for identifier, (score, name) in exact.items():
            line = f"“{query['properties']['name'][0]}” and “{name}” [{identifier}] {score:.3f}"
            if identifier not in answer:
                missing.append(line)
            elif answer[identifier] < score - SAME:
                lower.append(f"{line}, returned {answer[identifier]:.3f}")
    return {"missing": missing, "lower": lower, "compared": told, "pairs": pairs, "left_out": left_out, "whole": whole}


def _chosen(pieces: _Pieces, query: dict[str, Any]) -> set[int]:
    from allonym.names.parts import Kind, kind_of

    kind = kind_of(query["schema"])
    kinds = (Kind.PERSON, Kind.ORGANISATION) if kind not in (Kind.PERSON, Kind.ORGANISATION) else (kind,)
    return {n for one in kinds for n in pieces.like(query["properties"]["name"][0], one)}


def _exact(
    index: Any, pieces: _Pieces, query: dict[str, Any], chosen: Sequence[int]
) -> dict[str, tuple[float, str]]:  # fmt: skip
    """The entities above the threshold among those that bear the names `chosen`: id to score and name."""
    from allonym.matching.compare import best_names, joint_kind, prior
    from allonym.matching.evidence import probability
    from allonym.matching.schemata import fits
    from allonym.matching.weights import weights

    table = weights()
    found: dict[str, tuple[float, str]] = {}
    names = [(query["properties"]["name"][0], False)]
    for number in chosen:
        entity, text, weak, _ = pieces.names[number]
        listed = index.entity(entity)
        if not fits(query["schema"], listed.schema):
            continue
        evidence, _ = best_names(names, [(text, weak)], joint_kind(query["schema"], listed.schema), table)
        score = probability(sum(e.weight for e in (prior(table), *evidence)))
        if score >= table.threshold and score > found.get(listed.entity_id, (0.0, ""))[0]:
            found[listed.entity_id] = score, text
    return found
