"""Labelled pairs of names for learning weights, as rows of features.

Takes the FtM lists and the development sets of `../shared/bench`; gives a matrix of features, labels, groups and the
person each row belongs to. Entries kept for testing are left out. Rows come from:

    typo, otypo    a listed name against itself with one or two letters mistyped (persons, others)
    script         a listed name in another script against one of the same entry in Latin script
    alias, oalias  two names of one entry that share at least one part
    romanised      people who are not listed, with names in Hangul or Han, in Latin letters, likewise
    unlisted       a person who is not listed against the listed names nearest to it
    pairs          the labelled name pairs, those marked WEAK left out

Features are what the weight table multiplies, so that a row times the table is the sum of the evidence.
"""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from allonym.index.build import build
from allonym.index.index import Index
from allonym.index.listed import Listed
from allonym.matching.align import align
from allonym.matching.compare import best_names, joint_kind
from allonym.matching.engine import Engine, Options
from allonym.matching.names import name_evidence
from allonym.matching.profile import profile
from allonym.matching.variants import variants
from allonym.matching.weights import Weights
from allonym.names.parts import Kind
from allonym.names.script import Script, words
from allonym.names.similarity import Grade
from allonym.screening.query import Query
from bench import entities
from bench.entities import has_latin, is_latin
from bench.ours import listed

GRADES = [g for g in Grade if g]
FEATURES = (
    ["prior"]
    + [f"agree_constant:{g.name}" for g in GRADES]
    + [f"agree_share:{g.name}" for g in GRADES]
    + ["extra_constant", "extra_share", "missing_constant", "missing_share", "conflict", "conflict_agreed", "whole",
       "sounding", "identical", "single", "lone", "unanchored", "slips", "order", "syllable_order", "lineage_order",
       "number_conflict", "form_conflict", "weak", "characters", "fixed"]
)  # fmt: skip
AT = {name: i for i, name in enumerate(FEATURES)}
OF_EVIDENCE = {
    "name_whole": "whole", "name_sounding": "sounding", "name_identical": "identical",
    "name_single": "single", "name_lone": "lone", "name_unanchored": "unanchored", "name_order": "order",
    "name_syllables": "syllable_order", "name_lineage": "lineage_order", "name_number": "number_conflict",
    "name_form": "form_conflict", "name_weak": "weak", "name_characters": "characters",
}  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyz"
NEAREST = 4


@dataclass(frozen=True, slots=True)
class Examples:
    """`rows` (n, features), `labels` (n,) 0 or 1, `groups` (n,) names, `persons` (n,) numbers of the
    unlisted, of the family of a labelled pair, or -1."""

    rows: np.ndarray
    labels: np.ndarray
    groups: np.ndarray
    persons: np.ndarray


def entries(path: Path) -> Iterator[Listed]:
    """The entries that may be learnt from."""
    return (listed(entity) for entity in entities.read(path) if not entity.is_kept_for_testing)


def features(left: str, right: str, kind: Kind, weights: Weights, *, weak: bool = False) -> np.ndarray:
    """The features of two names under the alignment that the weights choose."""
    read = profile(right, kind)
    found = [(sum(e.weight for e in evidence), query, evidence) for query in variants(profile(left, kind), read)
             for evidence in [name_evidence(query, read, weights, weak=weak)]]  # fmt: skip
    _, query, evidence = max(found, key=lambda f: f[0])
    aligned = align(query, read, weights)
    row = np.zeros(len(FEATURES))
    row[0] = 1
    for pair in aligned.pairs:
        row[AT[f"agree_constant:{pair.grade.name}"]] += 1
        row[AT[f"agree_share:{pair.grade.name}"]] += min(query.rarity[pair.left], read.rarity[pair.right])
    for positions, rarity, name in ((aligned.extra, query.rarity, "extra"), (aligned.missing, read.rarity, "missing")):
        row[AT[f"{name}_constant"]] = len(positions)
        row[AT[f"{name}_share"]] = sum(rarity[i] for i in positions)
    row[AT["conflict"]] = min(len(aligned.extra), len(aligned.missing))
    if row[AT["conflict"]]:
        row[AT["conflict_agreed"]] = sum(pair.weight for pair in aligned.pairs)
    for item in evidence:
        if item.feature in OF_EVIDENCE:
            row[AT[OF_EVIDENCE[item.feature]]] = 1
        if item.feature == "name_slips":
            row[AT["slips"]] = item.weight / weights.slips
        if item.feature == "name_identical":
            row[AT["fixed"]] = item.weight - weights.identical
    return row


