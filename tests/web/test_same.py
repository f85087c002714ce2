"""Whether two entries are the same actor, judged on pages: what `allonym same`, `merge` and `split` do."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from allonym.api.keys import Keys, Role
from allonym.judging import Judging
from allonym.store import Store
from allonym.whoami import user
from tests.command import command, copied, load
from tests.web.conftest import Browser, opened
from tests.web.pairs import load_pairs

PAIR = "/same/pair?left=ofac-7&right=un-1"


@pytest.fixture(scope="module")
def pairs(new_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Not to be changed."""
    folder = copied(new_folder, tmp_path_factory.mktemp("pairs") / "data")
    load_pairs(folder)
    return folder


@pytest.fixture
def folder(pairs: Path, tmp_path: Path) -> Path:
    return copied(pairs, tmp_path / "data")


@pytest.fixture
def client(folder: Path) -> Iterator[Browser]:
    with opened(folder) as found:
        yield found


def judge(client: Browser, verdict: str, left: str, right: str, reason: str = "seen") -> httpx.Response:
    at = f"/same/pair?left={left}&right={right}"
    return client.submit("/same", at, verdict=verdict, left=left, right=right, reason=reason)


def numbers(text: str) -> list[str]:
    """The decisions that a page lets one take back."""
    return re.findall(r'name="chosen" value="(\d+)"', text)


def test_pairs_that_wait_are_listed_the_likeliest_first(client: Browser, folder: Path) -> None:
    text = client.get("/same").text
    assert "2 pairs wait" in text and "little evidence" in text
    found = re.findall(r'href="/same/pair\?left=([^&]+)&amp;right=([^"]+)"', text)
    assert found == [("ofac-7", "un-1"), ("eu-3", "un-1")]
    told = command("same", "--review", "--format", "json", data=folder).json_lines
    assert [(d["left"], d["right"]) for d in told] == found
    assert 'href="/same" data-go="d" aria-current="page"' in text


def test_both_entries_stand_side_by_side_with_the_evidence(client: Browser) -> None:
    text = client.get(PAIR).text
    assert "They are not taken for one actor" in text and "1961-03-07" in text and "us_ofac_sdn" in text
    assert "“kastrati” agrees" in text and "sum, a score of" in text and "As matching weighed them" in text
    assert "The &lt;b&gt;Miller&lt;/b&gt;" in text and "<b>Miller" not in text
    assert 'id="after" href="/same/pair?left=eu-3&amp;right=un-1"' in text
    by_names = client.get("/same/pair?left=Valdrin Ostremba&right=The <b>Miller</b>").text
    assert "eu-3" in by_names and "ofac-7" in by_names and "Matching decided nothing on this pair" in by_names


def test_an_address_stands_there_as_text_and_not_as_an_id(client: Browser) -> None:
    told = client.get(PAIR).text
    assert "12 Rruga e Mullirit" in told and "un-1-address-5c9" not in told


def test_a_judgement_is_kept_with_its_reason_and_taken_back(client: Browser, folder: Path) -> None:
    done = judge(client, "same", "ofac-7", "un-1", "the same <passport>")
    assert done.url.path == "/same/pair" and "They are one actor" in done.text
    assert "“the same &lt;passport&gt;”" in done.text and f"by {user()}" in done.text
    assert "1 pair waits" in client.get("/same").text
    told = command("same", "ofac-7", "un-1", data=folder)
    assert told.status == 0 and "the same <passport>" in told.text
    (number,) = numbers(done.text)
    back = client.submit("/same", PAIR, verdict="undo", left="ofac-7", right="un-1", chosen=number)
    assert "They are not taken for one actor" in back.text and f"taken back by {user()}" in back.text
    assert "2 pairs wait" in client.get("/same").text
    apart = judge(client, "different", "ofac-7", "un-1", "another father")
    assert "They are not taken for one actor" in apart.text and "(different)" in apart.text
    assert "1 pair waits" in client.get("/same").text
    assert "no. " in command("same", "un-1", data=folder).text


def test_what_contradicts_is_refused_with_the_chain(client: Browser) -> None:
    judge(client, "same", "ofac-7", "un-1")
    judge(client, "same", "eu-3", "un-1")
    refused = judge(client, "different", "ofac-7", "eu-3", "born <otherwise>")
    assert refused.status_code == 409 and "were judged the same: ofac-7 = un-1 by" in refused.text
    against = refused.text.partition('id="against"')[2].partition("</ul>")[0]
    assert len(numbers(against)) == 2 and "allonym same" not in refused.text
    assert ">born &lt;otherwise&gt;</textarea>" in refused.text, "what was typed is kept"
    assert re.search(r'value="different" required checked', refused.text)
    at = "/same/pair?left=ofac-7&right=eu-3"
    client.submit("/same", at, verdict="undo", left="ofac-7", right="eu-3", chosen=numbers(against)[1])
    assert judge(client, "different", "ofac-7", "eu-3").status_code == 200
    by_a_way_round = judge(client, "same", "eu-3", "un-1")
    assert by_a_way_round.status_code == 409 and "cannot be the same" in by_a_way_round.text
    assert "≠" in by_a_way_round.text.partition('id="against"')[2]


