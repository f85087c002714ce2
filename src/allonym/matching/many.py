"""Many pairs of single names at once: the scores of `compare` in the arrays of `batch`.

Takes texts of names and how each is read; gives the score of each pair. What was read of a name is
kept for the next pairs. Must not guess: of a pair that the arrays cannot score as `compare` does, it gives none.
"""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from threading import Lock
from types import SimpleNamespace
from typing import Any

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from allonym.index.build import CHARACTERS, LINEAGE, SHAPE
from allonym.index.growing import Growing
from allonym.index.words import spread
from allonym.matching.batch import Block
from allonym.matching.profile import MOST_PARTS, Profile, profile
from allonym.matching.variants import SHORTEST_WORD, is_plain
from allonym.matching.weights import Weights
from allonym.names.parts import Kind, Role
from allonym.names.similarity import PAIRINGS, Grade, Shapes, grades, shapes
from allonym.names.sound import sound

WIDTHS = (3, 5, 12)
MOST_KEPT = 50_000  # names that stay read between batches
LOW = (1 << 64) - 1
UNHEARD = -1
PART = np.dtype([("word", "i8"), ("rarity", "f8", (2,)), ("role", "u1"), ("script", "u1"), ("first", "u1")],
                align=True)  # fmt: skip
PIECE = np.dtype([("length", "u1"), ("first", "u1"), ("last", "u1"), ("sound", "i4")], align=True)
NAME = np.dtype([("start", "i8"), ("size", "i8"), ("words", "i8", (2,)), ("runs", "i8", (2,)),
                 ("lengths", "u8"), ("runs_lengths", "u8"), ("form", "i8"),
                 ("flags", "u1"), ("person", "?"), ("lineage", "?"), ("syllabic", "?"), ("characters", "?"),
                 ("long", "?")], align=True)  # fmt: skip


