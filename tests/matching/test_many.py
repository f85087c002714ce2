"""Many pairs in arrays: the scores of `compare`."""

import math
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonym.errors import UsageError
from allonym.matching import many
from allonym.matching.compare import CHUNK, FEWEST, compare, compare_many
from allonym.matching.many import Names
from allonym.matching.profile import profile
from allonym.matching.variants import variants
from allonym.matching.weights import weights
from allonym.names.parts import Kind

SCHEMATA = {Kind.PERSON: "Person", Kind.ORGANISATION: "Company", Kind.THING: "Vessel", Kind.ANY: "LegalEntity"}
ODD = [
    ("Person", "J. R. Smith", "John R Smith"),
    ("Person", "J. Smith", "J. Smith"),
    ("Person", "K", "K"),
    ("Person", "bin bin", "Dr. Al"),
    ("Person", "Ali bin Hassan", "Hassan bin Ali"),
    ("Person", "Kim Jong Un", "Jong Kim Un"),
    ("Person", "김정은", "Kim Jong Un"),
    ("Person", "محمد حسين", "Mohammed Hussein"),
    ("Person", "محمد حسين", "محمد حسن"),
    ("Person", "Владимир Путин", "Vladimir Putin"),
    ("Person", "Ted Bundy", "Theodore Bundy"),
    ("Person", "Angela Merkel", "Angelo Cruz"),
    ("Person", "!!! ...", "Nicolas Maduro"),
    ("Company", "Volkswagen AG", "Volkswagen GmbH"),
    ("Company", "Three 3 Mills", "3 Mills 4"),
    ("Company", "MS-13", "Ms 13"),
    ("Company", "7", "x 7"),
    ("Vessel", "Snow Storm 1", "Snow Storm 2"),
    ("LegalEntity", "Mohammed Ali OOO", "Ali Mohammed"),
    ("Person", " ".join("ba ce di fo gu ha je ki lo mu na pe ri".split()), "pe ri na"),
    ("Person", " ".join(f"name{letter}rin" for letter in "abcdefghijklmnopqrstuvwxyz"), "namearin namebrin"),
    ("Person", "x" * 70 + " " + "y" * 70, "x" * 64),
]
CUT = [
    ("Person", "Sergeilavrov", "Sergei Lavrov"),
    ("Company", "Van der Bilt Corp", "vanderbilt corp"),
    ("Person", "Abu Ubaydah al Agha", "Abu Ubaydah Alagha"),
    ("Company", "Good Will Shipping", "Goodwil Shipping"),
]
PLAIN = [
    ("Person", "Vladimir Pulin", "Vladimir Putin"),
    ("Person", "Boris Netanyahu", "Benjamin Netanyahu"),
    ("Person", "A. Omelchenko", "Aleksandr Omelchenko"),
    ("Company", "OAO Gazprom", "Open Joint Stock Company Gazprom"),
    ("Vessel", "Snow Storm 1", "Snow Storm 2"),
]
Record = dict[str, object]


def record(schema: str, name: str, **more: list[str]) -> Record:
    return {"schema": schema, "properties": {"name": [name], **more}}


def repeated(rows: list[tuple[str, str, str]]) -> list[tuple[Record, Record]]:
    """Pairs of records, over and over, so that they are enough for arrays."""
    return [(record(schema, left), record(schema, right)) for schema, left, right in rows] * (FEWEST // len(rows) + 1)


@pytest.mark.parametrize("rows", [ODD, CUT, PLAIN])
def test_scores_are_those_of_one_comparison(rows: list[tuple[str, str, str]]) -> None:
    pairs = repeated(rows)
    for (left, right), score in zip(pairs, compare_many(pairs), strict=True):
        assert score == pytest.approx(compare(left, right).score, abs=1e-6), (left, right)


@pytest.mark.parametrize(("rows", "scored"), [(PLAIN, True), (CUT, False)])
def test_only_what_may_be_cut_otherwise_is_left_to_one_comparison(
    rows: list[tuple[str, str, str]], scored: bool
) -> None:
    kinds = {schema: kind for kind, schema in SCHEMATA.items()}
    found = Names().scores([(left, right, kinds[schema]) for schema, left, right in rows], weights())
    assert [not math.isnan(score) for score in found] == [scored] * len(rows)


def test_records_that_say_more_are_compared_alone_in_their_places() -> None:
    pairs = repeated(PLAIN)
    born = (record("Person", "Ana Qorvyn", birthDate=["1970"]), record("Person", "Ana Qorvyn", birthDate=["1951"]))
    named = (record("Person", "Ana Qorvyn", alias=["Old Bill"]), record("Person", "Old Bill"))
    bare = ({"properties": {"name": ["Ana Qorvyn"]}}, {"schema": "Company", "properties": {"name": ("Ana Korvin",)}})
    pairs = [born, *pairs[:7], named, *pairs[7:], bare]
    assert compare_many(pairs) == pytest.approx([compare(*sides).score for sides in pairs], abs=1e-6)


def test_more_pairs_than_are_scored_together_keep_their_order_and_number() -> None:
    pairs = repeated(PLAIN)
    pairs = (pairs * (CHUNK // len(pairs) + 1))[: CHUNK + 3]
    alone = [compare(*sides).score for sides in pairs[: len(PLAIN)]]
    assert compare_many(pairs) == pytest.approx([alone[at % len(PLAIN)] for at in range(len(pairs))], abs=1e-6)
    with pytest.raises(UsageError, match=f"pair {len(pairs) + 1}: the left record has no name"):
        compare_many([*pairs, ({"properties": {}}, record("Person", "A B"))])


PIECES = st.sampled_from(
    "maria maría jose garcia garsia lopez lopes kim jong un hussein husayn al bin ibn de van der bilt vanderbilt good "
    "will goodwill goodwil sergei lavrov sergeilavrov x j 1 12 007 ltd llc ooo gmbh 3 three мария محمد 김 李 ted "
    "theodore zavod plant dr abdul rahman abdulrahman".split()
)
NAME = st.one_of(st.lists(PIECES, min_size=1, max_size=7).map(" ".join), st.text(max_size=40))


@given(st.lists(st.tuples(NAME, NAME, st.sampled_from(list(Kind))), min_size=1, max_size=12))
def test_arrays_and_one_comparison_agree(asked: list[tuple[str, str, Kind]]) -> None:
    for (left, right, kind), score in zip(asked, many.names().scores(asked, weights()), strict=True):
        if math.isnan(score):
            continue
        one, other = profile(left, kind), profile(right, kind)
        assert len(variants(one, other)) == 1
        schema = SCHEMATA[kind]
        sides = {"schema": schema, "properties": {"name": [left]}}, {"schema": schema, "properties": {"name": [right]}}
        assert score == pytest.approx(compare(*sides).score, abs=1e-6)


def test_names_are_forgotten_when_there_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "MOST_KEPT", 3)
    kept = Names()
    asked = [(left, right, Kind.PERSON) for _, left, right in PLAIN]
    first = kept.scores(asked, weights())
    assert kept.scores(asked[:1], weights()) == first[:1]
    assert len(kept) == 2


def test_threads_may_share_the_names() -> None:
    kept = Names()
    asked = [[(f"Ana{at} Lopez{row}", f"Ana{at} Lopes{row}", Kind.PERSON) for row in range(40)] for at in range(8)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda rows: kept.scores(rows, weights()), asked))
    assert found == [Names().scores(rows, weights()) for rows in asked]
