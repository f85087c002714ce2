"""The network: every kind of link, what documents report kept apart, cut with a count, drawn legibly."""

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import allonym
from allonym.dossier import build
from allonym.dossier.assemble import around
from allonym.dossier.layout import BOX, HIGH, layout
from allonym.dossier.network import Network
from allonym.errors import NotFoundError
from tests.command import command, load, process

SVG = "{http://www.w3.org/2000/svg}"
TEXT = """CARACAS — The United States offered a reward of up to $50 million for Nicolás Maduro on Thursday.
The Treasury Department says that Cartel de los Soles works with the Sinaloa Cartel.
"""


def person(key: str, name: str, schema: str = "Person") -> dict[str, Any]:
    return {"id": key, "schema": schema, "properties": {"name": [name]}}


def edge(key: str, schema: str, **values: str) -> dict[str, Any]:
    return {"id": key, "schema": schema, "properties": {name: [value] for name, value in values.items()}}


KINDS = [
    person("a", "Alder Zyx"), person("b", "Birch Ring", "Organization"), person("c", "Cedar Zyx"),
    person("d", "Dogwood Ltd", "Company"), person("e", "Elm Quorum"), person("f", "Fir Quorum"),
    edge("1", "Membership", member="a", organization="b", role="leader"), edge("2", "Family", person="a", relative="c"),
    edge("3", "Ownership", owner="a", asset="d", percentage="60"), edge("4", "UnknownLink", subject="e", object="a"),
    edge("5", "Membership", member="e", organization="b"), edge("6", "Directorship", director="f", organization="d"),
]  # fmt: skip


def loaded(data: Path, lines: list[dict[str, Any]]) -> Path:
    file = data.parent / "mine.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    load(data, file, "mine", "2025-01-01")
    return data


def network(data: Path, entity: str, **options: int) -> Network:
    with allonym.open(data) as lists:
        return around(lists, build(lists, entity), **options)


def told(found: Network) -> set[tuple[str, str, str]]:
    return {(actor, link.relation, other) for actor, link, other in found.edges}


def test_every_kind_of_link(data: Path) -> None:
    found = network(loaded(data, KINDS), "a")
    assert told(found) == {("a", "leads", "b"), ("a", "family", "c"), ("a", "owned", "d"), ("a", "linked to", "e"),
                           ("b", "member", "e"), ("d", "director", "f")}  # fmt: skip
    assert {node.entity_id: node.step for node in found.nodes} == {"a": 0, "b": 1, "c": 1, "d": 1, "e": 1, "f": 2}
    assert [link.role for _, link, other in found.edges if other == "d"] == ["owner, 60 %"]


@pytest.mark.parametrize(("steps", "nodes"), [(1, 5), (2, 6), (3, 6)])
def test_so_many_steps(data: Path, steps: int, nodes: int) -> None:
    assert len(network(loaded(data, KINDS), "a", steps=steps).nodes) == nodes
    text = command("show", "a", "--network", "--steps", steps, data=data)
    assert f"Network: {nodes - 1} other actors" in text.lines


def test_co_defendants(new_folder: Path) -> None:
    found = network(new_folder, "reg-nicolas-maduro", steps=1)
    assert {other for _, relation, other in told(found) if relation == "co-defendant"} == {
        "reg-cilia-flores", "reg-diosdado-cabello", "reg-nicolas-maduro-guerra"
    }  # fmt: skip


def test_a_huge_neighbourhood_is_cut_with_a_count(data: Path) -> None:
    lines = [person("hub", "Hub Ring", "Organization")]
    for number in range(300):
        lines += [person(f"p{number}", f"Person {number}"),
                  edge(f"m{number}", "Membership", member=f"p{number}", organization="hub")]  # fmt: skip
    found = network(loaded(data, lines), "hub")
    assert (len(found.nodes), found.hidden) == (60, 241)
    ran = command("show", "hub", "--network", "--most", "10", data=data)
    assert "Network: 9 other actors, 291 links cut" in ran.lines
    assert "  and 291 more that are not shown" in ran.lines
    picture = command("show", "hub", "--network", "--format", "svg", data=data).text
    assert "241 more not shown" in picture


def save(data: Path, text: str, day: str) -> None:
    file = data.parent / f"{day}.txt"
    file.write_text(text)
    assert command("read", file, "--date", day, "--save", data=data).status == 0