class Names:
    """Names by number, as arrays; threads that share them take turns."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._clear()

    def __len__(self) -> int:
        """The number of names kept."""
        return len(self._names)

    def _clear(self) -> None:
        self._numbers: dict[Kind, dict[str, int]] = {kind: {} for kind in Kind}
        self._forms: dict[str, int] = {"": 0}
        self._words: dict[str, int] = {}
        self._texts, self._sounds = list[str](), list[str]()
        self._shape = [Growing(getattr(shapes([]), name).dtype) for name in SHAPE]
        self._names, self._parts = Growing(NAME), Growing(PART)
        # The words of a name, and runs of them written together, that may be one of the other's words or runs.
        self._piece_texts, self._pieces = list[str](), Growing(PIECE)
        self._heard: dict[str, int] = {}

    def scores(self, asked: Sequence[tuple[str, str, Kind]], weights: Weights) -> list[float]:
        """The scores of pairs of texts, not a number where the arrays cannot tell."""
        with self._lock:
            if len(self) > MOST_KEPT:
                self._clear()
            numbers = self._number(asked)
            left, right = (self._names.array[side] for side in numbers)
            sums = np.full(len(asked), np.nan)
            scored = ~(left["long"] | right["long"] | self._cut_otherwise(left, right))
            width = np.searchsorted(WIDTHS, np.maximum(left["size"], right["size"]))
            for at, most in enumerate(WIDTHS):
                chosen = np.flatnonzero(scored & (width == at))
                if len(chosen):
                    block = self._block(left[chosen], right[chosen], numbers[1][chosen], most)
                    total = block.sums(weights)
                    settled = weights.doubt + weights.doubt_share * (total - weights.doubt)
                    sums[chosen] = np.where(block.agree & (total < weights.doubt), settled, total)
        odds = np.exp(-np.abs(sums))
        scores: list[float] = (np.where(sums < 0, odds, 1.0) / (1.0 + odds)).tolist()
        return scores

    def _number(self, asked: Sequence[tuple[str, str, Kind]]) -> tuple[Any, Any]:
        """Numbers of the left and of the right names; unknown ones are read."""
        fresh: list[Profile] = []
        known, lefts, rights = len(self._names), list[int](), list[int]()
        for left, right, kind in asked:
            numbers = self._numbers[kind]
            for text, side in ((left, lefts), (right, rights)):
                number = numbers.get(text)
                if number is None:
                    number = numbers[text] = known + len(fresh)
                    fresh.append(profile(text, kind))
                side.append(number)
        self._add(fresh)
        return np.array(lefts), np.array(rights)

    def _add(self, fresh: Sequence[Profile]) -> None:
        parts = [part for name in fresh for part in name.parts]
        rows = np.empty(len(parts), PART)
        rows["word"] = self._word_numbers([part.text for part in parts])
        rows["rarity"] = np.array([r for name in fresh for r in name.rarity], float)[:, None]
        rows["role"], rows["script"] = [part.role for part in parts], [part.script for part in parts]
        rows["first"] = [ord(part.text[0]) for part in parts]
        pieces = list[str]()
        start, at, forms, names = len(self._parts), len(self._pieces), self._forms, list[Any]()
        for name in fresh:
            words, runs = _words_and_runs(name)
            lengths, joined = name.sizes
            runs_at = at + len(words)
            names.append((
                start, len(name.parts), (at, len(words)), (runs_at, len(runs)), lengths & LOW, joined & LOW,
                forms.setdefault(name.form, len(forms)), LINEAGE * name.lineage | CHARACTERS * name.characters,
                name.kind is Kind.PERSON, name.lineage, name.syllabic, name.characters,
                len(name.whole) > MOST_PARTS or joined > LOW,
            ))  # fmt: skip
            pieces += words
            pieces += runs
            start, at = start + len(name.parts), runs_at + len(runs)
        self._parts.extend(rows)
        self._names.extend(names)
        self._piece_texts += pieces
        rows = np.empty(len(pieces), PIECE)
        rows["length"], rows["sound"] = [len(text) for text in pieces], UNHEARD
        rows["first"], rows["last"] = [ord(text[0]) for text in pieces], [ord(text[-1]) for text in pieces]
        self._pieces.extend(rows)

    def _word_numbers(self, texts: Sequence[str]) -> list[int]:
        """Numbers of these words; unknown ones are measured."""
        unmet = [text for text in dict.fromkeys(texts) if text not in self._words]
        self._words.update(zip(unmet, range(len(self._words), len(self._words) + len(unmet)), strict=True))
        measured = shapes(unmet)
        self._texts += unmet
        self._sounds += measured.sounds
        for column, name in zip(self._shape, SHAPE, strict=True):
            column.extend(getattr(measured, name))
        return [self._words[text] for text in texts]

    def _cut_otherwise(self, left: Any, right: Any) -> Any:
        """Whether one of the two may have a word that is a run of the other's words, see `variants`: (n,) bool."""
        found = np.zeros(len(left), bool)
        for one, other in ((left, right), (right, left)):
            hit = np.flatnonzero(one["lengths"] & other["runs_lengths"])
            pair, word, run = _crossed(one["words"][hit], other["runs"][hit])
            length = self._pieces.array["length"]
            near = np.flatnonzero(length[word] - length[run] + np.uint8(1) <= 2)
            pair, word, run = hit[pair[near]], word[near], run[near]
            alike = np.flatnonzero(self._alike(word, run))
            for place, piece in zip(pair[alike].tolist(), word[alike].tolist(), strict=True):
                start, size = other["start"][place], other["size"][place]
                known = self._parts.array["word"][start : start + size].tolist()
                found[place] |= self._piece_texts[piece] not in [self._texts[number] for number in known]
        return found

    def _alike(self, word: Any, run: Any) -> Any:
        """Whether a word and a run are an edit apart at the most, or sound the same: (n,) bool."""
        self._hear(word, run)
        pieces = self._pieces.array
        found = pieces["sound"][word] == pieces["sound"][run]
        # One edit leaves the first or the last letter as it is.
        ends = np.flatnonzero((pieces["first"][word] == pieces["first"][run])
                              | (pieces["last"][word] == pieces["last"][run]))  # fmt: skip
        texts = ([self._piece_texts[i] for i in side[ends].tolist()] for side in (word, run))
        found[ends] |= process.cpdist(*texts, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8) < 2
        return found

    def _hear(self, *asked: Any) -> None:
        """Number the sounds of these pieces where they have none."""
        heard = self._pieces.array["sound"]
        numbers = np.concatenate(asked)
        for piece in np.unique(numbers[heard[numbers] < 0]).tolist():
            text = sound(self._piece_texts[piece])
            heard[piece] = self._heard.setdefault(text, len(self._heard))

    def _block(self, left: Any, right: Any, names: Any, width: int) -> Block:
        parts, listed = self._parts.array, self._names.array
        places = np.arange(width)
        rows = np.where(places < left["size"][:, None], left["start"][:, None] + places, -1)
        arrays = {"name_part": np.arange(len(parts)), "name_role": parts["role"], "part_rarity": parts["rarity"],
                  "name_flags": listed["flags"], "name_form": listed["form"]}  # fmt: skip
        index = SimpleNamespace(arrays=arrays, name_start=listed["start"], part_first=parts["first"])
        words: Any = SimpleNamespace(index=index, role=parts["role"], rarity=parts["rarity"], first=parts["first"])
        columns = {name: left[name] for name in ("person", "form", "lineage", "syllabic", "characters")}
        probes: Any = SimpleNamespace(rows=rows, **columns)
        order = np.arange(len(left))
        found: Any = SimpleNamespace(probe=order, names=names, size=right["size"], cells=self._cells(left, right))
        return Block(words, probes, found, order, width)

    def _cells(self, left: Any, right: Any) -> tuple[Any, Any, Any, Any]:
        """(pair, place in the left name, place in the right one, grade) of all parts that are alike."""
        pair, one, other = _crossed(*(np.stack([side["start"], side["size"]], 1) for side in (left, right)))
        parts = self._parts.array
        words, scripts, roles = (parts[name] for name in ("word", "script", "role"))
        measured = Shapes(self._texts, self._sounds, *(column.array for column in self._shape))
        grade = grades(measured, words[one], measured, words[other], PAIRINGS[scripts[one], scripts[other]])
        number = (roles[one] == Role.NUMBER) | (roles[other] == Role.NUMBER)
        alike = np.flatnonzero((grade > 0) & (~number | (grade == Grade.EXACT)))
        pair, one, other = pair[alike], one[alike], other[alike]
        return pair, one - left["start"][pair], other - right["start"][pair], grade[alike]


@cache
def names() -> Names:
    """The names that this process has met."""
    return Names()


def _words_and_runs(name: Profile) -> tuple[list[str], list[str]]:
    """The plain words of a name, and those side by side written together by twos and threes: what is long enough."""
    whole = name.whole[:MOST_PARTS]
    plain = name.plain and len(whole) == len(name.parts)
    texts = [part.text if plain or is_plain(part) else "" for part in whole]
    runs = [a + b for a, b in pairwise(texts) if a and b]
    runs += [a + b + c for a, b, c in zip(texts, texts[1:], texts[2:], strict=False) if a and b and c]
    words = [text for text in texts if len(text) >= SHORTEST_WORD - 1]
    return words, [run for run in runs if len(run) >= SHORTEST_WORD]


def _crossed(ones: Any, others: Any) -> tuple[Any, Any, Any]:
    """Every one with every other, pair by pair: (pair, one, other), of rows (start, count) for each pair."""
    counts = ones[:, 1] * others[:, 1]
    pair = np.repeat(np.arange(len(ones)), counts)
    at = spread(np.zeros(len(ones), np.int64), counts)
    one, other = np.divmod(at, others[pair, 1])
    return pair, ones[pair, 0] + one, others[pair, 0] + other
