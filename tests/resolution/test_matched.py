"""What matching takes for one actor, on entries written for it."""

from dataclasses import replace
from pathlib import Path

import pytest

from allonym.index.build import build
from allonym.index.index import Index
from allonym.index.listed import Listed
from allonym.matching.facts import identifiers
from allonym.resolution.entries import family, records, reference, without_short_form
from allonym.resolution.matched import Matched, weigh
from allonym.store.decisions import POSSIBLE, SAME, Decision

AT = "2026-01-01T00:00:00+00:00"
PREFIX = {"un_sc": "un", "us_ofac_sdn": "ofac", "eu_fsf": "eu", "register": "reg"}


def entry(source: str, number: int, *names: str, schema: str = "Person", **facts: list[str]) -> Listed:
    entity_id = f"{PREFIX.get(source, source)}-{number}"
    return Listed(entity_id, entity_id, source, schema, names[0], tuple((n, False) for n in names), facts)


def decided(path: Path, entries: list[Listed], references: dict[str, str] | None = None, **only: set[str]) -> list[Decision]:  # noqa: E501  # fmt: skip
    build(path / "i.idx", sorted(entries, key=lambda e: (e.source, e.entity_id)), identifiers=identifiers)
    index = Index(path / "i.idx")
    known = records(index, {e: frozenset({r}) for e, r in (references or {}).items()})
    return Matched(index, known).decisions(AT, only.get("only"))


def verdicts(found: list[Decision]) -> dict[tuple[str, str], str]:
    return {d.pair: d.verdict for d in found}


BORN = {"birthDate": ["1961-03-07"], "nationality": ["xk"]}
UN = entry("un_sc", 1, "VALDRIN OSTREMBA KASTRATI", **BORN)
OFAC = entry("us_ofac_sdn", 7, "Valdrin Ostremba KASTRATI", "Valdrin KASTRATI", **BORN)


def test_the_same_person_in_two_lists(tmp_path: Path) -> None:
    (found,) = decided(tmp_path, [UN, OFAC])
    assert (found.pair, found.verdict, found.made_by) == (("ofac-7", "un-1"), SAME, "")
    assert found.weight == pytest.approx(sum(weight for _, weight, _ in found.evidence), abs=0.01)
    assert {"prior", "name_identical", "birth_date", "main_name"} <= {feature for feature, _, _ in found.evidence}


def test_another_date_of_birth_is_another_person(tmp_path: Path) -> None:
    other = replace(
        OFAC, names=(("Valdrin KASTRATI", False),), facts={"birthDate": ["1988-11-30"], "nationality": ["us"]}
    )
    assert SAME not in verdicts(decided(tmp_path, [UN, other])).values()


def test_a_common_name_alone_is_not_enough(tmp_path: Path) -> None:
    one, other = entry("un_sc", 1, "Juan García"), entry("us_ofac_sdn", 7, "Juan GARCIA")
    assert SAME not in verdicts(decided(tmp_path, [one, other])).values()


def test_two_that_are_as_near_are_left_to_a_person(tmp_path: Path) -> None:
    plain = replace(UN, facts={})
    twins = [entry("us_ofac_sdn", n, "Valdrin Ostremba KASTRATI") for n in (7, 8)]
    found = decided(tmp_path, [plain, *twins])
    assert verdicts(found) == {("ofac-7", "un-1"): POSSIBLE, ("ofac-8", "un-1"): POSSIBLE}
    assert {d.reason for d in found} == {"ofac-7 is as near", "ofac-8 is as near"}


def test_a_person_that_a_list_has_twice_is_one(tmp_path: Path) -> None:
    """And brothers, a letter apart and born on one day by some list, are not."""
    twice = [replace(OFAC, entity_id=f"ofac-{n}", actor_id=f"ofac-{n}") for n in (7, 8)]
    assert set(verdicts(decided(tmp_path, [UN, *twice])).values()) == {SAME}
    assert ("ofac-7", "ofac-8") in verdicts(decided(tmp_path, [UN, *twice]))
    kamal = entry("us_ofac_sdn", 7, "Kamal Mustafa Ostremba KASTRATI", **BORN)
    jamal = entry("us_ofac_sdn", 8, "Jamal Mustafa Ostremba KASTRATI", **BORN)
    asked = entry("un_sc", 1, "Mustafa Ostremba KASTRATI", **BORN)
    assert ("ofac-7", "ofac-8") not in verdicts(decided(tmp_path, [asked, kamal, jamal]))


