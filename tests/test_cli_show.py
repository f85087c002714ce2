"""`allonym compare`, `show`, `diff` and `sources`."""

import csv
import io
import json
from pathlib import Path

import pytest
from followthemoney import model
from followthemoney.proxy import EntityProxy

from tests.command import EXCERPTS, PEOPLE_2024, PEOPLE_2025, command, copied, load, state


def sorted_values(properties: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: sorted(values) for name, values in properties.items()}


def test_compare_two_names() -> None:
    ran = command("compare", "Nicolas Maduro", "Maduro Moros, Nicolás")
    assert (ran.status, ran.err) == (0, "")
    assert "“maduro” agrees" in ran.text and "sum, a score of " in ran.lines[-1]
    assert 0.7 <= float(ran.lines[-1].rsplit(" ", 1)[-1]) < 1.0
    other = command("compare", "Nicolas Maduro", "Quinby Oxenthorpe")
    assert other.status == 1 and "sum, a score of 0.0" in other.lines[-1]


def test_compare_as_json() -> None:
    ran = command("compare", "Norrland Tidewater AB", "Norrland Tidewater Aktiebolag", "--schema", "Company",
                  "--format", "json")  # fmt: skip
    assert ran.status == 0
    assert ran.json["match"] is True and ran.json["score"] > 0.9
    assert {"feature", "weight", "sentence"} == set(ran.json["evidence"][0])


def test_compare_as_svg() -> None:
    ran = command("compare", "Nicolas Maduro", "Maduro Moros, Nicolás", "--format", "svg")
    assert ran.status == 0
    assert ran.text.startswith("<svg ") and ran.text.rstrip().endswith("</svg>")
    assert "a score of" in ran.text


def test_compare_pairs(tmp_path: Path) -> None:
    pairs, output = tmp_path / "pairs.csv", tmp_path / "scored.csv"
    pairs.write_text("schema,left,right,note\nPerson,Nicolas Maduro,Nicolás Maduro,=1+1\n,Ada Lovelace,Quinby Ox,\n")
    ran = command("compare", "--pairs", pairs)
    assert (ran.status, ran.err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(ran.text)))
    assert list(rows[0]) == ["schema", "left", "right", "note", "score"]
    assert float(rows[0]["score"]) > 0.9 > 0.1 > float(rows[1]["score"])
    assert rows[0]["note"] == "'=1+1"
    assert command("compare", "--pairs", pairs, "--output", output).out == b""
    assert output.read_text() == ran.text.replace("\r\n", "\n")


