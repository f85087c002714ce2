"""How far a reading agrees with an annotated text: mentions, measures, claims, by the rules of `reading/1`.

Takes annotated documents and readings as `reading/1` has them; gives counts. Rules: a mention agrees when its type is
the same and its span overlaps by half, is linked when it names the same actor; a measure agrees when its type is the
same and its clause overlaps by a fifth; a claim when what is said overlaps by half. Pairs are taken best first.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

Part = dict[str, Any]
_LEAD = re.compile(r"^(?:the|a|an|el|la|los|las|un|una|o|os|as|um|uma) ")
LAYERS = ("mentions", "mentions, linked", "measures, type", "measures, type and target",
          "measures, type, target and authority", "claims, content", "claims, content and speaker")  # fmt: skip


class Counts:
    """By layer: how many agree, how many are annotated, how many were read."""

    def __init__(self) -> None:
        self.of: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])

    def add(self, layer: str, agree: int, annotated: int, read: int) -> None:
        """Count one document."""
        for place, number in enumerate((agree, annotated, read)):
            self.of[layer][place] += number

    def f1(self, layer: str) -> float:
        """Twice the agreements by all that is annotated and read; 1 where there is nothing of either."""
        agree, annotated, read = self.of[layer]
        return 2 * agree / (annotated + read) if annotated + read else 1.0


def agreement(pairs: Sequence[tuple[Part, Part]]) -> Counts:
    """Counts over (annotated document, reading) pairs."""
    counts = Counts()
    for gold, read in pairs:
        _mentions(counts, gold["mentions"], read["mentions"])
        _measures(counts, gold["measures"], read["measures"])
        _claims(counts, gold["claims"], read["claims"])
    return counts


def _mentions(counts: Counts, gold: list[Part], read: list[Part]) -> None:
    met = _matched(gold, read, lambda g, r: share if g["type"] == r["type"] and (share := _overlap(g, r)) >= 0.5 else 0)
    counts.add("mentions", len(met), len(gold), len(read))
    linked = sum(alike(g["canonical"], r["canonical"]) for g, r in met)
    counts.add("mentions, linked", linked, len(gold), len(read))


def _measures(counts: Counts, gold: list[Part], read: list[Part]) -> None:
    def closeness(g: Part, r: Part) -> float:
        share = _overlap(g["evidence"], r["evidence"])
        if g["type"] != r["type"] or share < 0.2:
            return 0
        return share + _share_target(g, r) + alike(g["authority"], r["authority"])

    met = _matched(gold, read, closeness)
    targets = [(g, r) for g, r in met if _share_target(g, r)]
    whole = sum(alike(g["authority"], r["authority"]) for g, r in targets)
    for layer, number in zip(LAYERS[2:5], (len(met), len(targets), whole), strict=True):
        counts.add(layer, number, len(gold), len(read))


def _claims(counts: Counts, gold: list[Part], read: list[Part]) -> None:
    met = _matched(gold, read, lambda g, r: share if (share := _said(g, r)) >= 0.5 else 0)
    counts.add("claims, content", len(met), len(gold), len(read))
    spoken = sum(alike(g["speaker"], r["speaker"]) for g, r in met)
    counts.add("claims, content and speaker", spoken, len(gold), len(read))


def _matched(gold: list[Part], read: list[Part], closeness: Callable[[Part, Part], float]) -> list[tuple[Part, Part]]:
    """One to one, the closest first; what has no closeness is never matched."""
    ranked = sorted(((closeness(g, r), i, j) for i, g in enumerate(gold) for j, r in enumerate(read)),
                    key=lambda row: -row[0])  # fmt: skip
    golds, reads, met = set[int](), set[int](), list[tuple[Part, Part]]()
    for value, i, j in ranked:
        if value > 0 and i not in golds and j not in reads:
            golds.add(i)
            reads.add(j)
            met.append((gold[i], read[j]))
    return met


def _overlap(one: Part, other: Part) -> float:
    both = min(one["end"], other["end"]) - max(one["start"], other["start"])
    either = max(one["end"], other["end"]) - min(one["start"], other["start"])
    return max(0, both) / either if either else 0.0


def _said(one: Part, other: Part) -> float:
    left, right = ({i for span in c["contents"] for i in range(span["start"], span["end"])} for c in (one, other))
    return len(left & right) / len(left | right) if left | right else 0.0


def _share_target(one: Part, other: Part) -> bool:
    return any(alike(a, b) for a in one["targets"] for b in other["targets"])


def alike(one: str | None, other: str | None) -> bool:
    """Whether two names are one: equal but for case, accents, marks and article, or one's words are among the other's,
    or the last word is the same."""
    left, right = _plain(one).split(), _plain(other).split()
    if not left or not right:
        return left == right
    return left[-1] == right[-1] or set(left) <= set(right) or set(right) <= set(left)


def _plain(text: str | None) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", (text or "").lower()) if not unicodedata.combining(c))
    return _LEAD.sub("", re.sub(r"[^\w ]+", " ", bare).strip())
