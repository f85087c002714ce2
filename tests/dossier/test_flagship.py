"""The dossier of the register's best known cartel, from the register alone, today and as it stood on past days."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import allonym
from allonym.dossier import Dossier, build
from allonym.dossier.dossier import State
from allonym.errors import NotFoundError, SeveralError, UsageError
from allonym.lists import Lists
from tests.command import command

SUNS, MADURO = "reg-cartel-de-los-soles", "reg-nicolas-maduro"


@pytest.fixture(scope="module")
def lists(new_folder: Path) -> Iterator[Lists]:
    with allonym.open(new_folder) as opened:
        yield opened


def told(dossier: Dossier) -> list[tuple[str, str, str | None, str]]:
    return [(g.authority, s.measure.subtype or "", s.begun, s.state.value) for g in dossier.groups for s in g.measures]


def test_names_by_kind_and_language_and_who_leads_it(lists: Lists) -> None:
    found = build(lists, "cartel of the suns")
    assert (found.entity_id, found.caption, found.schema) == (SUNS, "Cartel de los Soles", "Organization")
    assert [(n.kind.value, n.lang, n.text) for n in found.names] == [
        ("primary", "spa", "Cartel de los Soles"), ("alias", "eng", "Cartel of the Suns"),
        ("alias", "eng", "Soles Cartel"), ("alias", "spa", "Cartel de Soles"),
    ]  # fmt: skip
    assert [(link.relation, link.other_id) for link in found.links] == [
        ("leader", MADURO), ("member", "reg-cilia-flores"), ("member", "reg-diosdado-cabello"),
        ("member", "reg-vladimir-padrino"),
    ]  # fmt: skip


def test_every_measure_by_authority(lists: Lists) -> None:
    assert told(build(lists, SUNS)) == [
        ("us-ofac", "sdgt", "2025-07-25", "in force"),
        ("ec-presidency", "national_decree", "2025-08-14", "in force"),
        ("py-presidency", "national_decree", "2025-08-22", "in force"),
        ("ar-security", "ar_repet", "2025-08-27", "in force"),
        ("pe-congress", "parliamentary_declaration", "2025-09-03", "in force"),
        ("do-presidency", "national_decree", "2025-09-03", "in force"),
        ("us-state", "fto", "2025-11-24", "in force"),
    ]


def test_what_it_amounts_to(lists: Lists) -> None:
    found = {c.effect_id: c for c in build(lists, SUNS).consequences}
    assert list(found) == ["us-blocked", "us-material-support", "us-funds-reported", "us-inadmissible",
                           "us-secondary", "declaration", "political"]  # fmt: skip
    assert "18 USC 2339B" in found["us-material-support"].text
    assert found["us-blocked"].because == (
        "Specially Designated Global Terrorist (SDGT; Office of Foreign Assets Control, U.S. Department of the "
        "Treasury, 2025-07-25)",
    )


def test_as_of_a_day_between_the_two_designations(lists: Lists) -> None:
    found = build(lists, SUNS, as_of="2025-08-01")
    assert told(found) == [("us-ofac", "sdgt", "2025-07-25", "in force")]
    assert found.later == 6
    assert [c.effect_id for c in found.consequences] == ["us-blocked", "us-secondary"]
    assert {e.date for e in found.events} == {"2025-07-25"}
    assert any("before the first snapshot" in note for note in found.notes)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2025-11-15", None),
        ("2025-11-16", State.NOT_YET),
        ("2025-11-23", State.NOT_YET),
        ("2025-11-24", State.IN_FORCE),
    ],
)
def test_signed_is_not_in_force(lists: Lists, day: str, state: State | None) -> None:
    found = build(lists, SUNS, as_of=day)
    states = [s.state for s in found.standings if s.measure.subtype == "fto"]
    assert states == ([] if state is None else [state])
    assert any(c.effect_id == "us-material-support" for c in found.consequences) is (state is State.IN_FORCE)


def test_before_all_measures_it_says_when_the_first_came(lists: Lists) -> None:
    found = build(lists, SUNS, as_of="1990-01-01")
    assert (found.groups, found.consequences, found.events, found.later) == ((), (), (), 7)
    assert "no measure is known by 1990-01-01; the first came on 2025-07-25" in found.notes


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        ("2020-03-25", []),
        ("2024-12-31", [(15_000_000, "in force")]),
        ("2025-01-10", [(15_000_000, "ended"), (25_000_000, "in force")]),
        ("2025-08-07", [(15_000_000, "ended"), (25_000_000, "ended"), (50_000_000, "in force")]),
        ("2026-01-03", [(15_000_000, "ended"), (25_000_000, "ended"), (50_000_000, "ended")]),
        (None, [(15_000_000, "ended"), (25_000_000, "ended"), (50_000_000, "ended")]),
    ],
)
def test_a_reward_that_rose_twice_and_was_overtaken(
    lists: Lists, day: str | None, standing: list[tuple[int, str]]
) -> None:
    found = build(lists, MADURO, as_of=day)
    offers = [s for s in found.standings if s.measure.type == "reward_offer"]
    assert [(s.measure.amount, s.state.value) for s in offers] == standing
    assert {s.measure.currency for s in offers} <= {"USD"}


def test_what_ended_a_reward_is_named(lists: Lists) -> None:
    offers = [s for s in build(lists, MADURO).standings if s.measure.type == "reward_offer"]
    assert [s.ended for s in offers] == ["2025-01-10", "2025-08-07", "2026-01-03"]
    assert offers[2].why == "overtaken by capture by armed forces of 2026-01-03"


def test_status_and_co_defendants_belong_to_their_day(lists: Lists) -> None:
    now, then = build(lists, MADURO), build(lists, MADURO, as_of="2025-12-31")
    assert "status" in dict(now.facts) and "status" not in dict(then.facts)
    assert [link.other_id for link in now.links if link.relation == "co-defendant"] == [
        "reg-cilia-flores", "reg-diosdado-cabello", "reg-nicolas-maduro-guerra"
    ]  # fmt: skip
    assert not [link for link in then.links if link.relation == "co-defendant"]


def test_a_delisting_of_an_unknown_day_is_bounded(lists: Lists) -> None:
    def removed(day: str | None) -> list[str]:
        found = build(lists, "reg-delcy-rodriguez", as_of=day)
        return [s.state.value for s in found.standings if s.measure.type == "delisting"]

    assert removed("2026-01-10") == []
    assert removed("2026-02-15") == ["not known"]
    assert removed(None) == ["done"]


def test_two_actors_of_one_name_are_both_offered(lists: Lists, new_folder: Path) -> None:
    with pytest.raises(SeveralError) as caught:
        build(lists, "EL  viejo")
    assert [c[0] for c in caught.value.candidates] == ["reg-giovanni-mosquera", "reg-giovanny-san-vicente"]
    ran = command("show", "el viejo", data=new_folder)
    assert ran.status == 1
    assert [line.split()[0] for line in ran.lines] == ["reg-giovanni-mosquera", "reg-giovanny-san-vicente"]
    assert ran.told == ["allonym: 2 actors bear the name 'el viejo'; ask for one of them by its id"]
    assert build(lists, "reg-giovanni-mosquera").reviews == (("reg-giovanny-san-vicente", "Giovanny San Vicente"),)


def test_nobody_and_no_day(lists: Lists) -> None:
    with pytest.raises(NotFoundError, match="nobody is listed as 'Quinby Oxenthorpe'"):
        build(lists, "Quinby Oxenthorpe")
    with pytest.raises(UsageError, match="'2025-13-01' is no date"):
        build(lists, SUNS, as_of="2025-13-01")
    with pytest.raises(NotFoundError, match="nothing was known here on 2001-01-01: the first list was loaded on 20"):
        build(lists, SUNS, known_at="2001-01-01")


def test_the_text_tells_all_of_it(new_folder: Path) -> None:
    ran = command("show", "cartel of the suns", data=new_folder)
    assert (ran.status, ran.err) == (0, "")
    assert ran.lines[0] == "Cartel de los Soles  (Organization, reg-cartel-de-los-soles)"
    for line in ("Names", "What it is", "Who belongs to it", "What it amounts to today", "Measures, by authority",
                 "Time line", "What each list says", "Snapshots this rests on"):  # fmt: skip
        assert line in ran.lines
    assert max(map(len, ran.lines)) <= 200
    assert "                citation: Treasury Department release, 2025-07-25, official" in ran.lines
    then = command("show", "cartel of the suns", "--as-of", "2025-08-01", data=new_folder).text
    assert "2025-11" not in then and "Foreign Terrorist" not in then and "Global Terrorist" in then
