"""Decisions and whose entries they make, in both stores."""

import pytest
from sqlalchemy.exc import SQLAlchemyError

from allonym.store import Store
from allonym.store.decisions import DIFFERENT, SAME, Decision

EARLY, LATE = "2026-01-01T10:00:00+00:00", "2026-02-01T10:00:00+00:00"
EVIDENCE = (("prior", -2.9, "before comparing"), ("name_identical", 2.0, "“ﺃ” agrees; \x1b[0m"))


def decision(left: str, right: str, verdict: str = SAME, by: str = "") -> Decision:
    return Decision(left, right, verdict, EARLY, "un_sc", "eu_fsf", by, "why", 3.25, EVIDENCE)


def test_decisions_are_kept_whole_and_in_order(store: Store) -> None:
    made = [decision("un-1", "eu-1"), decision("un-2", "eu-2", DIFFERENT, "anna")]
    with store.loading() as loading:
        loading.decide(made, (), {}, at=EARLY)
    found = store.decisions()
    assert [(d.pair, d.verdict, d.made_by, d.reason, d.weight, d.evidence) for d in found] == [
        (d.pair, d.verdict, d.made_by, d.reason, d.weight, d.evidence) for d in made
    ]
    assert found[0].number < found[1].number
    assert [d.pair for d in store.decisions(["eu-2", "nobody"])] == [("eu-2", "un-2")]
    assert store.decisions([]) == []


def test_what_is_taken_back_stays_with_who_and_when(store: Store) -> None:
    with store.loading() as loading:
        loading.decide([decision("un-1", "eu-1"), decision("un-2", "eu-2")], (), {}, at=EARLY)
        number = store.decisions()[0].number
        loading.decide((), [number], {}, at=LATE, by="ben")
        loading.decide((), [number], {}, at="2026-03-01T10:00:00+00:00", by="eva")  # once only
    assert [d.pair for d in store.decisions()] == [("eu-2", "un-2")]
    (gone,) = (d for d in store.decisions(undone=True) if d.undone_at)
    assert (gone.number, gone.undone_at, gone.undone_by) == (number, LATE, "ben")


def test_whose_entries_they_are_on_any_day(store: Store) -> None:
    assert store.actors() == (0, {})
    with store.loading() as loading:
        loading.decide((), (), {"un-1": "reg-1", "eu-1": "reg-1"}, at=EARLY)
        loading.decide((), (), {"eu-1": "eu-1", "ofac-1": "reg-1"}, at=LATE)
    assert store.actors() == (2, {"un-1": "reg-1", "eu-1": "eu-1", "ofac-1": "reg-1"})
    assert store.actors("2026-01-15") == store.actors(version=1) == (1, {"un-1": "reg-1", "eu-1": "reg-1"})
    assert store.actors("2025-12-31") == store.actors(version=0) == (0, {})
    assert store.actors_changed(1) == {"eu-1", "ofac-1"} and store.actors_changed(2) == set()


def test_all_of_a_judgement_or_nothing(store: Store) -> None:
    with store.loading() as loading, pytest.raises(SQLAlchemyError):
        loading.decide([decision("un-1", "eu-1")], (), {"un-1": None}, at=EARLY)  # type: ignore[dict-item]
    assert store.decisions() == [] and store.actors() == (0, {})
