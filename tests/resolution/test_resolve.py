"""Decisions kept, made anew after an update, taken back; whose entries they make."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from allonym.errors import ContradictionError, NotFoundError
from allonym.model import Statement
from allonym.pipeline import activate
from allonym.resolution.resolve import RESOLVED, Resolution, Resolver, judgement
from allonym.store import Store
from allonym.store.decisions import DIFFERENT, SAME
from tests.store.lists import entry, load

BORN = {"birthDate": "1961-03-07", "nationality": "xk"}
UN = entry("un-1", name="VALDRIN OSTREMBA KASTRATI", **BORN)
OFAC = entry("ofac-7", name="Valdrin Ostremba KASTRATI", **BORN)
EU = entry("eu-3", name="Valdrin Ostremba Kastrati", **BORN)
OTHER = entry("ofac-8", name="Ilse QUANDTMEYER", **BORN)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "data") as opened:
        yield opened


def update(store: Store, folder: Path) -> Resolution:
    with store.loading() as loading:
        return Resolver(store, folder).after_update(loading, activate(loading, store, folder))


def loaded(store: Store, folder: Path, date: str, **lists: Iterable[Statement]) -> Resolution:
    for source, statements in lists.items():
        load(store, date, statements, source=source)
    return update(store, folder)


def judged(store: Store, folder: Path, left: str, right: str, verdict: str = SAME, by: str = "anna") -> Resolution:
    with store.loading() as loading:
        said = judgement(("eu_fsf", left), ("un_sc", right), verdict, by, "why")
        return Resolver(store, folder).judge(loading, store.view(), [said], by)


def standing(store: Store) -> set[tuple[tuple[str, str], str]]:
    return {(d.pair, d.verdict) for d in store.decisions()}


def test_an_update_decides_and_the_next_one_only_what_changed(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    first = loaded(store, folder, "2026-01-01", un_sc=UN, us_ofac_sdn=[*OFAC, *OTHER])
    assert [d.pair for d in first.made] == [("ofac-7", "un-1")]
    assert store.actors() == (1, {"ofac-7": "un-1"})
    # Nothing changed: nothing is decided, and no change of actors is counted.
    assert update(store, folder) == Resolution((), (), frozenset())
    # A third list joins them; the actor keeps its id, though other lists go before.
    third = loaded(store, folder, "2026-01-02", eu_fsf=EU)
    assert {d.pair for d in third.made} == {("eu-3", "un-1"), ("eu-3", "ofac-7")}
    assert store.actors() == (2, {"ofac-7": "un-1", "eu-3": "un-1"})


def test_what_a_list_says_differently_is_decided_anew(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    loaded(store, folder, "2026-01-01", un_sc=UN, us_ofac_sdn=[*OFAC, *OTHER])
    corrected = entry("ofac-7", name="Valdrin KASTRATI", birthDate="1988-11-30", nationality="us")
    found = loaded(store, folder, "2026-01-02", us_ofac_sdn=[*corrected, *OTHER])
    assert [d.pair for d in found.undone] == [("ofac-7", "un-1")]
    assert store.actors() == (2, {"ofac-7": "ofac-7"})
    (before,) = store.decisions(undone=True)
    assert before.undone_at is not None and before.undone_by == ""
    assert store.actors_changed(1) == {"ofac-7"} and store.actors_changed(2) == set()


def test_an_entry_that_left_its_list_stays_with_its_actor(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    loaded(store, folder, "2026-01-01", un_sc=[*UN, *entry("un-2", name="Somebody Else")], us_ofac_sdn=OFAC)
    loaded(store, folder, "2026-01-02", un_sc=entry("un-2", name="Somebody Else"))
    assert standing(store) == {(("ofac-7", "un-1"), SAME)}
    assert store.actors()[1] == {"ofac-7": "un-1"}
    # It comes back under another number of the publisher: the actor is the one it was.
    again = entry("un-9", name="VALDRIN OSTREMBA KASTRATI", **BORN)
    loaded(store, folder, "2026-01-03", un_sc=[*again, *entry("un-2", name="Somebody Else")])
    assert store.actors()[1]["ofac-7"] == "un-1"


def test_another_version_of_the_rule_decides_everything_anew(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    loaded(store, folder, "2026-01-01", un_sc=UN, us_ofac_sdn=OFAC)
    store.put_record(RESOLVED, "view", b'["older",[["un_sc","2026-01-01"]]]')
    assert update(store, folder) == Resolution((), (), frozenset())  # the same result, worked out again
    assert standing(store) == {(("ofac-7", "un-1"), SAME)}


def test_judgements_stay_through_updates(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    loaded(store, folder, "2026-01-01", un_sc=UN, eu_fsf=EU)
    found = judged(store, folder, "eu-3", "un-1", DIFFERENT)
    assert found.moved == {"eu-3"} and store.actors()[1] == {"eu-3": "eu-3"}
    loaded(store, folder, "2026-01-02", un_sc=[*UN, *entry("un-2", name="Somebody Else")])
    assert store.actors()[1] == {"eu-3": "eu-3"}
    # Judged once more, nothing is kept twice; the opposite is refused, and nothing is kept.
    assert judged(store, folder, "eu-3", "un-1", DIFFERENT).made == ()
    before = store.decisions(undone=True)
    with pytest.raises(ContradictionError):
        judged(store, folder, "eu-3", "un-1", SAME, by="ben")
    assert store.decisions(undone=True) == before
    (number,) = (d.number for d in before if d.made_by)
    with store.loading() as loading:
        Resolver(store, folder).undo(loading, store.view(), [number], "ben")
    assert store.actors()[1] == {"eu-3": "un-1"}
    with store.loading() as loading, pytest.raises(NotFoundError):
        Resolver(store, folder).undo(loading, store.view(), [number], "ben")


def test_what_was_decided_by_a_day_and_after_a_change(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with store.loading() as loading:
        loading.decide((), (), {"b": "a"}, at="2026-01-01T10:00:00+00:00")
        loading.decide((), (), {"b": "b", "c": "a"}, at="2026-02-01T10:00:00+00:00")
        loading.decide((), (), {}, at="2026-02-02T10:00:00+00:00")  # no change
    assert store.actors() == (2, {"b": "b", "c": "a"})
    assert store.actors("2025-12-31") == (0, {})
    assert store.actors("2026-01-01") == store.actors("2026-01-31") == (1, {"b": "a"})
    assert store.actors("2026-02-01")[0] == 2 and store.actors(version=1) == (1, {"b": "a"})
    assert folder.exists()


def test_one_list_and_the_users_own_are_not_compared(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert loaded(store, folder, "2026-01-01", un_sc=UN, mine=entry("m-1", name="VALDRIN OSTREMBA KASTRATI", **BORN)) \
        == Resolution((), (), frozenset())  # fmt: skip
    assert store.decisions() == []
