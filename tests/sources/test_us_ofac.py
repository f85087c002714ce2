from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

from allonym.model import NameKind, Statement
from allonym.sources.entry import Report
from allonym.sources.source import Bundle, Format
from allonym.sources.us_ofac import SOURCES

LISTS = Path(__file__).parents[2].parent / "shared" / "lists"
SUBJECTS = ("Person", "Organization", "Vessel", "Airplane")
FORMATS = [form for source in SOURCES for form in source.formats]


def shared(name: str) -> tuple[Format, Path]:
    path = LISTS / name
    if not path.exists():
        pytest.skip("../shared is not here")
    with path.open("rb") as file:
        head = file.read(8192)
    found = [form for form in FORMATS if form.recognise(path, head)]
    assert len(found) == 1, f"{name}: recognised by {[(f.source, f.name) for f in found]}"
    return found[0], path


@lru_cache(maxsize=2)
def read(name: str) -> tuple[list[Statement], Report, Format]:
    form, path = shared(name)
    report = Report()
    bundle = Bundle(form, path, form.companions(path))
    return [s for s in form.read(bundle, report) if isinstance(s, Statement)], report, form


def entries(statements: list[Statement]) -> Counter[str]:
    return Counter({s.entity_id: s.schema for s in statements if s.schema in SUBJECTS}.values())


def names(statements: list[Statement]) -> Counter[NameKind | None]:
    return Counter(s.name_kind for s in statements if s.name_kind and s.schema in SUBJECTS)


def issues(report: Report) -> Counter[str]:
    return Counter(i.code for i in report.issues)


def test_sources_are_consistent() -> None:
    assert [source.name for source in SOURCES] == ["us_ofac_sdn", "us_ofac_cons", "us_ofac_sdn_names"]
    for source in SOURCES:
        assert {form.source for form in source.formats} == {source.name}
        assert len({form.name for form in source.formats}) == len(source.formats)
        assert all(address.startswith("https://") for address in source.downloads.values())


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "source", "counts", "kinds"),
    [
        (
            "us_ofac_sdn/xml_2024-05-07/sdn.xml", "us_ofac_sdn",
            {"Organization": 6884, "Person": 6855, "Vessel": 851, "Airplane": 376}, {"primary": 14966, "former": 653},
        ),
        (
            "us_ofac_sdn/csv_2021-07/sdn.csv", "us_ofac_sdn",
            {"Person": 4620, "Organization": 3673, "Vessel": 406, "Airplane": 277}, {"primary": 8976, "former": 393},
        ),
        (
            "us_ofac_sdn/csv_2022-01/sdn.csv", "us_ofac_sdn",
            {"Person": 4643, "Organization": 3701, "Vessel": 420, "Airplane": 280}, {"primary": 9044},
        ),
        ("us_ofac_sdn/sample_2026-04/sdn.csv", "us_ofac_sdn",
         {"Person": 16, "Organization": 9, "Vessel": 2, "Airplane": 1}, {"primary": 28}),
        ("us_ofac_cons/cons_prim.csv", "us_ofac_cons", {"Organization": 363, "Person": 79},
         {"primary": 442, "former": 144}),
        ("us_ofac_cons/consolidated_2024-05-06.xml", "us_ofac_cons", {"Organization": 364, "Person": 79},
         {"primary": 443, "former": 144}),
        ("us_ofac_sdn/names_2025-11/sanctions_names.csv", "us_ofac_sdn_names",
         {"Organization": 9416, "Person": 7298, "Vessel": 1337, "Airplane": 336}, {"primary": 18387, "alias": 20963}),
    ],
)  # fmt: skip
def test_counts_are_the_publisher_s(name: str, source: str, counts: dict[str, int], kinds: dict[str, int]) -> None:
    statements, report, form = read(name)
    assert form.source == source
    assert entries(statements) == counts
    found = names(statements)
    assert {kind: found[NameKind(kind)] for kind in kinds} == kinds
    assert report.publisher_count in (None, sum(counts.values()))
    assert not {"count", "unknown_field", "unknown_program"} & set(issues(report))


@pytest.mark.shared
def test_nearly_all_links_of_the_2024_list_name_one_entry() -> None:
    statements, report, _ = read("us_ofac_sdn/xml_2024-05-07/sdn.xml")
    links = sum(s.schema == "UnknownLink" and s.prop == "object" for s in statements)
    unresolved = [i for i in report.issues if i.code == "unresolved_link" and i.message.startswith("Linked To")]
    assert links > 6300 and len(unresolved) < 20
    assert issues(report)["unknown_remark"] < 60


@pytest.mark.shared
def test_the_damaged_list_of_2022_is_read_and_its_damage_reported() -> None:
    statements, report, _ = read("us_ofac_sdn/csv_2022-01/sdn.csv")
    found = issues(report)
    assert (found["duplicate_id"], found["orphan"], found["cut_remark"]) == (1, 1, 7)
    (clash,) = [i for i in report.issues if i.code == "duplicate_id"]
    stated = {s.entity_id: s.value for s in statements if s.prop == "name" and s.entity_id.startswith("ofac-2677")}
    assert stated == {
        "ofac-2677": "Abboud Abdul Latif Hassan AL-ZOMOR",
        clash.entity_id: "HAMER AND NAIL CONSTRUCTION LIMITED",
    }


@pytest.mark.shared
def test_an_overflowing_remark_is_joined() -> None:
    statements, report, _ = read("us_ofac_sdn/mini_2025-05/sdn.csv")
    keys = [s.value for s in statements if s.prop == "publicKey" and s.entity_id.startswith("ofac-33151-")]
    assert "1B64QRxfaa35MVkf7sDjuGUYAP5izQt7Qi" in keys
    assert ("weakAlias", "SUCCESSFUL EXCHANGE") in {(s.prop, s.value) for s in statements}
    assert (issues(report)["cut_remark"], issues(report)["orphan"]) == (0, 9)


@pytest.mark.shared
def test_csv_and_xml_agree_on_entries_that_did_not_change() -> None:
    ours = by_entry(read("us_ofac_sdn/csv_2022-01/sdn.csv")[0])
    theirs = by_entry(read("us_ofac_sdn/xml_2024-05-07/sdn.xml")[0])
    both = ours.keys() & theirs.keys()
    same = sum(ours[number] == theirs[number] for number in both)
    # Two years lie between: what differs was amended (new program tags, aliases, addresses).
    assert len(both) == 8551 and same / len(both) > 0.85


def by_entry(statements: list[Statement]) -> dict[str, set[tuple[str, ...]]]:
    grouped: dict[str, set[tuple[str, ...]]] = {}
    for s in statements:
        if (s.schema, s.prop) not in {("Address", "city"), ("Address", "state"), ("Address", "postalCode")}:
            number = "-".join(s.entity_id.split("-")[:2])
            grouped.setdefault(number, set()).add((s.entity_id, s.prop, s.value, s.qualifier or ""))
    return grouped
