"""The 50 Percent Rule: worked by hand, and against a slow reference."""

import itertools
import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import allonym
from allonym.dossier import build
from allonym.dossier.ownership import HALF, Stake, Verdict, percent, rule
from tests.command import load


def stake(owner: str, asset: str, share: str | None) -> Stake:
    return Stake(owner, asset, None if share is None else Decimal(share))


@pytest.mark.parametrize(
    ("stakes", "asset", "verdict"),
    [
        ([("x", "a", "50")], "a", Verdict.BLOCKED),
        ([("x", "a", "49.99")], "a", Verdict.FREE),
        ([("x", "a", "25"), ("y", "a", "25")], "a", Verdict.BLOCKED),
        ([("x", "a", "33.4"), ("y", "a", "16.6")], "a", Verdict.BLOCKED),
        # OFAC, FAQ 401: X owns 50 of A, A owns 50 of B: B is blocked, though 25 is what a product would give
        ([("x", "a", "50"), ("a", "b", "50")], "b", Verdict.BLOCKED),
        # X owns 50 of A and 10 of B, A owns 40 of B
        ([("x", "a", "50"), ("x", "b", "10"), ("a", "b", "40")], "b", Verdict.BLOCKED),
        # X owns 25 of A, A owns all of B: nothing is passed on
        ([("x", "a", "25"), ("a", "b", "100")], "b", Verdict.FREE),
        ([("x", "a", None)], "a", Verdict.OPEN),
        ([("x", "a", None), ("z", "a", "51")], "a", Verdict.FREE),
        ([("x", "a", None), ("z", "a", "50")], "a", Verdict.OPEN),
        ([("x", "a", "50"), ("y", "a", None)], "a", Verdict.BLOCKED),
        ([("x", "a", None), ("a", "b", "50")], "b", Verdict.OPEN),
        ([("z", "a", None)], "a", Verdict.FREE),
        ([("a", "b", "60"), ("b", "a", "60")], "a", Verdict.FREE),
        ([("x", "a", "25"), ("x", "a", "25")], "a", Verdict.FREE),
        ([("x", "a", "50"), ("x", "x", "100")], "x", Verdict.LISTED),
    ],
)
def test_worked_by_hand(stakes: list[tuple[str, str, str | None]], asset: str, verdict: Verdict) -> None:
    assert rule([stake(*s) for s in stakes], {"x", "y"})[asset].verdict is verdict


def test_the_level_and_the_evidence() -> None:
    found = rule([stake("x", "a", "50"), stake("a", "b", "50"), stake("z", "b", "50")], {"x"})
    assert (found["a"].level, found["b"].level) == (1, 2)
    assert found["b"].because == (stake("a", "b", "50"),)
    assert found["b"].total == 50


@pytest.mark.parametrize(
    ("text", "number"),
    [("50", "50"), ("50%", "50"), ("33,3 %", "33.3"), ("100", "100"), ("101", None), ("25-50", None), ("", None)],
)
def test_percent(text: str, number: str | None) -> None:
    assert percent(text) == (None if number is None else Decimal(number))


NAMES = "abcde"


@st.composite
def shares(draw: st.DrawFn) -> dict[tuple[str, str], int | None]:
    """Stakes among five entities; what is stated of one asset is at most 100."""
    found: dict[tuple[str, str], int | None] = {}
    for asset in NAMES:
        left = 100
        for owner in draw(st.lists(st.sampled_from(NAMES.replace(asset, "")), unique=True, max_size=3)):
            share = draw(st.none() | st.integers(0, left).filter(lambda n: n % 10 == 0))
            found[owner, asset] = share
            left -= share or 0
    return found


def brute(known: dict[tuple[str, str], int], blocked: set[str]) -> set[str]:
    """Everything that is blocked: the least set that holds the blocked and is closed under the rule, by trying all."""
    for size in range(len(NAMES) + 1):
        for more in itertools.combinations(sorted(set(NAMES) - blocked), size):
            held = blocked | set(more)
            if all(a in held or sum(n for (o, x), n in known.items() if x == a and o in held) < HALF for a in NAMES):
                return held
    raise AssertionError


def fillings(stakes: dict[tuple[str, str], int | None]) -> list[dict[tuple[str, str], int]]:
    """Every way to give all that is left of an asset to one of the stakes that are not stated, or to nobody."""
    known = {key: n for key, n in stakes.items() if n is not None}
    choices = []
    for asset in NAMES:
        left = 100 - sum(n for (_, a), n in known.items() if a == asset)
        choices.append([None, *((key, left) for key, n in stakes.items() if n is None and key[1] == asset)])
    return [known | {c[0]: c[1] for c in chosen if c} for chosen in itertools.product(*choices)]


@given(shares(), st.sets(st.sampled_from(NAMES), max_size=2))
def test_against_brute_force(stakes: dict[tuple[str, str], int | None], blocked: set[str]) -> None:
    found = rule([stake(o, a, None if n is None else str(n)) for (o, a), n in stakes.items()], blocked)
    outcomes = [brute(filled, blocked) for filled in fillings(stakes)]
    for asset, ruling in found.items():
        times = sum(asset in outcome for outcome in outcomes)
        if ruling.verdict in (Verdict.LISTED, Verdict.BLOCKED):
            assert times == len(outcomes)
        elif ruling.verdict is Verdict.FREE:
            assert times == 0
        else:
            assert 0 < times < len(outcomes)


def test_in_the_dossier_of_a_company(data: Path, tmp_path: Path) -> None:
    lines = [
        *({"id": i, "schema": "Company", "properties": {"name": [n]}} for i, n in (("a", "Alpha"), ("b", "Beta"))),
        *({"id": i, "schema": "Ownership", "properties": {"owner": [o], "asset": [a], "percentage": [p] if p else []}}
          for i, o, a, p in (("e1", "ofac-22790", "a", "30"), ("e2", "ofac-24424", "a", "20%"), ("e3", "a", "b", ""))),
    ]  # fmt: skip
    file = tmp_path / "mine.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    load(data, file, "mine", "2026-01-01")
    with allonym.open(data) as lists:
        alpha, beta = build(lists, "a"), build(lists, "b")
        early = build(lists, "a", as_of="2020-01-01")
    assert alpha.holdings is not None and beta.holdings is not None and early.holdings is not None
    assert (alpha.holdings.verdict, alpha.holdings.total) == ("blocked by the rule", "50")
    assert len(alpha.holdings.path) == 2 and "reg-nicolas-maduro" in alpha.holdings.path[1]
    assert [c.effect_id for c in alpha.consequences] == ["us-fifty-percent"]
    assert (beta.holdings.verdict, beta.consequences) == ("not known", ())
    assert early.holdings.verdict == "not blocked by the rule"
