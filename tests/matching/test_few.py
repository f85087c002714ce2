"""A few probes searched one by one give what the arrays give, on a list of random names."""

import random

import numpy as np
import pytest

from allonym.index.build import build
from allonym.index.index import Index
from allonym.index.listed import Listed
from allonym.index.probe import Probes
from allonym.matching import few
from allonym.matching.engine import Engine, Options
from allonym.matching.few import Few
from allonym.matching.find import find

WORDS = (
    "mohammed muhammad ahmed ali hassan hussein husayn khan bin abu al kim jong jung un chol lee ivan ivanov ivanova "
    "sergei sergey petrov maria garcia lopez de juan perez theodore ted trading company limited ltd ooo steel plant "
    "north star 1 7 12 j m a x"
).split()
SCHEMATA = ("Person", "Person", "Company", "LegalEntity", "Vessel")
LISTED, ASKED = 600, 400


def made_up(chance: random.Random) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(chance.choice((1, 2, 2, 3, 3, 4, 6))))


def slipped(name: str, chance: random.Random) -> str:
    at = chance.randrange(len(name))
    return name[:at] + chance.choice(("", name[at] * 2, "e")) + name[at + 1 :] if chance.random() < 0.5 else name


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    chance = random.Random(1)
    names = [(made_up(chance), made_up(chance)) for _ in range(LISTED)]
    rows = [
        Listed(f"e{n}", f"e{n}", "test", chance.choice(SCHEMATA), one, ((one, False), (other, True)), {})
        for n, (one, other) in enumerate(names)
    ]
    path = tmp_path_factory.mktemp("few") / "random.idx"
    build(path, rows)
    return Engine(Index(path), Options())


@pytest.mark.parametrize("above", [0.01, 1.0, 2.5, 3.35, 6.0])
def test_few_probes_give_what_the_arrays_give(engine: Engine, above: float, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(int(above * 100))
    words, weights = engine.words, engine.weights
    least, pairs = weights.prior + above, 0
    allowed = np.arange(engine.index.meta["names"]) % 5 > 0
    for turn in range(ASKED):
        # Every name is bounded before it is weighed, or only those of probes that bring several in.
        monkeypatch.setattr(few, "FEW", 0 if turn % 2 else 6)
        monkeypatch.setattr(few, "MOST_ALONE", 0 if turn % 3 else 25)
        name = slipped(made_up(chance), chance)
        words.begin()
        probes = list(engine.prober.probes(0, chance.choice(SCHEMATA), {"name": [name]}))
        words.prepare()
        limits = np.full(len(probes), least, np.float32)
        some = allowed if turn % 4 == 0 else None
        probe, names, sums = find(words, Probes(probes), weights, limits, allowed=some)
        found = engine.few.find(probes, limits.tolist(), allowed=some)
        assert found is not None
        assert (found[0].tolist(), found[1].tolist()) == (probe.tolist(), names.tolist()), name
        assert found[2].tolist() == pytest.approx(sums.tolist(), abs=1e-5), name
        pairs += len(names)
    assert pairs > ASKED / 4


def test_a_probe_that_brings_a_crowd_in_is_left_to_the_arrays(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(few, "MANY", 0)
    probes = list(engine.prober.probes(0, "Person", {"name": ["Mohammed Ali"]}))
    engine.words.prepare()
    assert Few(engine.words, engine.weights).find(probes, [-1.0] * len(probes)) is None
