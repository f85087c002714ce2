"""The built-in register as a source: what a few actors and measures come out as."""

import csv
import datetime
import json
import shutil
from functools import cache
from pathlib import Path

import pytest
from followthemoney import model as ftm
from followthemoney.types import registry

from allonym.errors import ListError
from allonym.model import Entity, Measure, MeasureDate, Statement
from allonym.sources.entry import Report
from allonym.sources.register import FORMAT, SOURCES, built_in, recognise
from allonym.sources.source import Bundle, Record


@cache
def records() -> tuple[tuple[Record, ...], Report]:
    report = Report()
    return tuple(FORMAT.read(built_in(), report)), report


@cache
def entities() -> dict[str, Entity]:
    grouped: dict[str, list[Statement]] = {}
    for record in records()[0]:
        if isinstance(record, Statement):
            grouped.setdefault(record.entity_id, []).append(record)
    return {key: Entity(key, found[0].schema, "register", tuple(found)) for key, found in grouped.items()}


@cache
def measures() -> dict[str, Measure]:
    return {record.measure_id: record for record in records()[0] if isinstance(record, Measure)}


def beside(entity_id: str, schema: str, prop: str) -> list[Entity]:
    """The entities of that schema whose property points at the entity."""
    return [e for e in entities().values() if e.schema == schema and entity_id in e.values(prop)]


def test_the_snapshot_has_the_day_the_register_states() -> None:
    assert FORMAT.date(built_in()) == datetime.date(2026, 7, 17)
    assert recognise(built_in().main, built_in().main.read_bytes())
    assert not recognise(Path("about.json"), b'{"register": "another"}')
    assert set(built_in().companions) == {
        "actors", "authorities", "measures", "measure_types", "programs", "ofac_programs", "effects", "lists",
    }  # fmt: skip


def test_nothing_in_it_is_refused_by_followthemoney() -> None:
    assert records()[1].issues == []


def test_counts() -> None:
    assert len(measures()) == 125
    assert records()[1].publisher_count == sum(
        1 for e in entities().values() if e.schema in ("Person", "Organization", "Company", "PublicBody")
    )
    floors = SOURCES[0].floors
    people = [e for e in entities().values() if e.schema == "Person"]
    assert sum(1 for e in people if e.values("birthDate")) / len(people) > floors.with_birth_date
    assert (
        sum(1 for e in entities().values() for s in e.statements if s.name_kind and e.schema != "Note") > floors.names
    )


def test_every_statement_is_whole_followthemoney() -> None:
    for entity in entities().values():
        schema = ftm.schemata[entity.schema]
        for prop, values in entity.properties.items():
            for value in values:
                assert schema.properties[prop].type.validate(value) or prop == "unscId", (entity.entity_id, prop, value)
                if schema.properties[prop].type is registry.entity:
                    assert value in entities(), (entity.entity_id, prop, value)


def test_all_statements_of_an_entity_come_together() -> None:
    seen: list[str] = []
    for record in records()[0]:
        if isinstance(record, Statement) and (not seen or seen[-1] != record.entity_id):
            seen.append(record.entity_id)
    assert len(seen) == len(set(seen))


def test_reading_twice_gives_the_same() -> None:
    assert tuple(FORMAT.read(built_in(), Report())) == records()[0]


def test_maduro() -> None:
    maduro = entities()["reg-nicolas-maduro"]
    assert maduro.schema == "Person"
    assert maduro.values("birthDate") == ["1962-11-23"]
    assert maduro.values("alias") == ["Nicolas Maduro Moros", "Nicolás Maduro"]
    assert [s.original for s in maduro.statements if s.value == "Nicolas Maduro Moros"] == ["Maduro Moros, Nicolas"]
    assert [(s.value, s.original) for s in maduro.statements if s.qualifier == "same_as"] == [("ofac-22790", "22790")]
    # The reward was overtaken by his capture: wanted no longer, sanctioned still.
    assert maduro.values("topics") == ["sanction"]
    [membership] = beside("reg-nicolas-maduro", "Membership", "member")
    assert membership.values("organization") == ["reg-cartel-de-los-soles"]


def test_the_reward_for_maduro_keeps_its_history() -> None:
    offers = [m for m in measures().values() if m.type == "reward_offer" and m.targets == ("reg-nicolas-maduro",)]
    assert [
        (m.dates[0].date, m.amount, m.currency, m.status) for m in sorted(offers, key=lambda m: m.dates[0].date)
    ] == [
        ("2020-03-26", 15_000_000, "USD", "superseded"),
        ("2025-01-10", 25_000_000, "USD", "superseded"),
        ("2025-08-07", 50_000_000, "USD", "overtaken"),
    ]
    assert [m.confidence for m in sorted(offers, key=lambda m: m.dates[0].date)] == ["medium", "high", "high"]
    notes = beside("reg-nicolas-maduro", "Note", "entity")
    assert sorted(n.caption for n in notes) == [
        "Reward of up to USD 15,000,000", "Reward of up to USD 25,000,000", "Reward of up to USD 50,000,000",
    ]  # fmt: skip
    marked = next(n for n in notes if "15,000,000" in n.caption)
    assert "Confidence: medium." in marked.values("summary")


