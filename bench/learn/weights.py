"""Learns `src/allonym/matching/weights.json` from labelled names.

    python -m bench.learn.weights --lists ../shared/lists/ftm/un_2026-02_ofac_2025-11.ftm.jsonl --bench ../shared/bench

A local search over the table. What is sought: right answers on the labelled pairs (F1 at the default threshold),
mistyped and alternative names of listed entries found, and few people who are not listed raising an alert, as
`objective` says. Every table tried is a readable table: signs stay as they are, and what strays pays for it.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from allonym.matching.weights import weights
from allonym.names.similarity import Grade
from bench.learn.examples import AT, FEATURES, GRADES, Examples, collect

TARGET = Path(__file__).parents[2] / "src/allonym/matching/weights.json"
FIXED = {"lineage_order", "number_conflict", "fixed", "weak", "form_conflict", "identical"}
ALERTS = 0.0012  # share of unlisted people that may raise an alert
ROUNDS = 6_000


def start() -> np.ndarray:
    """The table in use as a vector over FEATURES."""
    table = weights()
    vector = np.zeros(len(FEATURES))
    for name in FEATURES:
        field, _, grade = name.partition(":")
        if name == "fixed":
            vector[AT[name]] = 1.0
        elif grade:
            vector[AT[name]] = getattr(table, field)[Grade[grade]]
        else:
            vector[AT[name]] = getattr(table, field)
    return vector


def figures(examples: Examples, vector: np.ndarray) -> dict[str, float]:
    """What a table does at the default threshold (score 0.7), and its alias recall where 1 % of the unlisted alert."""
    limit = float(np.log(0.7 / 0.3))
    sums = examples.rows @ vector
    chosen = examples.groups == "pairs"
    said, truth = sums[chosen] >= limit, examples.labels[chosen] == 1
    f1 = 2 * (said & truth).sum() / max(1, said.sum() + truth.sum())
    unlisted = examples.groups == "unlisted"
    best = np.full(examples.persons.max() + 1, -np.inf)
    np.maximum.at(best, examples.persons[unlisted], sums[unlisted])
    people = np.isfinite(best)
    one = np.sort(best[people])[::-1][int(0.01 * len(best))]

    def over(group: str, least: float) -> float:
        return float((sums[examples.groups == group] >= least).mean())

    return {"f1": float(f1), "typo": over("typo", limit), "otypo": over("otypo", limit), "alias": over("alias", limit),
            "oalias": over("oalias", limit), "alias_at_1": over("alias", one),
            "alerts": float((best >= limit).sum() / len(best))}  # fmt: skip


def objective(found: dict[str, float]) -> float:
    """One number to maximise."""
    wanted = found["f1"] + 1.5 * found["typo"] + 0.3 * found["otypo"] + 0.3 * found["alias"] + 0.2 * found["oalias"]
    return wanted + 0.5 * found["alias_at_1"] - 150 * max(0.0, found["alerts"] - ALERTS)


def search(examples: Examples, first: np.ndarray, seed: int = 11) -> np.ndarray:
    """The best table found from `first` by changing one to three entries at a time."""
    chance = np.random.default_rng(seed)
    free = [i for i, name in enumerate(FEATURES) if name not in FIXED and name != "agree_constant:EXACT"]
    scale = np.maximum(0.3, np.abs(first))

    def worth(vector: np.ndarray) -> float:
        return objective(figures(examples, vector)) - 0.002 * float((((vector - first) / scale) ** 2).sum())

    best, value = first.copy(), worth(first)
    for turn in range(ROUNDS):
        step = 0.4 * (1 - turn / ROUNDS) + 0.05
        trial = best.copy()
        for i in chance.choice(free, chance.integers(1, 4), replace=False):
            trial[i] += chance.normal() * step * scale[i]
            if np.sign(trial[i]) != np.sign(first[i]) and first[i] != 0:
                trial[i] = 0.0
        reached = worth(trial)
        if reached > value:
            best, value = trial, reached
    return best


def save(vector: np.ndarray, version: str, origin: str) -> None:
    """Write the table."""
    data = json.loads(TARGET.read_text(encoding="utf-8"))
    data.update(version=version, origin=origin)
    for field in ("agree_share", "agree_constant"):
        data[field] = {g.name: round(float(vector[AT[f"{field}:{g.name}"]]), 2) for g in GRADES}
    for name in FEATURES:
        if ":" not in name and name != "fixed":
            data[name] = round(float(vector[AT[name]]), 2)
    TARGET.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Collect, search, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lists", type=Path, required=True)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--version", default="learnt-1")
    parser.add_argument("--dry-run", action="store_true", help="print, do not write")
    options = parser.parse_args()
    examples = collect(options.lists, options.bench, weights())
    first = start()
    print({g: int((examples.groups == g).sum()) for g in sorted(set(examples.groups))})
    print("start", {k: round(v, 4) for k, v in figures(examples, first).items()})
    found = search(examples, first)
    print("found", {k: round(v, 4) for k, v in figures(examples, found).items()})
    for name, before, after in zip(FEATURES, first, found, strict=True):
        print(f"  {name:28s} {before:7.2f} {after:7.2f}")
    if not options.dry_run:
        save(found, options.version, f"bench.learn.weights on {options.lists.name} and the development sets")


if __name__ == "__main__":
    main()