def test_an_entry_is_kept_apart_from_its_actor(client: Browser, folder: Path) -> None:
    text = client.get("/same/actor?entity=Besnik Gashi").text
    assert "eu-4" in text and "un-2" in text and "by matching on" in text
    at = "/same/actor?entity=eu-4"
    for fields in ({"chosen": "eu-4"}, {"reason": "born otherwise"}, {"chosen": "nobody", "reason": "x"}):
        answer = client.submit("/same", at, verdict="alone", left="un-2", right="", **fields)
        assert answer.status_code in (404, 422) and 'class="wrong"' in answer.text, fields
    done = client.submit("/same", at, verdict="alone", left="un-2", right="", chosen="eu-4", reason="born otherwise")
    assert done.status_code == 200 and 'name="verdict" value="alone"' not in done.text
    assert command("same", "eu-4", "un-2", data=folder).status == 1


def test_an_entry_of_a_user_s_own_file_is_joined_by_people(folder: Path) -> None:
    mine = folder.parent / "mine.jsonl"
    mine.write_text(json.dumps({"id": "m-1", "schema": "Person", "properties": {"name": ["Valdrin K."]}}))
    load(folder, mine, "mine", "2026-01-04")
    with opened(folder) as client:
        done = judge(client, "same", "m-1", "un-1", "the customer said so")
        assert "They are one actor" in done.text and "m-1" in client.get("/same/actor?entity=un-1").text


@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        ({"verdict": "same", "reason": " "}, 422, "say why"),
        ({"verdict": "same", "reason": "x" * 2_001}, 422, "2,001 characters"),
        ({"verdict": "", "reason": "x"}, 422, "choose whether"),
        ({"verdict": "merge", "reason": "x"}, 422, "choose whether"),
        ({"verdict": "undo"}, 422, "number of a decision is missing"),
        ({"verdict": "undo", "chosen": "9999"}, 404, "no decision 9999 stands"),
        ({"verdict": "undo", "chosen": "9" * 40}, 422, "number of a decision is missing"),
    ],
)
def test_what_cannot_be_kept_is_told(client: Browser, fields: dict[str, str], status: int, told: str) -> None:
    answer = client.submit("/same", PAIR, left="ofac-7", right="un-1", **fields)
    assert answer.status_code == status and told in answer.text and "Traceback" not in answer.text
    assert "2 pairs wait" in client.get("/same").text


@pytest.mark.parametrize(
    ("path", "status"),
    [("/same/pair?left=un-1&right=un-1", 422), ("/same/pair?left=un-1", 422),
     ("/same/pair?left=un-1&right=nobody", 404), ("/same/actor?entity=nobody-at-all", 404),
     ("/same/actor?entity=", 422), ("/same?number=0", 422)],
)  # fmt: skip
def test_pages_that_are_not_there(client: Browser, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status and 'id="back"' in answer.text


def test_it_takes_an_analyst_who_is_named_with_the_judgement(folder: Path) -> None:
    secret = {role: Keys(folder).add(f"{role.name.lower()} one", role)[1] for role in (Role.READER, Role.ANALYST)}
    with opened(folder) as reader, opened(folder) as analyst:
        assert reader.get("/same").url.path == "/login"
        reader.post("/login", data={"key": secret[Role.READER]})
        analyst.post("/login", data={"key": secret[Role.ANALYST]})
        for path in ("/same", PAIR, "/same/actor?entity=un-1"):
            assert reader.get(path).status_code == 403 and analyst.get(path).status_code == 200
        assert 'href="/same"' not in reader.get("/help").text
        assert "/same/actor" not in reader.get("/entity/un-1").text
        assert "/same/actor?entity=un-1" in analyst.get("/entity/un-1").text
        said = {"verdict": "same", "left": "ofac-7", "right": "un-1", "reason": "x"}
        assert reader.submit("/same", "/help", **said).status_code == 403
        assert analyst.post("/same", data=said).status_code == 403, "without the page's token"
        assert "by analyst one" in judge(analyst, "same", "ofac-7", "un-1").text


def test_while_lists_are_loaded_one_is_told_and_nothing_typed_is_lost(
    client: Browser, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Judging.__init__, "__kwdefaults__", {"wait": 0.2})
    with Store.open(folder) as store, store.loading():
        answer = judge(client, "same", "ofac-7", "un-1", "typed before")
    assert answer.status_code == 503 and "another process is at work" in answer.text
    assert "typed before</textarea>" in answer.text and "process " + str(os.getpid()) not in answer.text
    assert "2 pairs wait" in client.get("/same").text
