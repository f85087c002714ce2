"""Learns `src/allonym/matching/weights.json` from labelled names.

    python -m bench.learn.weights --lists ../shared/lists/ftm/un_2026-02_ofac_2025-11.ftm.jsonl --bench ../shared/bench

A local search over the table. What is sought: right answers on the labelled pairs (F1 at the default threshold),
mistyped and alternative names of listed entries found, and few people who are not listed raising an alert, as
`objective` says. Every table tried is a readable table: signs stay as they are, and what strays pays for it.
"""

import argparse
import json
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from allonym.matching.weights import Weights, table
from allonym.names.similarity import Grade
from bench.learn.examples import AT, FEATURES, GRADES, Examples, collect

TARGET = Path(__file__).parents[2] / "src/allonym/matching/weights.json"
#: Set by hand, or by what they mean.
FIXED = frozenset({
    "characters", "slips", "missing_share", "missing_constant", "conflict_agreed", "lineage_order", "number_conflict",
    "fixed", "weak", "form_conflict", "identical",
})  # fmt: skip
ALERTS = 0.0014  # share of unlisted people that may raise an alert against the three quarters that are learnt from
ROMANISED = 0.014  # the same of people with names in Hangul or Han who spell them in Latin letters
LETTERS = 0.5  # nats that an identical name weighs at least beyond one that sounds the same
EXCESS = 60.0  # what a share above that costs
ROUNDS = 7_000
THRESHOLD = 0.7
LIMIT = float(np.log(THRESHOLD / (1 - THRESHOLD)))  # nats
NEUTRAL = {"prior": -8.0, "extra_constant": -0.5, "extra_share": 0.0, "conflict": -0.5, "whole": 3.0, "sounding": 3.5,
           "single": 7.0, "lone": -2.0, "unanchored": -1.0, "order": -1.0, "syllable_order": -4.0}  # fmt: skip
DOUBTS, SHARES = (-2.2, -2.0, -1.8, -1.6, -1.4, -1.2), (0.05, 0.1, 0.15, 0.2, 0.3)


def start(table: Weights) -> np.ndarray:
    """A table as a vector over FEATURES."""
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
    sums = examples.rows @ vector
    chosen = examples.groups == "pairs"
    said, truth = sums[chosen] >= LIMIT, examples.labels[chosen] == 1
    found = {"f1": float(2 * (said & truth).sum() / max(1, said.sum() + truth.sum()))}
    found["loss"] = float(
        np.logaddexp(0, np.where(truth, LIMIT - sums[chosen], sums[chosen] - LIMIT)).clip(0, 4).mean()
    )
    best = _best(examples, sums, "unlisted")
    ranked = np.sort(best)[::-1]
    found["alerts"] = float((best >= LIMIT).mean())
    found["romanised"] = float((_best(examples, sums, "romanised") >= LIMIT).mean())
    for group in ("typo", "otypo", "alias", "oalias", "script"):
        found[group] = float((sums[examples.groups == group] >= LIMIT).mean())
    for name, group, share in (("typo_at_0.1", "typo", 0.001), ("alias_at_1", "alias", 0.01)):
        found[name] = float((sums[examples.groups == group] >= ranked[int(share * len(ranked))]).mean())
    return found


def _best(examples: Examples, sums: np.ndarray, group: str) -> np.ndarray:
    """The highest sum of each person of a group that found anything."""
    chosen = examples.groups == group
    people, number = np.unique(examples.persons[chosen], return_inverse=True)
    best = np.full(len(people), -np.inf)
    np.maximum.at(best, number, sums[chosen])
    return best


#: What each figure is worth in the search.
WORTH = {"f1": 2.5, "typo": 1.5, "typo_at_0.1": 2.2, "otypo": 0.2, "alias": 0.2, "alias_at_1": 2.0, "oalias": 0.2,
         "script": 0.4, "loss": -0.1}  # fmt: skip


def objective(found: dict[str, float]) -> float:
    """One number to maximise."""
    excess = max(0.0, found["alerts"] - ALERTS) + max(0.0, found["romanised"] - ROMANISED) / 8
    return sum(worth * found[name] for name, worth in WORTH.items()) - EXCESS * excess


