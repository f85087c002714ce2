"""What may be done to an alert in which state, by whom; in the pure functions, and in any order over a real store."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from allonym.cases import (
    Alert,
    Cases,
    Closing,
    Customer,
    Listed,
    Origin,
    Person,
    Policy,
    Role,
    State,
    Verdict,
)
from allonym.cases import transitions as act
from allonym.cases.guide import steps
from allonym.cases.transitions import Acting
from allonym.errors import ConflictError, RefusedError, UsageError

AT = "2026-11-24T10:00:00.000+00:00"
ALONE = Policy()
BOTH = Policy(four_eyes=dict.fromkeys((State.TRUE_MATCH, State.FALSE_ALARM, State.UNDECIDED), 0.0))
FALSE = Closing(State.FALSE_ALARM, "other_birth_date")


def alert(score: float = 0.8, programs: tuple[str, ...] = ()) -> Alert:
    """A new alert."""
    customer = Customer("4711", "Person", "Quinby Oxenthorpe", {"name": ["Quinby Oxenthorpe"]})
    listed = Listed("one", "Quinby Oxenthorpe", "Quinby Oxenthorpe", "Person", score, (), programs, ("people",),
                    ("one",), (("people", "2024-01-01"),), {}, "w1")  # fmt: skip
    return Alert(1, customer, listed, Origin.SCREENING, AT, AT)


def by(name: str, role: Role = Role.ADMIN, policy: Policy = ALONE) -> Acting:
    return Acting(Person(name, role), AT, policy)


def test_one_person_decides_where_the_policy_asks_for_nothing() -> None:
    closed = act.closed(alert(), by("Ana"), FALSE)
    assert (closed.state, closed.proposal) == (State.FALSE_ALARM, None)
    assert closed.decision and (closed.decision.by, closed.decision.approved_by) == ("Ana", None)


def test_two_people_decide_where_it_does() -> None:
    waits = act.closed(alert(), by("Ana", policy=BOTH), FALSE)
    assert (waits.state, waits.decision) == (State.OPEN, None) and waits.proposal
    for name in ("Ana", " ana ", "ANA"):
        with pytest.raises(RefusedError, match="Ana proposed this; another person must approve it"):
            act.approved(waits, by(name, policy=BOTH))
    closed = act.approved(waits, by("Bo", Role.REVIEWER, BOTH))
    assert (closed.state, closed.proposal) == (State.FALSE_ALARM, None)
    assert closed.decision and (closed.decision.by, closed.decision.approved_by) == ("Ana", "Bo")


def test_who_approves_and_who_takes_back() -> None:
    waits = act.closed(alert(), by("Ana", Role.ANALYST, BOTH), FALSE)
    with pytest.raises(RefusedError, match="Cy is analyst and may not approve decisions; that takes reviewer or admin"):
        act.approved(waits, by("Cy", Role.ANALYST, BOTH))
    with pytest.raises(RefusedError, match="may not reject"):
        act.rejected(waits, by("Cy", Role.ANALYST, BOTH))
    assert act.rejected(waits, by("Ana", Role.ANALYST, BOTH)) == alert()
    assert act.rejected(waits, by("Bo", Role.REVIEWER, BOTH)) == alert()


READ_ONLY = [
    lambda a, who: act.assigned(a, who, "Bo"), lambda a, who: act.due(a, who, "2026-12-01"), act.escalated,
    lambda a, who: act.closed(a, who, FALSE), lambda a, who: act.reopened(replace(a, state=State.UNDECIDED), who),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(READ_ONLY)))
def test_a_reader_changes_nothing(number: int) -> None:
    with pytest.raises(RefusedError, match="Rae is reader and may not"):
        READ_ONLY[number](alert(), by("Rae", Role.READER))


def test_what_is_closed_is_told_by_whom_and_when() -> None:
    closed = act.closed(alert(), by("Ana"), FALSE)
    told = rf"Ana closed it as false alarm \(other_birth_date\) at {AT.replace('+', '.')}; reopen it first"
    for change in (
        lambda: act.closed(closed, by("Bo"), FALSE), lambda: act.escalated(closed, by("Bo")),
        lambda: act.assigned(closed, by("Bo"), "Bo"), lambda: act.approved(closed, by("Bo")),
        lambda: act.rejected(closed, by("Bo")), lambda: act.due(closed, by("Bo"), "2026-12-01"),
    ):  # fmt: skip
        with pytest.raises(ConflictError, match=told) as raised:
            change()
        assert (raised.value.by, raised.value.at, raised.value.what) == ("Ana", AT, "false_alarm")


@pytest.mark.parametrize(
    ("outcome", "code", "text", "told"),
    [
        (State.FALSE_ALARM, "", "", "gives no reason; one of other_birth_date"),
        (State.FALSE_ALARM, "confirmed_identifier", "", "cannot be given as reason 'confirmed_identifier'"),
        (State.TRUE_MATCH, "name_only", "", "cannot be given as reason"),
        (State.UNDECIDED, "not_enough", " ", "needs words that say more"),
        (State.FALSE_ALARM, "other", "", "needs words that say more"),
        (State.FALSE_ALARM, "other", "x" * 10_001, "10,000 at most"),
        (State.OPEN, "other", "x", "an alert is closed as true_match, false_alarm, undecided"),
    ],
)
def test_reasons(outcome: State, code: str, text: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        act.closed(alert(), by("Ana"), Closing(outcome, code, text))


PATH = (Verdict("list", "sanctions"), Verdict("kind", "same"), Verdict("name", "one_part", "surname only"))


def test_the_guided_path_is_kept_and_follows_its_steps() -> None:
    closed = act.closed(alert(), by("Ana"), replace(FALSE, steps=PATH))
    assert closed.decision and closed.decision.steps == PATH
    wrong = {
        (Verdict("kind", "same"),): "the next step is list",
        (*PATH, Verdict("entry", "complete")): "the path ended before",
        (Verdict("list", "yes"),): "'yes' is no answer; one of sanctions",
    }
    for given, told in wrong.items():
        with pytest.raises(UsageError, match=told):
            act.closed(alert(), by("Ana"), replace(FALSE, steps=given))


def test_the_policy_may_want_words_and_the_whole_path() -> None:
    strict = Policy(texts=frozenset({State.FALSE_ALARM}), paths=frozenset({State.FALSE_ALARM}))
    with pytest.raises(UsageError, match="wants words"):
        act.closed(alert(), by("Ana", policy=strict), replace(FALSE, steps=PATH))
    for part in ((), PATH[:2]):
        with pytest.raises(UsageError, match="wants the guided path to its end"):
            act.closed(alert(), by("Ana", policy=strict), replace(FALSE, text="x", steps=part))
    assert act.closed(alert(), by("Ana", policy=strict), replace(FALSE, text="x", steps=PATH)).decision


def test_every_step_leads_on_or_ends() -> None:
    keys = [step.key for step in steps()]
    assert keys == ["list", "kind", "name", "entry", "similar"]
    for place, step in enumerate(steps()):
        for choice in step.choices:
            assert choice.leads is None or keys.index(choice.leads) == place + 1
            if choice.outcome:
                text = "more"
                assert act.closed(alert(), by("Ana"), Closing(choice.outcome, choice.code or "", text)).decision


def test_due_dates() -> None:
    assert act.due_day(Policy(days=5), AT) == "2026-11-29" and act.due_day(Policy(), AT) == ""
    assert act.due(alert(), by("Ana"), "2026-12-01").due == "2026-12-01"
    for wrong in ("tomorrow", "2026-02-30", "2026-1-1"):
        with pytest.raises(UsageError, match="is no day"):
            act.due(alert(), by("Ana"), wrong)


class Decisions(RuleBasedStateMachine):
    """One alert, three people, any order: state and log agree, and nobody approves their own."""

    people = st.sampled_from([Person("Ana", Role.ANALYST), Person("Bo", Role.REVIEWER), Person("Cy", Role.ADMIN)])

    def __init__(self) -> None:
        super().__init__()
        self.place = TemporaryDirectory()
        from .made import folder_of_one

        self.lists = folder_of_one(Path(self.place.name))
        self.cases = Cases(self.lists)
        self.state, self.proposer, self.acts = State.OPEN, "", 1
        self.two = False

    def teardown(self) -> None:
        self.lists.close()
        self.place.cleanup()

    def try_to(self, possible: bool, do: object) -> bool:
        try:
            do()  # type: ignore[operator]
        except (ConflictError, RefusedError):
            assert not possible
            return False
        assert possible
        self.acts += 1
        return True

    @rule(two=st.booleans())
    def policy(self, two: bool) -> None:
        self.two = two
        (self.lists.folder / "cases.toml").write_text(f"[four_eyes]\ntrue_match = {str(two).lower()}\n")

    @rule(person=people)
    def close(self, person: Person) -> None:
        possible = not self.state.closed and not self.proposer
        closing = Closing(State.TRUE_MATCH, "confirmed_identifier")
        if self.try_to(possible, lambda: self.cases.close(1, closing, by=person)):
            self.state, self.proposer = (self.state, person.name) if self.two else (State.TRUE_MATCH, "")

    @rule(person=people)
    def approve(self, person: Person) -> None:
        possible = bool(self.proposer) and self.proposer != person.name and person.role is not Role.ANALYST
        if self.try_to(possible, lambda: self.cases.approve(1, by=person)):
            self.state, self.proposer = State.TRUE_MATCH, ""

    @rule(person=people)
    def reject(self, person: Person) -> None:
        possible = bool(self.proposer) and (self.proposer == person.name or person.role is not Role.ANALYST)
        if self.try_to(possible, lambda: self.cases.reject(1, "no", by=person)):
            self.proposer = ""

    @rule(person=people)
    def reopen(self, person: Person) -> None:
        if self.try_to(self.state.closed, lambda: self.cases.reopen(1, "again", by=person)):
            self.state = State.OPEN

    @rule(person=people)
    def escalate(self, person: Person) -> None:
        if self.try_to(self.state is State.OPEN, lambda: self.cases.escalate(1, by=person)):
            self.state = State.ESCALATED

    @precondition(lambda self: self.acts < 30)
    @rule(person=people)
    def note(self, person: Person) -> None:
        self.try_to(True, lambda: self.cases.note(1, "x", by=person))

    @invariant()
    def it_is_as_it_should_be(self) -> None:
        found = self.cases.alert(1)
        assert (found.state, found.proposal.by if found.proposal else "") == (self.state, self.proposer)
        assert found.version == self.acts
        report = self.cases.verify()
        assert report.whole and report.entries == self.acts
        if found.decision:
            assert found.decision.approved_by != found.decision.by


TestDecisions = Decisions.TestCase
TestDecisions.settings = settings(max_examples=12, stateful_step_count=20, deadline=None)
