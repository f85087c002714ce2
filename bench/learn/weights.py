"""Learns `src/allonym/matching/weights.json` from labelled names.

    python -m bench.learn.weights --lists ../shared/lists/ftm/un_2026-02_ofac_2025-11.ftm.jsonl --bench ../shared/bench

A local search over the table. What is sought: right answers on the labelled pairs (F1 at the default threshold),
mistyped and alternative names of listed entries found, and few people who are not listed raising an alert, as
`objective` says. Every table tried is a readable table: signs stay as they are, and what strays pays for it.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from allonym.matching.weights import weights
from allonym.names.similarity import Grade
from bench.learn.examples import AT, FEATURES, GRADES, Examples, collect

TARGET = Path(__file__).parents[2] / "src/allonym/matching/weights.json"
FIXED = {"lineage_order", "number_conflict", "fixed", "weak", "form_conflict", "identical"}
ALERTS = 0.0009  # share of unlisted people that may raise an alert
ROUNDS = 4_000


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
    """What a table does: F1 on the pairs, shares found at the default threshold (score 0.7), mistyped names found where
    0.1 % of the unlisted alert and other names where 1 % do, and the share of unlisted people that alert."""
    limit = float(np.log(0.7 / 0.3))
    sums = examples.rows @ vector
    chosen = examples.groups == "pairs"
    said, truth = sums[chosen] >= limit, examples.labels[chosen] == 1
    found = {"f1": float(2 * (said & truth).sum() / max(1, said.sum() + truth.sum()))}
    found["loss"] = float(
        np.logaddexp(0, np.where(truth, limit - sums[chosen], sums[chosen] - limit)).clip(0, 4).mean()
    )
    unlisted = examples.groups == "unlisted"
    best = np.full(examples.persons.max() + 1, -np.inf)
    np.maximum.at(best, examples.persons[unlisted], sums[unlisted])
    ranked = np.sort(best)[::-1]
    found["alerts"] = float((best >= limit).mean())
    for group in ("typo", "otypo", "alias", "oalias"):
        found[group] = float((sums[examples.groups == group] >= limit).mean())
    for name, group, share in (("typo_at_0.1", "typo", 0.001), ("alias_at_1", "alias", 0.01)):
        found[name] = float((sums[examples.groups == group] >= ranked[int(share * len(ranked))]).mean())
    return found


#: What each figure is worth in the search.
WORTH = {"f1": 1.5, "typo": 1.5, "typo_at_0.1": 0.8, "otypo": 0.2, "alias": 0.2, "alias_at_1": 0.6, "oalias": 0.2,
         "loss": -0.1}  # fmt: skip


def objective(found: dict[str, float]) -> float:
    """One number to maximise."""
    return sum(worth * found[name] for name, worth in WORTH.items()) - 250 * max(0.0, found["alerts"] - ALERTS)


def search(examples: Examples, first: np.ndarray, seed: int = 11) -> np.ndarray:
    """The best table found from `first` by changing one to three entries at a time; what strays far pays for it."""
    chance = np.random.default_rng(seed)
    free = [i for i, name in enumerate(FEATURES) if name not in FIXED and name != "agree_constant:EXACT"]
    scale = np.maximum(0.3, np.abs(first))

    def worth(vector: np.ndarray) -> float:
        return objective(figures(examples, vector)) - 0.001 * float((((vector - first) / scale) ** 2).sum())

    best, value = first.copy(), worth(first)
    for turn in range(ROUNDS):
        step = 0.5 * (1 - turn / ROUNDS) + 0.04
        trial = best.copy()
        for i in chance.choice(free, chance.integers(1, 4), replace=False):
            trial[i] += chance.normal() * step * scale[i]
            if np.sign(trial[i]) != np.sign(first[i]) and first[i] != 0:
                trial[i] = 0.0
        reached = worth(trial)
        if reached > value:
            best, value = trial, reached
    return best


def calibrated(examples: Examples, vector: np.ndarray) -> tuple[float, float]:
    """(scale, error): the factor on all weights at which the scores of the labelled pairs are nearest to the share of
    true ones (expected calibration error over ten bins), with the threshold kept where it is."""
    chosen = examples.groups == "pairs"
    sums, truth = examples.rows[chosen] @ vector, examples.labels[chosen]
    limit = float(np.log(0.7 / 0.3))
    errors = {}
    for scale in np.arange(0.1, 1.01, 0.05):
        scores = 1 / (1 + np.exp(-(scale * (sums - limit) + limit)))
        bins = np.minimum((scores * 10).astype(int), 9)
        errors[float(scale)] = float(sum((bins == b).mean() * abs(scores[bins == b].mean() - truth[bins == b].mean())
                                         for b in np.unique(bins)))  # fmt: skip
    best = min(errors, key=lambda s: errors[s])
    return best, errors[best]


#: Entries that are ratios, not nats.
RATIOS = ("conflict_agreed", "identical_fill")


def scaled(data: dict[str, Any], scale: float) -> dict[str, Any]:
    """The table with every weight times `scale`, and the prior moved so that the same pairs reach the threshold."""
    limit = float(np.log(data["threshold"] / (1 - data["threshold"])))
    found: dict[str, Any] = {}
    for name, value in data.items():
        if isinstance(value, dict):
            found[name] = {key: round(scale * weight, 3) for key, weight in value.items()}
        elif isinstance(value, float) and name != "threshold" and name not in RATIOS:
            found[name] = round(scale * value, 3)
        else:
            found[name] = value
    found["prior"] = round(scale * data["prior"] + (1 - scale) * limit, 3)
    return found


def save(vector: np.ndarray, version: str, origin: str, scale: float = 1.0) -> None:
    """Write the table."""
    data = json.loads(TARGET.read_text(encoding="utf-8"))
    data.update(version=version, origin=origin)
    for field in ("agree_share", "agree_constant"):
        data[field] = {g.name: round(float(vector[AT[f"{field}:{g.name}"]]), 2) for g in GRADES}
    for name in FEATURES:
        if ":" not in name and name != "fixed":
            data[name] = round(float(vector[AT[name]]), 2)
    TARGET.write_text(json.dumps(scaled(data, scale), indent=2) + "\n", encoding="utf-8")


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
    scale, error = calibrated(examples, found)
    print(f"scale {scale:.2f}, calibration error on the labelled pairs {error:.3f}")
    if not options.dry_run:
        save(found, options.version, f"bench.learn.weights on {options.lists.name} and the development sets", scale)


if __name__ == "__main__":
    main()