def ordered(vector: np.ndarray) -> None:
    """Bring a table into order: nothing weighs more than what agrees to the letter, and an identical name most."""
    exact = vector[AT["agree_share:EXACT"]]
    for grade in GRADES:
        share, constant = AT[f"agree_share:{grade.name}"], AT[f"agree_constant:{grade.name}"]
        vector[share] = min(vector[share], exact)
        if grade is not Grade.INITIAL:
            vector[constant] = min(vector[constant], 0.0)
    vector[AT["conflict"]] = min(vector[AT["conflict"]], 0.0)
    vector[AT["sounding"]] = max(vector[AT["sounding"]], vector[AT["whole"]])
    vector[AT["identical"]] = max(vector[AT["identical"]], vector[AT["sounding"]] + LETTERS)


def search(examples: Examples, first: np.ndarray, seed: int = 11) -> np.ndarray:
    """The best table found from `first` by changing one to three entries at a time; what strays far pays for it."""
    chance = np.random.default_rng(seed)
    free = [i for i, name in enumerate(FEATURES) if name not in FIXED and name != "agree_constant:EXACT"]
    scale = np.maximum(0.3, np.abs(first))

    def worth(vector: np.ndarray) -> float:
        return objective(figures(examples, vector)) - 0.001 * float((((vector - first) / scale) ** 2).sum())

    best = first.copy()
    ordered(best)
    value = worth(best)
    for turn in range(ROUNDS):
        step = 0.5 * (1 - turn / ROUNDS) + 0.04
        trial = best.copy()
        for i in chance.choice(free, chance.integers(1, 4), replace=False):
            trial[i] += chance.normal() * step * scale[i]
            if np.sign(trial[i]) != np.sign(first[i]) and first[i] != 0:
                trial[i] = 0.0
        ordered(trial)
        reached = worth(trial)
        if reached > value:
            best, value = trial, reached
    return best


@dataclass(frozen=True, slots=True)
class Calibration:
    """The factor on all weights, and `doubt` and `doubt_share` of the table, that bring the scores of the labelled
    pairs nearest to the share of true ones; `error` is what is left (expected calibration error over ten bins)."""

    scale: float
    doubt: float
    share: float
    error: float = 1.0

    def scores(self, sums: np.ndarray) -> np.ndarray:
        """The scores of sums that a table gives before it is scaled; what reaches 0.7 before does after."""
        total = self.scale * (sums - LIMIT) + LIMIT
        return np.asarray(1 / (1 + np.exp(-np.where(total < self.doubt, self.doubt + self.share * (total - self.doubt),
                                                    total))))  # fmt: skip


def calibrated(examples: Examples, vector: np.ndarray) -> Calibration:
    """The best calibration of a table, with the threshold kept where it is."""
    chosen = examples.groups == "pairs"
    sums, truth = examples.rows[chosen] @ vector, examples.labels[chosen]
    found = []
    for scale, doubt, share in product(np.arange(0.15, 0.8, 0.05), DOUBTS, SHARES):
        one = Calibration(round(float(scale), 2), doubt, share)
        found.append(replace(one, error=_error(one.scores(sums), truth)))
    return min(found, key=lambda c: c.error)


def _error(scores: np.ndarray, truth: np.ndarray) -> float:
    bins = np.minimum((scores * 10).astype(int), 9)
    return float(sum((bins == b).mean() * abs(scores[bins == b].mean() - truth[bins == b].mean())
                     for b in np.unique(bins)))  # fmt: skip


#: Nats that two of the commonest parts weigh, unscaled, and what an identical name of them is given to spare.
COMMONEST, SPARE = 1.4, 0.2
#: Entries that are ratios, or set by the calibration.
RATIOS = ("conflict_agreed", "identical_fill", "doubt", "doubt_share", "scale")


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


def unscaled(data: dict[str, Any]) -> dict[str, Any]:
    """The table as it was before it was scaled."""
    return scaled(data, 1 / float(data["scale"]))


