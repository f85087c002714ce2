"""Two records: a decision table, and what every comparison keeps to."""

import copy
import math
import pickle
import time
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonym.errors import InputError, UsageError
from allonym.matching.compare import MOST_PAIRS, compare, compare_many
from allonym.matching.evidence import Comparison, probability
from allonym.matching.profile import profile
from allonym.matching.variants import variants
from allonym.names.parts import Kind


def pair(schema: str, left: str, right: str, **facts: tuple[str, str]) -> Comparison:
    sides = ({"schema": schema, "properties": {"name": [name]}} for name in (left, right))
    records = list(sides)
    for prop, values in facts.items():
        for record, value in zip(records, values, strict=True):
            record["properties"][prop] = [value]  # type: ignore[index]
    return compare(*records)


SAME = [
    ("Person", "Vladimir Putin", "Putin, Vladimir"),
    ("Person", "Vladimir Pulin", "Vladimir Putin"),
    ("Person", "VladimirPutin", "Vladimir Putin"),
    ("Person", "Владимир Пулин", "Владимир Путин"),
    ("Person", "Usama bin Ladin", "Osama bin Laden"),
    ("Person", "SergeiLavrov", "Sergei Lavrov"),
    ("Person", "Николас Мадуро", "Nicolás Maduro"),
    ("Company", "Deutsche Bank AG", "Deutsche Bank Aktiengesellschaft"),
    ("Company", "vanderbilt corp", "van der bilt corp"),
    ("Company", "OAO Gazprom", "Open Joint Stock Company Gazprom"),
    ("Organization", "Al Qaeda", "Al Qa'ida"),
    ("Organization", "Three Percenters", "3 Percenters"),
    ("Company", "1st International Bank", "First International Bank"),
]
OTHERS = [
    ("Person", "Usama bin Laden", "Shaikh Isa Bin Tarif Al Bin Ali"),
    ("Person", "Boris Netanyahu", "Benjamin Netanyahu"),
    ("Person", "Kim Jong Un", "Kim Jong Nam"),
    ("Person", "MUHAMMAD BIN SALMAN AL-RAWI", "SALMAN BIN MUHAMMAD AL-RAWI"),
    ("Organization", "Gulf Cartel", "Gulf Clan"),
    ("Organization", "Cartel del Golfo", "Clan del Golfo"),
    ("Company", "Baikal Services Corp", "Altai Services Corp"),
    ("Company", "Volkswagen AG", "Siemens AG"),
    ("Vessel", "Snow Storm 1", "Snow Storm 2"),
]


@pytest.mark.parametrize(("schema", "left", "right"), SAME)
def test_the_same(schema: str, left: str, right: str) -> None:
    found = pair(schema, left, right)
    assert found.match, found.explain()


@pytest.mark.parametrize(("schema", "left", "right"), OTHERS)
def test_others(schema: str, left: str, right: str) -> None:
    found = pair(schema, left, right)
    assert not found.match, found.explain()


def test_without_a_birth_date_a_full_name_is_not_certain() -> None:
    name = "Juan Garcia Lopez"
    alone = pair("Person", name, name)
    dated = pair("Person", name, name, birthDate=("1970-05-17", "1970-05-17"))
    other = pair("Person", name, name, birthDate=("1970-05-17", "1951-12-03"))
    assert other.score < alone.score < dated.score


def test_a_rare_name_weighs_more_than_a_common_one() -> None:
    assert pair("Person", "Mohammed Ali", "Mohammed Ali").score < pair("Person", "Xanthe Qorvyn", "Xanthe Qorvyn").score


def test_unequal_evidence_gives_unequal_scores() -> None:
    scores = {pair("Person", left, "Nicolas Maduro Moros").score
              for left in ("Nicolas Maduro Moros", "Nicolas Maduro", "Nikolas Maduro Moros", "Maduro")}  # fmt: skip
    assert len(scores) == 4


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["Person", "Company", "Vessel", "LegalEntity"]))
def test_the_evidence_adds_up_to_the_score(left: str, right: str, schema: str) -> None:
    found = pair(schema, left, right)
    assert math.isclose(found.score, probability(sum(e.weight for e in found.evidence)))
    assert 0 <= found.score <= 1
    assert all(e.sentence for e in found.evidence)