def test_a_standing_reward_makes_its_target_wanted() -> None:
    assert "wanted" in entities()["reg-diosdado-cabello"].values("topics")
    assert "wanted" not in entities()["reg-el-mencho"].values("topics")


def test_a_designation_cites_the_federal_register_first() -> None:
    measure = measures()["us-state-fto-tren-de-aragua-2025-02-20"]
    assert (measure.type, measure.subtype, measure.program) == ("terrorist_designation", "fto", "FTO")
    assert measure.dates == (
        MeasureDate("signed", "2025-02-06"),
        MeasureDate("published", "2025-02-20"),
        MeasureDate("effective", "2025-02-20"),
    )
    official, page = measure.citations
    assert (official.document, official.official) == ("FR Doc. 2025-02873", True)
    assert not page.official
    assert page.url is not None and page.url.startswith("https://usregs.ai/")
    [sanction] = [s for s in beside("reg-tren-de-aragua", "Sanction", "entity")
                  if s.values("recordId") == [measure.measure_id]]  # fmt: skip
    assert sanction.values("startDate") == ["2025-02-20"]
    assert sanction.values("programId") == ["US-FTO219"]
    assert sanction.values("authority") == ["U.S. Department of State"]


def test_an_announced_effect_is_no_confirmed_one() -> None:
    measure = measures()["us-state-fto-pcc-2026-06-05"]
    assert (measure.status, measure.confidence) == ("announced", "medium")
    [sanction] = [s for s in beside("reg-pcc", "Sanction", "entity") if s.values("recordId") == [measure.measure_id]]
    assert [(s.value, s.qualifier) for s in sanction.statements if s.prop == "startDate"] == [
        ("2026-06-05", "as_announced")
    ]


def test_a_state_of_the_sdn_entry_is_no_designation_date() -> None:
    for measure in measures().values():
        if measure.subtype == "sdn_entry":
            assert [date.kind for date in measure.dates] == ["in_force_on"]
    [sanction] = [s for s in beside("reg-ms-13", "Sanction", "entity")
                  if s.values("recordId") == ["us-ofac-sdn-entry-ms-13-2025-03-28"]]  # fmt: skip
    assert not sanction.values("startDate") and not sanction.values("listingDate")
    assert [(s.value, s.qualifier) for s in sanction.statements if s.prop == "date"] == [("2025-03-28", "in_force_on")]
    assert sanction.values("authorityId") == ["15412"]


def test_a_measure_known_from_the_press_alone_is_not_official() -> None:
    assert not measures()["mx-army-killed-el-mencho-2026-02-22"].official
    assert measures()["us-president-eo-14157"].official
    for measure in measures().values():
        assert measure.official == any(citation.official for citation in measure.citations)


def test_the_removal_of_an_entry_is_between_two_days() -> None:
    delcy = entities()["reg-delcy-rodriguez"]
    assert "sanction" not in delcy.values("topics")
    [sanction] = beside("reg-delcy-rodriguez", "Sanction", "entity")
    assert [(s.value, s.qualifier) for s in sanction.statements if s.prop == "endDate"] == [
        ("2026-01-16", "range:2026-01-16/2026-04-23"), ("2026-04-23", "range:2026-01-16/2026-04-23"),
    ]  # fmt: skip


def test_two_who_may_be_one_stay_two() -> None:
    for one, other in (("giovanni-mosquera", "giovanny-san-vicente"), ("giovanny-san-vicente", "giovanni-mosquera")):
        entity = entities()[f"reg-{one}"]
        assert [s.value for s in entity.statements if s.qualifier == "maybe_same_as"] == [f"reg-{other}"]
        assert f"reg-{other}" not in [s.value for s in entity.statements if s.qualifier == "same_as"]
        assert entity.values("weakAlias") == ["El Viejo"]


def test_charges_are_a_case_with_its_defendants() -> None:
    case = entities()["reg-case-us-ddc-indictment-jimmy-cherizier-2025-08-12"]
    parties = beside(case.entity_id, "CourtCaseParty", "case")
    assert sorted(p.values("party")[0] for p in parties) == ["reg-bazile-richardson", "reg-jimmy-cherizier"]
    assert "crime" not in " ".join(entities()["reg-bazile-richardson"].values("topics"))


