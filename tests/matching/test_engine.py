"""Queries against a small list: what is found, and that the quick path agrees with the exact one."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allonym.index.probe import Probes
from allonym.matching import find as finding
from allonym.matching import found as limiting
from allonym.matching.compare import compare
from allonym.matching.find import find
from allonym.matching.names import name_evidence
from allonym.matching.profile import profile
from allonym.names.parts import Kind

from .people import LISTED, Asked, engine, person

FOUND = [
    ("Person", "Nicolas Maduro", "p1"),
    ("Person", "MADURO MOROS, Nicolás", "p1"),
    ("Person", "Николас Мадуро", "p1"),
    ("Person", "NicolasMaduro", "p1"),
    ("Person", "Nicolas Madruo", "p1"),
    ("Person", "김정은", "p2"),
    ("Person", "Salah Eddine Gassmi", "p3"),
    ("Person", "محمد بن سلمان البغدادي", "p4"),
    ("Person", "Sergej Lavrov", "p6"),
    ("Organization", "Soles Cartel de los", "o1"),
    ("Thing", "cartel of the suns", "o1"),
    ("Organization", "Gulf Cartel", "o2"),
    ("Organization", "Gulf Clan", "o3"),
    ("Company", "Baikal Trading Limited Liability Company", "o4"),
    ("Company", "Good Will Shipping Limited", "o5"),
    ("Vessel", "Snow Storm One", "v1"),
    ("Company", "Van der bilt Holdings", "l1"),
    ("Person", "Vanderbilt Holdings", "l1"),
]


@pytest.mark.parametrize(("schema", "name", "expected"), FOUND)
def test_found_first(folder: Path, schema: str, name: str, expected: str) -> None:
    hits = next(iter(engine(folder, merged=False)([Asked(schema, {"name": [name]})])))
    assert hits, f"{name}: nothing found"
    assert hits[0].entity_id == expected, hits[0].explain()
    assert hits[0].match
    assert hits[0].programs == ("PROG",)
    assert hits[0].snapshots == ("test@2026-01-01",)


@pytest.mark.parametrize(
    ("schema", "name"),
    [
        ("Person", "Maria Gonzalez"),
        ("Person", "Kim Min Su"),
        ("Organization", "Trading Company"),
        ("Person", "Juan Perez"),
        ("Vessel", "Gulf Cartel"),
        ("Organization", "Cartel"),
        ("Person", "Mohammed"),
        ("Company", "Shipping Ltd"),
    ],
)
def test_not_found(folder: Path, schema: str, name: str) -> None:
    hits = next(iter(engine(folder)([Asked(schema, {"name": [name]})])))
    assert not hits, hits[0].explain()


def test_an_identifier_finds_without_a_likely_name(folder: Path) -> None:
    asked = Asked("Vessel", {"name": ["Another Name"], "imoNumber": ["9187629"]})
    hits = next(iter(engine(folder, threshold=0.0, merged=False)([asked])))
    assert any(h.entity_id == "v1" and any(e.feature == "identifier" for e in h.evidence) for h in hits)


def test_merged_hits_bear_the_actor(folder: Path) -> None:
    merged = next(iter(engine(folder)([person("Nicolas Maduro")])))[0]
    assert (merged.entity_id, merged.referents) == ("actor-p1", ("p1",))


def test_other_sources_are_not_searched(folder: Path) -> None:
    assert next(iter(engine(folder, sources=("elsewhere",))([person("Nicolas Maduro")]))) == []


def test_threshold_0_gives_what_was_scored_best_first(folder: Path) -> None:
    hits = next(iter(engine(folder, threshold=0.0)([person("Nicolas Maduro Lopez")])))
    assert len(hits) > 1
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)


def test_many_queries_come_back_in_order(folder: Path) -> None:
    asked = [person(names[0]) for _, schema, names, _ in LISTED if schema == "Person"] * 400
    alone = [next(iter(engine(folder)([q]))) for q in asked[:6]]
    together = list(engine(folder)(asked))
    assert together == alone * 400


def test_facts_move_the_score(folder: Path) -> None:
    first = engine(folder)
    plain, same, other = (
        next(iter(first([q])))[0].score
        for q in (
            person("Juan Garcia Lopez"),
            person("Juan Garcia Lopez", birthDate="1970", nationality="mx"),
            person("Juan Garcia Lopez", nationality="es"),
        )
    )
    assert other < plain < same


NAMES = [name for _, _, names, _ in LISTED for name in names]
PARTS = st.sampled_from("nicolas maduro moros kim jong un salah gasmi x".split())
QUERY = st.sampled_from(NAMES) | st.lists(PARTS, min_size=1, max_size=6).map(" ".join) | st.text(max_size=30)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(QUERY)
def test_the_score_of_a_hit_is_that_of_compare(folder: Path, name: str) -> None:
    asked = Asked("Person", {"name": [name]})
    for hit in next(iter(engine(folder, threshold=0.0, merged=False)([asked]))):
        _, schema, _, facts = next(row for row in LISTED if row[0] == hit.entity_id)
        listed = {"schema": schema, "properties": {"name": [hit.listed_name], **facts}}
        exact = compare({"schema": "Person", "properties": asked.properties}, listed)
        assert abs(exact.score - hit.score) < 1e-9


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(QUERY)
def test_the_arrays_agree_with_the_exact_rule(folder: Path, name: str) -> None:
    """The first sum of every candidate of an unaltered probe equals prior and name evidence of the exact rule."""
    found = engine(folder)
    read = profile(name, Kind.PERSON)
    probes = Probes(list(found.prober.probes(0, "Person", {"name": [name]}))[:1])
    found.words.prepare()
    _, names, sums = find(found.words, probes, found.weights, np.full(len(probes), -np.inf))
    for number, total in zip(names.tolist(), sums.tolist(), strict=True):
        listed = profile(found.index.name_text(number), Kind.PERSON)
        exact = found.weights.prior + sum(e.weight for e in name_evidence(read, listed, found.weights))
        assert np.isclose(total, exact, atol=1e-3), (name, listed.original)


@pytest.mark.parametrize(
    "name",
    ["x", "1", "ab", "Maduro " * 200, "a" * 10_000, "🙂", "\u202eMaduro\u200b", "мадуро maduro", "!!", "' OR 1=1"],
)
def test_odd_names_are_answered(folder: Path, name: str) -> None:
    assert isinstance(next(iter(engine(folder, threshold=0.0)([person(name)]))), list)


@pytest.mark.parametrize("many", [0, 1_000])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(name=QUERY, above=st.floats(0.01, 20))
def test_no_pair_above_the_least_sum_is_lost(folder: Path, many: int, name: str, above: float) -> None:
    """What is not followed, or not scored, could not have reached the sum that is wanted.

    `many`: names from which a probe counts as crowded, and its leftovers are weighed before the rest.
    """
    found = engine(folder)
    least = found.weights.prior + above
    probes = Probes(found.prober.all([("LegalEntity", {"name": [name]})]))
    found.words.prepare()
    probe, names, sums = find(found.words, probes, found.weights, np.full(len(probes), -np.inf))
    pairs = zip(probe.tolist(), names.tolist(), strict=True)
    wanted = {pair: total for pair, total in zip(pairs, sums.tolist(), strict=True) if total >= least}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finding, "MANY", many)
        patch.setattr(limiting, "MANY", many)
        probe, names, sums = find(found.words, probes, found.weights, np.full(len(probes), least))
    pairs = zip(probe.tolist(), names.tolist(), strict=True)
    assert dict(zip(pairs, sums.tolist(), strict=True)) == pytest.approx(wanted)