def test_what_documents_report_is_marked(data: Path) -> None:
    save(data, TEXT, "2025-08-08")
    save(data, TEXT.replace("Thursday", "Friday"), "2025-08-09")
    found = network(data, "reg-nicolas-maduro")
    reported = {other: link for _, link, other in found.edges if link.reported}
    assert {link.relation for link in reported.values()} == {"mentioned together"}
    assert "reg-sinaloa-cartel" in reported and reported["reg-sinaloa-cartel"].role == "reported, 2 documents"
    # Nobody is reached through what is reported.
    steps = {node.entity_id: node.step for node in found.nodes}
    only = reported.keys() - {other for _, link, other in found.edges if not link.reported}
    assert only and all(steps[other] == 1 for other in only)
    assert not [actor for actor, link, _ in found.edges if actor in only]
    text = command("show", "reg-nicolas-maduro", "--network", data=data)
    assert any(line.startswith("  mentioned together: ") and "[reported, 2 documents]" in line for line in text.lines)
    assert "Reported in saved documents (not official)" in text.lines
    page = command("show", "reg-nicolas-maduro", "--network", "--format", "html", data=data).text
    assert "mentioned together (reported, 2 documents)" in page and 'class="reported"' in page
    assert "stroke-dasharray" in page


def test_documents_belong_to_their_days(data: Path) -> None:
    save(data, TEXT, "2025-08-08")
    assert not [link for _, link, _ in _as_of(data, "2025-08-07").edges if link.reported]
    assert [link for _, link, _ in _as_of(data, "2025-08-08").edges if link.reported]
    text = command("show", "reg-nicolas-maduro", "--as-of", "2025-08-07", data=data).text
    assert "Reported in saved documents" not in text


def _as_of(data: Path, day: str) -> Network:
    with allonym.open(data) as lists:
        return around(lists, build(lists, "reg-nicolas-maduro", as_of=day))


def test_boxes_do_not_lie_on_each_other(data: Path) -> None:
    shape = layout(network(loaded(data, KINDS), "a"))
    boxes = list(shape.drawn.values())
    for number, one in enumerate(boxes):
        for other in boxes[:number]:
            assert abs(one.x - other.x) >= BOX or abs(one.y - other.y) >= HIGH
        assert 0 <= one.x <= shape.width - BOX and HIGH / 2 <= one.y <= shape.height - HIGH / 2
    assert {line.told for line in shape.lines if line.tree} == {"leads", "family", "owned", "linked to", "director"}
    assert [(line.first, line.second, line.told) for line in shape.lines if not line.tree] == [("b", "e", "member")]


def test_an_actor_alone_is_a_picture_too(data: Path) -> None:
    ran = command("show", "a", "--network", "--format", "svg", data=loaded(data, [person("a", "Alder Zyx")]))
    assert len(etree.fromstring(ran.out).findall(f"{SVG}rect")) == 1
    assert command("show", "a", "--network", "--format", "png", data=data).out.startswith(b"\x89PNG")


def test_the_same_picture_in_every_process(new_folder: Path) -> None:
    """Python orders sets anew in every process; places must not follow."""
    asked = ("show", "reg-nicolas-maduro", "--as-of", "2026-06-01", "--network", "--format")
    for format_ in ("svg", "png"):
        ran = [process(*asked, format_, data=new_folder, env={"PYTHONHASHSEED": seed}).out for seed in "12"]
        assert ran[0] == ran[1] and len(ran[0]) > 1_000


def test_what_a_name_says_stays_text(data: Path) -> None:
    lines = [person("a", "<script>x</script> \u202e"), person("b", "]]> & $x$"),
             edge("1", "Associate", person="a", associate="b", relationship="</text>")]  # fmt: skip
    ran = command("show", "a", "--network", "--format", "svg", data=loaded(data, lines))
    root = etree.fromstring(ran.out)
    assert not root.findall(f".//{SVG}script") and "\u202e" not in ran.text
    assert command("show", "a", "--network", "--format", "png", data=data).status == 0


def test_nobody_has_no_network(new_folder: Path) -> None:
    with pytest.raises(NotFoundError):
        network(new_folder, "Quinby Oxenthorpe")