def test_the_uns_reference_numbers(tmp_path: Path) -> None:
    weak = entry("eu_fsf", 3, "Valdrin KASTRATI")
    plain = entry("un_sc", 1, "Valdrin KASTRATI OSTREMBA")
    same = {"eu-3": "QDI.399", "un-1": "QDI.399"}
    assert verdicts(decided(tmp_path, [weak, plain], same)) == {("eu-3", "un-1"): SAME}
    other = {"eu-3": "QDI.399", "un-1": "QDI.400"}
    assert SAME not in verdicts(decided(tmp_path, [UN, replace(OFAC, source="eu_fsf", entity_id="eu-3", actor_id="eu-3")], other)).values()  # noqa: E501  # fmt: skip
    # A wrong number makes nobody one who has nothing else in common.
    stranger = entry("eu_fsf", 3, "Quinby Oxenthorpe")
    assert verdicts(decided(tmp_path, [stranger, UN], same)) == {}


@pytest.mark.parametrize(
    ("text", "number"),
    [("QDi.399", "QDI.399"), (" IRI.38 ", "IRI.038"), ("QDe.1", "QDE.001"), ("YEi. 012", "YEI.012"), ("none", None),
     ("", None)],
)  # fmt: skip
def test_reference_numbers_in_one_form(text: str, number: str | None) -> None:
    assert reference(text) == number


def test_a_short_form_in_brackets_is_no_part_of_the_name(tmp_path: Path) -> None:
    one = entry("un_sc", 1, "OSTREMBA TRADING COMPANY (OTC)", schema="Organization")
    other = entry("us_ofac_sdn", 7, "OSTREMBA TRADING COMPANY", schema="Organization")
    assert verdicts(decided(tmp_path, [one, other])) == {("ofac-7", "un-1"): SAME}


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("LASHKAR I JHANGVI (LJ)", "LASHKAR I JHANGVI"), ("BUTEMBO AIRLINES (BAL)", "BUTEMBO AIRLINES"),
        ("DOOSTAN INTERNATIONAL COMPANY (DICO)", "DOOSTAN INTERNATIONAL COMPANY"),
        ("AL-HARAMAYN FOUNDATION (KENYA)", None), ("KORYO BANK", None), ("OSTREMBA (the miller)", None), ("(LJ)", None),
    ],
)  # fmt: skip
def test_short_forms(name: str, plain: str | None) -> None:
    assert without_short_form(name) == plain


def test_users_own_files_and_entries_of_one_list_are_left_alone(tmp_path: Path) -> None:
    mine = replace(OFAC, source="mine", entity_id="m-1", actor_id="m-1")
    again = replace(UN, entity_id="un-2", actor_id="un-2")
    assert decided(tmp_path, [UN, again, mine]) == []
    assert family("mine") is None and family("us_ofac_sdn_extract") == family("us_ofac_cons") == "us_ofac"


def test_some_entries_are_decided_as_all_are(tmp_path: Path) -> None:
    others = [
        entry("eu_fsf", n, name, **BORN) for n, name in enumerate(("Valdrin Ostremba Kastrati", "Ilse Quandtmeyer"))
    ]
    namesake = entry("us_ofac_sdn", 9, "Ilse QUANDTMEYER", "Ilse QUANDTMAYER", **BORN)
    everybody = [UN, OFAC, namesake, *others]
    whole = {d.pair: d for d in decided(tmp_path, everybody)}
    for one in ("un-1", "ofac-9", "eu-0"):
        some = {d.pair: d for d in decided(tmp_path, everybody, only={one})}
        assert some.items() <= whole.items()
        assert {pair for pair in whole if one in pair} <= some.keys()


def test_which_entry_speaks_where_lists_of_one_publisher_have_a_number_twice(tmp_path: Path) -> None:
    bare = replace(OFAC, source="us_ofac_cons", names=OFAC.names[:1], facts={})
    build(tmp_path / "i.idx", [bare, OFAC])
    (record,) = records(Index(tmp_path / "i.idx"), {}).values()
    assert record.source == "us_ofac_sdn" and record.properties["birthDate"] == ["1961-03-07"]


def test_weighing_is_the_same_from_both_sides(tmp_path: Path) -> None:
    build(tmp_path / "i.idx", [UN, OFAC])
    known = records(Index(tmp_path / "i.idx"), {})
    assert weigh(known["un-1"], known["ofac-7"]).plain == pytest.approx(
        weigh(known["ofac-7"], known["un-1"]).plain, abs=0.5
    )
