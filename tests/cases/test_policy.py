"""The policy file: what it may say, and that whatever is wrong is told at once with its line and the remedy."""

from pathlib import Path

import pytest

from allonym.cases import Person, Policy, Role, State
from allonym.cases.policy import need
from allonym.errors import InputError, RefusedError, UsageError

from .test_transitions import alert

WHOLE = """\
[four_eyes]
true_match = true
false_alarm = 0.9
programs = ["SDGT"]

[closing]
text = ["true_match"]
path = ["false_alarm"]

[due]
days = 5

[retention]
years = 5
early = true

[attachments]
megabytes = 2

[people]
Ana = "analyst"
"Bo Reyes" = "reviewer"
"""


def policy(folder: Path, text: str) -> Policy:
    (folder / "cases.toml").write_text(text, encoding="utf-8")
    return Policy.read(folder)


def test_no_file_asks_for_nothing(tmp_path: Path) -> None:
    found = Policy.read(tmp_path)
    assert found == Policy() and found.years == 10
    assert not any(found.second(outcome, alert().listed) for outcome in State if outcome.closed)


def test_everything_that_it_may_say(tmp_path: Path) -> None:
    found = policy(tmp_path, WHOLE)
    assert found.four_eyes == {State.TRUE_MATCH: 0.0, State.FALSE_ALARM: 0.9, State.UNDECIDED: None}
    assert (found.texts, found.paths) == (frozenset({State.TRUE_MATCH}), frozenset({State.FALSE_ALARM}))
    assert (found.days, found.years, found.early, found.largest) == (5, 5, True, 2_000_000)
    assert found.person("  bo   REYES ") == Person("bo REYES", Role.REVIEWER)
    assert found.version != policy(tmp_path, WHOLE + "\n").version


def test_the_documented_example_is_one(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "cases.md").read_text()
    policy(tmp_path, text.partition("```toml\n")[2].partition("```")[0])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[four_eyes]\ntrue_match = 2\n", "line 2: true_match = 2: give true, false, or the least score"),
        ("[four_eyes]\n\nopen = true\n", "line 3: no open in [four_eyes]; there are true_match"),
        ("[foureyes]\n", "line 1: no section [foureyes]; there are four_eyes"),
        ("days = 5\n", "line 1: no section [days]"),
        ("[due]\ndays = 0\n", "line 2: days = 0: give a number of days, 1 to 3650"),
        ("[due]\ndays = true\n", "line 2: days = True: give a number of days"),
        ("[retention]\nyears = \"ten\"\n", "line 2: years = 'ten': give a number of years"),
        ("[retention]\nearly = 1\n", "line 2: early = 1: give true or false"),
        ("[closing]\ntext = [\"open\"]\n", "line 2: text = ['open']: give a list of outcomes"),
        ("[closing]\ntext = \"all\"\n", "line 2: text = 'all': give a list of outcomes"),
        ("[people]\nAna = \"boss\"\n", "line 2: Ana = 'boss': give reader, analyst, reviewer, admin"),
        ("[people]\nAna = \"admin\"\nana = \"admin\"\n", "line 3: 'ana' is there twice"),
        ("[due]\ndays = 0\n\n[four_eyes]\ntrue_match = \"yes\"\n", "line 2: days = 0: give a number of days, 1 to "
         "3650; line 5: true_match = 'yes'"),
        ("due.days = 0\n", "line 1: days = 0"),
        ("[due\n", "line 1"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        policy(tmp_path, text)
    assert told in str(raised.value) and "cases.toml" in str(raised.value) and "\n" not in str(raised.value)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "cases.toml").write_bytes(b"[due]\n\xff\n")
    with pytest.raises(InputError, match="line 2: is not UTF-8"):
        Policy.read(tmp_path)


def test_people_without_a_role_or_a_name(tmp_path: Path) -> None:
    found = policy(tmp_path, WHOLE)
    with pytest.raises(RefusedError, match=r"Eve has no role; add the name under \[people\]"):
        found.person("Eve")
    for name in ("", "  ", "A\x1bna", "x" * 201):
        with pytest.raises(UsageError, match="--by"):
            found.person(name)
    assert found.person(Person("Eve", Role.READER)).role is Role.READER  # somebody else checked


@pytest.mark.parametrize("role", Role)
def test_roles(role: Role) -> None:
    for least in Role:
        if list(Role).index(role) >= list(Role).index(least):
            need(Person("Ana", role), least, "do it")
        else:
            with pytest.raises(RefusedError, match=f"Ana is {role} and may not do it; that takes {least}"):
                need(Person("Ana", role), least, "do it")


@pytest.mark.parametrize(
    ("score", "programs", "outcome", "second"),
    [
        (0.95, (), State.FALSE_ALARM, "score 0.950, from 0.9 on"),
        (0.9, (), State.FALSE_ALARM, "score 0.900, from 0.9 on"),
        (0.89, (), State.FALSE_ALARM, ""),
        (0.1, (), State.TRUE_MATCH, "always"),
        (0.1, ("SDGT", "IRAN"), State.UNDECIDED, "program SDGT"),
        (0.99, ("IRAN",), State.UNDECIDED, ""),
    ],
)
def test_when_two_decide(score: float, programs: tuple[str, ...], outcome: State, second: str, tmp_path: Path) -> None:
    found = policy(tmp_path, WHOLE)
    assert found.second(outcome, alert(score=score, programs=programs).listed) == second