PARTS = st.sampled_from("maria jose garcia lopez kim jong mohammed bin ali de la cruz smith".split())
NAME = st.lists(PARTS, min_size=1, max_size=5).map(" ".join)


@given(NAME)
def test_a_name_of_several_parts_equals_itself(name: str) -> None:
    found = pair("Person", name, name)
    if len({e.query for e in found.evidence if e.feature.startswith("name_part")}) >= 2:
        assert found.match, found.explain()


@given(NAME, NAME)
def test_the_waterfall_prints_every_reason_and_the_sum(left: str, right: str) -> None:
    found = pair("Person", left, right)
    lines = found.explain().splitlines()
    assert len(lines) == len(found.evidence) + 1
    assert f"{found.score:.3f}" in lines[-1]


def test_a_record_without_a_name_is_refused() -> None:
    with pytest.raises(UsageError, match="left record has no name"):
        compare({"schema": "Person", "properties": {}}, {"schema": "Person", "properties": {"name": ["A B"]}})


def records(schema: str, left: str, right: str) -> tuple[dict[str, object], dict[str, object]]:
    return (
        {"schema": schema, "properties": {"name": [left], "birthDate": ["1970-05-17"]}},
        {"schema": schema, "properties": {"name": [right, "Somebody Else"], "weakAlias": ["Old Bill"],
                                          "birthDate": ["1970"]}},
    )  # fmt: skip


def test_many_pairs_score_as_each_alone() -> None:
    pairs = [records(*row) for row in (*SAME, *OTHERS, ("Person", "Old Bill", "Xanthe Qorvyn"))]
    for (left, right), score in zip(pairs, compare_many(pairs), strict=True):
        assert math.isclose(score, compare(left, right).score, abs_tol=1e-12), (left, right)


@given(st.lists(st.tuples(NAME, NAME), max_size=4))
def test_many_pairs_of_names_score_as_each_alone(names: list[tuple[str, str]]) -> None:
    pairs = [records("Person", left, right) for left, right in names]
    assert compare_many(iter(pairs)) == pytest.approx([compare(*sides).score for sides in pairs], abs=1e-12)


WORDS = st.sampled_from("van der bilt vanderbilt vanderbild good will goodwill goodwil sergei lavrov x 12 al".split())
CUT = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


@given(CUT, CUT)
def test_a_look_at_lengths_hides_no_joined_or_split_word(left: str, right: str) -> None:
    asked, listed = profile(left, Kind.ORGANISATION), profile(right, Kind.ORGANISATION)
    sides = [asked._replace(), listed._replace()]
    for side in sides:
        vars(side)["sizes"] = -1, -1
    assert [v.texts for v in variants(asked, listed)] == [v.texts for v in variants(*sides)]


def test_of_many_pairs_the_wrong_one_is_named() -> None:
    good = records("Person", "A B", "C D")
    with pytest.raises(UsageError, match="pair 2: the right record has no name"):
        compare_many([good, (good[0], {"schema": "Person", "properties": {}})])
    with pytest.raises(InputError, match='pair 1: the left record has no "properties"'):
        compare_many([({}, good[1])])


def test_records_with_hundreds_of_names_are_compared_soon() -> None:
    syllables = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split()
    names = [f"{a}{b}rin {b}{a}tov {c}mal" for a in syllables for b in syllables for c in "qz"]
    assert (len(names) // 2) ** 2 > MOST_PAIRS
    left = {"schema": "Person", "properties": {"name": [*names[::2], "Xanthe Qorvyn"]}}
    right = {"schema": "Person", "properties": {"name": [*names[1::2], "Ksanthe Qorvyn"]}}
    started = time.process_time()
    assert compare(left, right).match
    assert time.process_time() - started < 5


def test_evidence_is_put_into_words_when_it_is_asked_for() -> None:
    found, other = (compare(*records("Person", "Sergei Lavrov", "Sergej Lawrow")) for _ in range(2))
    assert copy.deepcopy(found) == pickle.loads(pickle.dumps(found)) == other
    assert asdict(found)["evidence"] == tuple(asdict(reason) for reason in other.evidence)
    assert replace(found, match=False).evidence == found.evidence
    with pytest.raises(AttributeError, match="'Comparison' object has no attribute 'reasons'"):
        found.reasons  # type: ignore[attr-defined]  # noqa: B018
