"""People who share a listed person's name."""

import json

import pytest

import allonym
from allonym.lists import Lists
from allonym.news.namesakes import ALONE
from allonym.news.read import read

LISTED = {
    "id": "x-1",
    "schema": "Person",
    "properties": {
        "name": ["Muhammad Taher Anwari"],
        "birthDate": ["1961"],
        "nationality": ["af"],
        "position": ["Deputy Minister of Finance"],
        "birthPlace": ["Kandahar, Afghanistan"],
    },
}


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Lists:
    folder = tmp_path_factory.mktemp("namesakes")
    (folder / "mine.jsonl").write_text(json.dumps(LISTED) + "\n")
    opened = allonym.open(folder / "data")
    opened.update("ftm", path=folder / "mine.jsonl", name="mine")
    return opened


@pytest.mark.parametrize(
    ("text", "entity_id", "reason"),
    [
        ("The surgeon Muhammad Taher Anwari, 34, said the sea was calm.", None, "born in another decade"),
        ("Muhammad Taher Anwari, 64, said the sea was calm.", "x-1", ""),
        ("The Afghan trader Muhammad Taher Anwari said the sea was calm.", "x-1", ""),
        ("“No,” Muhammad Taher Anwari said.", "x-1", ALONE),
        ("The surgeon Muhammad Taher Anwari said the sea was calm.", None, "another profession (surgeon, listed as"),
        ("Muhammad Taher Anwari, a pastry chef, said the sea was calm.", None, "another profession (chef"),
        ("The finance minister Muhammad Taher Anwari said the sea was calm.", "x-1", ""),
        ("The banker Muhammad Taher Anwari said the sea was calm.", "x-1", ALONE),
        ("The surgeon Muhammad Taher Anwari, from Kandahar, said the sea was calm.", "x-1", ""),
        ("Muhammad Taher Anwari, from Lisbon, said the sea was calm.", "x-1", ALONE),
    ],
)
def test_what_else_is_told_decides(lists: Lists, text: str, entity_id: str | None, reason: str) -> None:
    (mention,) = read(text, lists=lists, lang="en", date="2025-08-08").mentions
    assert mention.entity_id == entity_id
    assert reason in mention.ambiguous and bool(reason) == bool(mention.ambiguous)


def test_later_surnames_share_the_verdict(lists: Lists) -> None:
    text = "The surgeon Muhammad Taher Anwari, 34, left. Anwari said nothing."
    found = read(text, lists=lists, lang="en", date="2025-08-08").mentions
    assert [m.entity_id for m in found] == [None, None]
