"""From decisions to groups of entries, and what they are called."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonym.errors import ContradictionError
from allonym.resolution.groups import actors, chain, check, grouped
from allonym.store.decisions import DIFFERENT, POSSIBLE, SAME, Decision

AT = "2026-01-01T00:00:00+00:00"
LISTS = {"a1": "a", "a2": "a", "b1": "b", "b2": "b", "c1": "c", "c2": "c"}


def said(left: str, right: str, verdict: str = SAME, by: str = "", weight: float = 5.0, number: int = 0) -> Decision:
    return Decision(left, right, verdict, AT, made_by=by, weight=weight, number=number)


def groups(*decisions: Decision, official: tuple[tuple[str, str], ...] = ()) -> set[frozenset[str]]:
    return {frozenset(group) for group in grouped(decisions, official, LISTS).all()}


def test_pairs_make_groups() -> None:
    assert groups(said("a1", "b1"), said("b1", "c1"), said("a2", "b2", POSSIBLE)) == {frozenset({"a1", "b1", "c1"})}


def test_matching_puts_no_two_entries_of_one_list_together_by_a_third() -> None:
    """The stronger pair counts; the other is told, so that it can be looked at."""
    found = grouped([said("a1", "b1", weight=9), said("b1", "a2", weight=4)], (), LISTS)
    assert found.all() == [["a1", "b1"]]
    assert found.in_the_way == {("a1", "a2")}
    assert groups(said("a1", "b1", weight=4), said("b1", "a2", weight=9)) == {frozenset({"a2", "b1"})}
    # A judgement about the very pair is another thing.
    assert groups(said("a1", "b1", weight=9), said("b1", "a2", weight=4), said("a1", "a2", weight=7)) == {
        frozenset({"a1", "a2", "b1"})
    }


def test_people_go_before_the_register_and_that_before_matching() -> None:
    apart = said("a1", "b1", DIFFERENT, by="anna")
    assert groups(said("a1", "b1", weight=20), apart) == set()
    assert groups(apart, official=(("a1", "b1"),)) == set()
    # Matching may not join by a way round what a person keeps apart.
    assert groups(said("a1", "c1", weight=9), said("c1", "b1", weight=8), apart) == {frozenset({"a1", "c1"})}
    # A person joins entries of one list, too, and takes from matching what stands against it.
    assert groups(said("a1", "a2", by="anna"), said("a2", "b1", weight=3)) == {frozenset({"a1", "a2", "b1"})}
    assert groups(official=(("c1", "c2"),)) == {frozenset({"c1", "c2"})}


def test_a_judgement_that_contradicts_is_refused_with_the_chain() -> None:
    before = [
        said("a1", "b1", by="anna", number=1),
        said("b1", "c1", by="ben", number=2),
        said("c1", "c2", DIFFERENT, by="eva", number=3),
        said("a1", "c2", number=4),  # matching counts for nothing here
    ]
    with pytest.raises(ContradictionError) as told:
        check(before, "a1", "c2", SAME)
    for part in ("a1 = b1 by anna, no. 1", "b1 = c1 by ben, no. 2", "c1 ≠ c2 by eva, no. 3", "--undo 3"):
        assert part in str(told.value)
    with pytest.raises(ContradictionError, match=r"b1 = c1 by ben, no\. 2; a1 = b1 by anna, no\. 1; .*--undo 2"):
        check(before, "c1", "a1", DIFFERENT)
    check(before, "a1", "c1", SAME)
    check(before, "a1", "c2", DIFFERENT)
    check(before, "a2", "c2", SAME)


def test_the_shortest_chain() -> None:
    one, two, three = said("a1", "b1"), said("b1", "c1"), said("c1", "a1")
    assert chain([one, two, three], "a1", "c1") == [three]
    assert chain([one, two], "a1", "c1") == [one, two]
    assert chain([one], "a1", "c1") == [] and chain([one], "a1", "a1") == []


def test_an_actor_keeps_its_id() -> None:
    order = {"reg": 0, "a1": 1, "b1": 2, "c1": 3}
    first = grouped([said("a1", "b1")], (), LISTS)
    assert actors(first, {}, order) == {"a1": "a1", "b1": "a1"}
    more = grouped([said("a1", "b1"), said("b1", "c1")], (("reg", "c1"),), LISTS)
    # The register came later: the actor is called as before.
    assert actors(more, {"a1": "a1", "b1": "a1"}, order) == dict.fromkeys(("a1", "b1", "c1", "reg"), "a1")
    assert actors(more, {}, order)["c1"] == "reg"
    # The entry that gave the id has left the group: then the others get a new one, and it its own.
    rest = grouped([said("b1", "c1")], (), LISTS)
    assert actors(rest, {"a1": "a1", "b1": "a1", "c1": "a1"}, order) == {"a1": "a1", "b1": "b1", "c1": "b1"}


entries = st.sampled_from(sorted(LISTS))
decisions = st.builds(
    said, entries, entries, st.sampled_from((SAME, DIFFERENT, POSSIBLE)), st.sampled_from(("", "", "anna")),
    st.floats(0, 20),
).filter(lambda d: d.left != d.right)  # fmt: skip


@given(st.lists(decisions, max_size=25))
def test_what_holds_for_all_groups(given_: list[Decision]) -> None:
    """No entry is in two groups; nothing that a person keeps apart is together; the order of decisions is no matter,
    as far as people do not contradict each other."""
    consistent: list[Decision] = []
    for decision in given_:
        try:
            if decision.made_by:
                check(consistent, decision.left, decision.right, decision.verdict)
        except ContradictionError:
            continue
        consistent.append(decision)
    found = groups(*consistent)
    assert all(one.isdisjoint(other) for one, other in combinations(found, 2))
    for decision in consistent:
        together = any({decision.left, decision.right} <= group for group in found)
        if decision.made_by and decision.verdict != POSSIBLE:
            assert together == (decision.verdict == SAME)
    judged = {frozenset(d.pair) for d in consistent if d.verdict == SAME}
    people = any(d.made_by for d in consistent)
    for group in found:
        for one, other in combinations(sorted(group), 2):
            if LISTS[one] == LISTS[other] and not people:
                assert any({one, other} <= pair or LISTS[min(pair)] == LISTS[max(pair)] for pair in judged)
    before = {entry: min(group) for group in found for entry in group}
    assert all(actor in group for group in found for actor in {
        actors(grouped(consistent, (), LISTS), before, {})[entry] for entry in group
    })  # fmt: skip