def test_compare_complains(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.csv"
    assert "give two names" in command("compare", "one").complaint(2)
    assert "not both" in command("compare", "one", "two", "--pairs", pairs).complaint(2)
    assert f"{pairs}: no such file" in command("compare", "--pairs", pairs).complaint(2)
    assert "is a directory" in command("compare", "--pairs", tmp_path).complaint(2)
    assert "'Ship' is not one of FollowTheMoney's" in command("compare", "a", "b", "--schema", "Ship").complaint(2)
    assert "no letter or digit" in command("compare", "a", "...").complaint(2)
    pairs.write_text("left,right\na,b\n")
    assert "lacks the column schema" in command("compare", "--pairs", pairs).complaint(2)


def test_show_by_id_and_by_name(history: Path) -> None:
    ran = command("show", "p-ilse", "--statements", data=history)
    assert (ran.status, ran.err) == (0, "")
    assert ran.lines[0] == "Ilse Vandermeulen  (Person, p-ilse)"
    for line in ("as people of 2025-01-31 says", "alias: Ilsa van der Meulen", "nationality: nl",
                 "[Sanction] authority Ministry of Tests, program TIDE, listingDate 2023-05-01",
                 "first seen in the snapshot of 2024-01-31"):  # fmt: skip
        assert f"  {line}" in ran.lines
    assert command("show", "ilse vandermeulen", "--statements", data=history).out == ran.out
    nobody = command("show", "Quinby Oxenthorpe", data=history).complaint(1)
    assert nobody.startswith("allonym: nobody is listed as 'Quinby Oxenthorpe'")


def test_show_as_of_and_sources(history: Path) -> None:
    assert "nationality: nl" not in command("show", "p-ilse", "--as-of", "2024-12-31", data=history).text
    assert command("show", "p-tomasz", "--as-of", "2024-12-31", data=history).status == 0
    command("show", "p-ilse", "--sources", "register", data=history).complaint(1)
    assert command("show", "p-ilse", "--sources", "people", data=history).status == 0


def test_show_finds_what_screening_calls_an_actor(data: Path) -> None:
    for name, file in (("first", PEOPLE_2024), ("second", PEOPLE_2025)):
        load(data, file, name, "2025-01-31")
    hits = command("screen", "Ilse Vandermeulen", "--format", "json", data=data).json
    for hit in hits:
        ran = command("show", hit["entity_id"], "--statements", data=data)
        assert ran.status == 0 and f"  as {hit['sources'][0]} of 2025-01-31 says" in ran.lines
    assert command("show", "second/p-ilse", "--statements", data=data).text.count("says\n") == 1


def test_show_a_registered_actor_with_its_official_entry(data: Path, tmp_path: Path) -> None:
    """The register names OFAC's number of the cartel; once OFAC's list is loaded, both are one dossier."""
    sdn = (EXCERPTS / "us_ofac" / "sdn.xml").read_text()
    first = sdn.split("<uid>")[1].split("</uid>")[0]
    (tmp_path / "sdn.xml").write_text(sdn.replace(f"<uid>{first}</uid>", "<uid>55025</uid>", 1))
    assert command("update", "--from", tmp_path / "sdn.xml", data=data).status == 0
    ran = command("show", "reg-cartel-de-los-soles", "--statements", data=data)
    assert [line.split()[1] for line in ran.lines if line.endswith(" says")] == ["register", "us_ofac_sdn_extract"]
    assert command("show", "ofac-55025", "--statements", data=data).text.count(" says\n") == 1


@pytest.mark.parametrize("entity", ["p-ilse", "p-norrland", "p-marietta", "p-sanction", "reg-nicolas-maduro"])
def test_show_as_followthemoney(history: Path, entity: str) -> None:
    ran = command("show", entity, "--format", "ftm", data=history)
    assert ran.status == 0
    first, *others = ran.json_lines
    for told in (first, *others):
        proxy = model.get_proxy(told)
        assert isinstance(proxy, EntityProxy)
        assert (proxy.id, proxy.schema.name) == (told["id"], told["schema"])
        assert sorted_values(proxy.properties) == sorted_values(told["properties"])
    assert first["id"] == entity
    nested = command("show", entity, "--format", "json", data=history).json
    assert nested["properties"] == first["properties"]
    assert {related["id"] for related in nested["related"]} <= {other["id"] for other in others}


def test_show_every_excerpt_as_followthemoney(excerpts: Path) -> None:
    """Whatever a publisher's list holds, FtM takes each value as it stands."""
    import allonym

    with allonym.open(excerpts) as lists:
        view = lists.view(sources=["un_sc_extract", "eu_fsf_extract", "us_ofac_sdn_extract", "ch_seco"])
        ids = [e.entity_id for e in lists.store.entities(view) if e.schema in ("Person", "Organization", "Vessel")]
    assert len(ids) > 30
    ran = command("show", *ids[::4], "--format", "ftm", data=excerpts)
    assert len(ran.lines) > len(ids[::4])
    for shown in ran.json_lines:
        proxy = model.get_proxy(shown)
        assert sorted_values(proxy.properties) == sorted_values(shown["properties"])


def test_diff(history: Path) -> None:
    ran = command("diff", "people", data=history)
    assert (ran.status, ran.err) == (0, "")
    assert ran.lines == [
        "people: 2024-01-31 to 2025-01-31", "", "added: 1", "  p-yevhen  Yevhen Drahunenko", "",
        "removed: 1", "  p-tomasz  Tomasz Brzezicki", "",
        "changed: 2", "  p-ilse  Ilse Vandermeulen", "    nationality: be → be; nl",
        "  p-norrland  Norrland Tidewater Shipping AB", "    alias: nothing → NTS Shipping",
    ]  # fmt: skip
    back = command("diff", "people", "2025-01-31", "2024-01-31", "--format", "json", data=history).json
    assert [entry["entity_id"] for entry in back["added"]] == ["p-tomasz"]
    assert [entry["entity_id"] for entry in back["removed"]] == ["p-yevhen"]


def test_diff_of_nothing_ends_with_1(history: Path) -> None:
    same = command("diff", "people", "2025-01-31", "2025-01-31", data=history)
    assert same.status == 1 and same.lines[-1] == "changed: 0"
    assert "to compare with" in command("diff", "register", data=history).complaint(1)
    assert "it has 2024-01-31, 2025-01-31" in command("diff", "people", "2024-06-01", data=history).complaint(1)
    assert "unknown source nope" in command("diff", "nope", data=history).complaint(2)


def test_diff_tells_side_entities_and_measures(data: Path, tmp_path: Path) -> None:
    changed = tmp_path / "people.jsonl"
    changed.write_text(PEOPLE_2024.read_text().replace('"program": ["TIDE"]', '"program": ["EBB"]'))
    load(data, PEOPLE_2024, "people", "2024-01-31")
    load(data, changed, "people", "2024-02-29")
    told = command("diff", "people", data=data)
    assert told.status == 0
    assert "    Sanction program: TIDE → EBB" in told.lines


def test_sources_table(excerpts: Path) -> None:
    ran = command("sources", data=excerpts)
    assert (ran.status, ran.err) == (0, "")
    heads, *rows = ran.lines
    assert heads.split() == ["source", "snapshot", "entries", "primary", "alias", "weak", "former", "original",
                             "script", "born", "identifiers", "programs", "issues", "checksum", "licence"]  # fmt: skip
    names = [row.split()[0] for row in rows]
    assert names == sorted(names) == [
        "ch_seco", "eu_fsf_extract", "register", "un_sc_extract", "us_ofac_sdn_extract"
    ]  # fmt: skip
    assert all(row[heads.index("licence") :].strip() for row in rows)


def test_sources_as_json(history: Path, excerpts: Path) -> None:
    for row in state(excerpts):
        assert list(row)[:10] == ["source", "snapshot", "entries", "names", "with_birth_date", "identifiers",
                                  "addresses", "programs", "links", "issues"]  # fmt: skip
        assert list(row["names"]) == ["primary", "alias", "weak", "former", "original_script"]
        numbers = [*row["entries"].values(), *row["names"].values(), *(row[key] for key in list(row)[4:10])]
        assert all(type(number) is int for number in numbers)
        assert len(row["checksum"]) == 64 and row["licence"]
    assert len(state(history)) == 3
    newest = command("sources", "--format", "json", data=history).json
    people = newest[0]
    assert (people["source"], people["snapshot"]) == ("people", "2025-01-31")
    assert people["entries"] == {"Person": 2, "Company": 1, "Vessel": 1}
    assert people["names"] == {"primary": 4, "alias": 3, "weak": 0, "former": 1, "original_script": 0}
    assert [people[key] for key in ("with_birth_date", "identifiers", "addresses", "programs", "links", "issues")] == [
        2, 2, 0, 1, 1, 0
    ]  # fmt: skip
    one = command("sources", "--all", "--source", "people", "--format", "json", data=history).json
    assert [row["snapshot"] for row in one] == ["2024-01-31", "2025-01-31"]


def test_sources_issues(excerpts: Path, data: Path) -> None:
    counts = {row["source"]: row["issues"] for row in state(excerpts)}
    ran = command("sources", "--issues", data=excerpts)
    assert ran.status == 0
    for name, count in counts.items():
        assert any(line.startswith(f"{name} ") and line.endswith(f": {count:,} issues") for line in ran.lines)
    assert sum(counts.values()) > 10
    rows = command("sources", "--issues", "--format", "json", data=excerpts).json
    assert len(rows) == sum(counts.values())
    assert set(rows[0]) == {"source", "snapshot", "code", "message", "entity_id", "original"}
    whole = command("sources", "--issues", "--source", "un_sc_extract", data=excerpts)
    assert sum(line.startswith("    ") for line in whole.lines) == counts["un_sc_extract"]
    told = command("sources", "--source", "nope", data=data).complaint(2)
    assert told == "allonym: no list called 'nope' is loaded; loaded are register"


def test_sources_known(data: Path) -> None:
    rows = command("sources", "--known", "--format", "json", data=data).json
    names = [row["source"] for row in rows]
    assert {"register", "us_ofac_sdn", "us_ofac_cons", "un_sc", "eu_fsf", "gb_uksl", "gb_ukcl", "ca_sema", "ch_seco",
            "au_dfat", "us_trade_csl", "us_bis_dpl"} <= set(names)  # fmt: skip
    assert all(row["formats"] and row["licence"] for row in rows)
    text = command("sources", "--known", data=data).text
    assert all(f"\n{name} " in f"\n{text}" for name in names)


def test_hostile_text_in_a_list_does_not_reach_the_terminal(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "hostile.jsonl"
    name = "Zyx\x1b[2JWolfram\u202e Ganymede"
    file.write_text(json.dumps({"id": "h1", "schema": "Person", "properties": {"name": [name]}}) + "\n")
    load(data, file, "hostile", "2025-01-01")
    for words in (["screen", "Zyx Wolfram Ganymede", "--threshold", "0"], ["show", "h1"]):
        ran = command(*words, data=data)
        assert "Ganymede" in ran.text
        assert "\x1b" not in ran.text and "\u202e" not in ran.text


def test_copies_of_a_data_folder_answer_alike(history: Path, tmp_path: Path) -> None:
    moved = copied(history, tmp_path / "moved here")
    ask = ("screen", "Ilse Vandermeulen", "--format", "csv")
    assert command(*ask, data=moved).out == command(*ask, data=history).out