def save(vector: np.ndarray, version: str, origin: str, calibration: Calibration) -> None:
    """Write the table."""
    data = unscaled(json.loads(TARGET.read_text(encoding="utf-8")))
    data.update(version=version, origin=origin, scale=calibration.scale)
    for field in ("agree_share", "agree_constant"):
        data[field] = {g.name: round(float(vector[AT[f"{field}:{g.name}"]]), 2) for g in GRADES}
    for name in FEATURES:
        if ":" not in name and name != "fixed":
            data[name] = round(float(vector[AT[name]]), 2)
    data.update(doubt=calibration.doubt, doubt_share=calibration.share)
    # An identical name of the commonest parts must reach the threshold, whatever the prior.
    short = np.log(data["threshold"] / (1 - data["threshold"])) + SPARE - data["prior"] - data["identical"]
    fill = data["identical_fill"]
    data["identical_floor"] = round(float((short - (1 - fill) * COMMONEST) / fill), 2)
    TARGET.write_text(json.dumps(scaled(data, calibration.scale), indent=2) + "\n", encoding="utf-8")


def neutral(table: Weights) -> np.ndarray:
    """A table that knows of the labelled pairs only what is set by hand: where they are held out, it is begun from."""
    vector = start(table)
    for name, value in NEUTRAL.items():
        vector[AT[name]] = value
    for grade in GRADES:
        vector[AT[f"agree_share:{grade.name}"]] = 1.0 if grade is Grade.EXACT else 0.9
        vector[AT[f"agree_constant:{grade.name}"]] = 0.0 if grade is Grade.EXACT else -0.5
    vector[AT["agree_share:INITIAL"]], vector[AT["agree_constant:INITIAL"]] = 0.0, 0.7
    return vector


def folds(examples: Examples, table: Weights, count: int) -> None:
    """Learn without one part of the labelled pairs at a time, and print what the table and its calibration are worth on
    that part, and on all parts together; pairs that share a name stay together."""
    scores, labels = [], []
    is_pair = examples.groups == "pairs"
    family = np.unique(examples.persons, return_inverse=True)[1]
    for fold in range(count):
        out = is_pair & (family % count == fold)
        found = search(_rows(examples, ~out), neutral(table))
        calibration = calibrated(_rows(examples, ~out), found)
        held = _rows(examples, out)
        scores.append(calibration.scores(held.rows @ found))
        labels.append(held.labels)
        _tell(f"fold {fold}", scores[-1], labels[-1])
    _tell("all folds", np.concatenate(scores), np.concatenate(labels))


def _tell(what: str, scores: np.ndarray, labels: np.ndarray) -> None:
    said, truth = scores >= THRESHOLD, labels == 1
    f1 = 2 * (said & truth).sum() / max(1, said.sum() + truth.sum())
    print(f"{what}: {len(truth)} pairs, F1 {f1:.3f}, calibration error {_error(scores, labels):.3f}", flush=True)


def _rows(examples: Examples, kept: np.ndarray) -> Examples:
    return Examples(examples.rows[kept], examples.labels[kept], examples.groups[kept], examples.persons[kept])


def main() -> None:
    """Collect, search, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lists", type=Path, required=True)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--version", default="learnt-1")
    parser.add_argument("--folds", type=int, metavar="N", help="hold out each of N parts of the pairs, write nothing")
    parser.add_argument("--dry-run", action="store_true", help="print, do not write")
    options = parser.parse_args()
    before = table(unscaled(json.loads(TARGET.read_text(encoding="utf-8"))))
    examples = collect(options.lists, options.bench, before)
    if options.folds:
        folds(examples, before, options.folds)
        return
    first = start(before)
    print({g: int((examples.groups == g).sum()) for g in sorted(set(examples.groups))})
    print("start", {k: round(v, 4) for k, v in figures(examples, first).items()})
    found = search(examples, first)
    print("found", {k: round(v, 4) for k, v in figures(examples, found).items()})
    for name, before, after in zip(FEATURES, first, found, strict=True):
        print(f"  {name:28s} {before:7.2f} {after:7.2f}")
    calibration = calibrated(examples, found)
    print(calibration)
    if not options.dry_run:
        by_hand = "missing parts, slips and characters set by hand"
        origin = f"bench.learn.weights on {options.lists.name} and the development sets; {by_hand}"
        save(found, options.version, origin, calibration)


if __name__ == "__main__":
    main()