def romanised(queries: list[Query]) -> list[Query]:
    """The people whose names are in Hangul or Han, as they spell them in Latin letters."""
    read = {query.row: words(query.caption) for query in queries}
    return [
        Query.from_name(" ".join(word.text for word in read[query.row]), row=query.row, schema="Person")
        for query in queries
        if any(word.script is Script.SYLLABLES for word in read[query.row])
    ]


def families(pairs: list[tuple[str, str]]) -> list[int]:
    """A number for each pair, the same for pairs that share a name: what is learnt from one tells of the others."""
    of: dict[str, int] = {}
    for number, pair in enumerate(pairs):
        joined = {of[name] for name in pair if name in of}
        of.update({name: number for name, old in of.items() if old in joined})
        of.update(dict.fromkeys(pair, number))
    return [of[left] for left, _ in pairs]


def agrees(row: np.ndarray) -> bool:
    """Whether at least one part agrees."""
    return bool(row[1 : 1 + len(GRADES)].sum() >= 1)


def mistyped(name: str, chance: random.Random) -> str:
    """The name with one or two letters changed, doubled, left out or turned round."""
    letters = list(name)
    for _ in range(chance.choice([1, 1, 1, 2])):
        places = [i for i, c in enumerate(letters) if c.isalpha()]
        if not places:
            return name
        at = chance.choice(places)
        kind = chance.randrange(4)
        if kind == 0:
            letters[at] = chance.choice(LETTERS)
        elif kind == 1:
            letters.insert(at, letters[at])
        elif kind == 2:
            del letters[at]
        elif at + 1 < len(letters):
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return "".join(letters)


def collect(lists: Path, bench: Path, weights: Weights, seed: int = 7) -> Examples:
    """All rows."""
    chance = random.Random(seed)
    learnt_from = list(entries(lists))
    chance.shuffle(learnt_from)
    rows, labels, groups, persons = [], [], [], []

    def add(row: np.ndarray, label: int, group: str, person: int = -1) -> None:
        rows.append(row), labels.append(label), groups.append(group), persons.append(person)

    for entry in learnt_from:
        kind = Kind.PERSON if entry.schema == "Person" else Kind.ORGANISATION
        mark = "" if kind is Kind.PERSON else "o"
        name = chance.choice(entry.names)[0]
        add(features(mistyped(name, chance), name, kind, weights), 1, f"{mark}typo")
        for text in [text for text, _ in entry.names if not has_latin(text)][:1]:
            latin = [text for text, _ in entry.names if is_latin(text)]
            if latin:
                _, best = best_names([(text, False)], [(one, False) for one in latin], kind, weights)
                add(features(text, best, kind, weights), 1, "script")
        if len(entry.names) > 1:
            (left, _), (right, weak) = chance.sample(entry.names, 2)
            row = features(left, right, kind, weights, weak=weak)
            if agrees(row):
                add(row, 1, f"{mark}alias")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "learn.idx"
        build(path, learnt_from)
        engine = Engine(Index(path), Options(threshold=0.0, limit=NEAREST, merged=False))
        with (bench / "unlisted_people_dev.csv").open(encoding="utf-8") as file:
            queries = [
                Query.from_name(r["full_name"], row=i, schema="Person") for i, r in enumerate(csv.DictReader(file))
            ]
        for group, asked in (("unlisted", queries), ("romanised", romanised(queries))):
            for query, hits in zip(asked, engine(asked), strict=True):
                for hit in hits:
                    add(features(query.caption, hit.listed_name, Kind.PERSON, weights), 0, group, query.row)
    with (bench / "name_pairs_dev.csv").open(encoding="utf-8") as file:
        pairs = [pair for pair in csv.DictReader(file) if pair["strength"] != "WEAK"]
    for pair, family in zip(pairs, families([(pair["left"], pair["right"]) for pair in pairs]), strict=True):
        kind = joint_kind(pair["schema"], pair["schema"])
        add(features(pair["left"], pair["right"], kind, weights), int(pair["is_match"] == "true"), "pairs", family)
    return Examples(np.array(rows), np.array(labels), np.array(groups), np.array(persons))