def test_targets_that_nobody_names_stay_text_with_the_group_they_concern() -> None:
    measure = measures()["us-ofac-designation-cjng-2025-05-01"]
    assert measure.targets == ()
    assert measure.target_text == "three individuals and two entities (fuel theft network)"
    assert measure.note == "Concerns: Cártel de Jalisco Nueva Generación (reg-cjng)."


def test_a_count_of_people_is_no_amount() -> None:
    transfer = measures()["mx-security-cabinet-transfer-mexico-2025-02-27"]
    assert (transfer.count, transfer.amount, transfer.confidence) == (29, None, "medium")
    assert transfer.targets == ("reg-rafael-caro-quintero",)
    assert transfer.note is not None and transfer.note.endswith("Together with: U.S. Department of Justice (us-doj).")


def test_acronyms_and_lone_nicknames_are_weak() -> None:
    assert set(entities()["reg-ricardo-ruiz-velasco"].values("weakAlias")) == {"RR", "Doble R", "El RR"}
    assert "CU" in entities()["reg-carteles-unidos"].values("weakAlias")
    assert "MS-13" in entities()["reg-ms-13"].values("alias")


def test_authorities_are_entities_with_their_parents() -> None:
    ofac = entities()["us-ofac"]
    assert (ofac.schema, ofac.values("parent"), ofac.values("weakAlias")) == ("PublicBody", ["us-treasury"], ["OFAC"])
    assert {m.authority for m in measures().values()} <= entities().keys()


def copied(folder: Path) -> Bundle:
    bundle = built_in()
    for file in bundle.files:
        shutil.copy(file, folder / file.name)
    return Bundle(FORMAT, folder / bundle.main.name, FORMAT.companions(folder / bundle.main.name))


def test_a_register_with_problems_is_not_read(tmp_path: Path) -> None:
    bundle = copied(tmp_path)
    assert bundle.checksum() == built_in().checksum()
    found = json.loads((tmp_path / "measures.json").read_text(encoding="utf-8"))
    found[0]["targets"] = ["reg-nobody"]
    (tmp_path / "measures.json").write_text(json.dumps(found), encoding="utf-8")
    with pytest.raises(ListError, match=r"'reg-nobody' is not in actors\.json") as raised:
        list(FORMAT.read(bundle, Report()))
    assert "\n" not in str(raised.value)


def test_a_register_without_a_day_has_no_date(tmp_path: Path) -> None:
    bundle = copied(tmp_path)
    about = json.loads(bundle.main.read_text(encoding="utf-8"))
    bundle.main.write_text(json.dumps({**about, "as_of": "July 2026"}), encoding="utf-8")
    with pytest.raises(ListError, match="as_of 'July 2026' is no day"):
        FORMAT.date(bundle)


def test_the_example_customers_are_forty_rows_with_a_remark_each() -> None:
    path = Path(__file__).parents[2] / "examples" / "customers.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["customer_id", "name", "type", "date_of_birth", "country", "note"]
    assert len({row["customer_id"] for row in rows}) == len(rows) == 40
    assert all(row["name"] and row["note"] for row in rows)
    told = " ".join(row["note"] for row in rows)
    for word in ("alias", "acronym", "other script", "typo", "swapped order", "joined words", "look-alike", "harmless"):
        assert word in told


@pytest.mark.shared
def test_no_fact_is_lost() -> None:
    facts = Path(__file__).parents[2] / ".." / "shared" / "facts"
    if not facts.exists():
        pytest.skip("../shared is not here")
    actors = json.loads((facts / "actors.json").read_text(encoding="utf-8"))
    for actor in actors:
        entity = entities()[f"reg-{actor['id']}"]
        names = {s.original or s.value for s in entity.statements if s.name_kind} | {s.value for s in entity.statements}
        # The one alias that is another without its accent is not kept twice.
        assert {actor["name"], *actor["aliases"]} - {"La Linea"} <= names
        if number := actor.get("ofac_ent_num"):
            assert f"ofac-{number}" in [s.value for s in entity.statements if s.qualifier == "same_as"]
    stated = json.loads((facts / "facts.json").read_text(encoding="utf-8"))
    pages = [citation.url for measure in measures().values() for citation in measure.citations]
    for fact in stated:
        assert fact["source_url"].startswith("file:") or fact["source_url"] in pages
    assert sorted(m.amount for m in measures().values() if m.amount) == sorted(
        fact["amount"] for fact in stated if fact["measure_type"] == "reward"
    )
    assert sorted(m.confidence for m in measures().values()) == sorted(fact["confidence"] for fact in stated)
