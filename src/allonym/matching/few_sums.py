"""The sums of a few pairs of probe and listed name, by the rules of `names` themselves.

Takes the likenesses of one probe and numbers of names; gives for each the sum that `batch` gives for it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from allonym.index.build import CHARACTERS, LINEAGE, PERSON, WEAK
from allonym.index.probe import Probe
from allonym.index.words import Words
from allonym.matching.align import Option, greedy
from allonym.matching.names import Bare, weighed
from allonym.matching.weights import Weights
from allonym.names.frequency import INITIAL_RARITY, NUMBER_RARITY
from allonym.names.parts import Role
from allonym.names.similarity import Grade

GRADES = tuple(Grade)
Cell = tuple[int, Grade, float]  # place in the probe, grade, gain in nats


@dataclass(frozen=True, slots=True)
class Alike:
    """The likenesses of one probe in the order of its parts: arrays `part` (listed) and `grade`, and `gain` (nats), by
    likeness; by part of the probe the `sizes` of its likenesses, the `best` gain or 0, own `rarity` (nats), the
    `losses` where it is left over (nats, 0 for an initial) and `role`; `open`: places of parts that nothing is like,
    initials apart."""

    probe: Probe
    part: Any
    grade: Any
    gain: list[float]
    sizes: list[int]
    best: list[float]
    rarity: list[float]
    losses: list[float]
    role: list[int]
    open: list[int]


def sums(words: Words, weights: Weights, rarity: Any, like: Alike, names: Any) -> list[float]:
    """Nats, the prior included. `rarity`: that of the listed parts, by how the probe is read."""
    probe, starts, arrays = like.probe, words.index.name_start, words.index.arrays
    runs = list(zip(starts[names].tolist(), starts[names + 1].tolist(), strict=True))
    parts = [arrays["name_part"][start:end].tolist() for start, end in runs]
    cells = _cells(like, {part for own in parts for part in own})
    asked = Bare(like.rarity, like.role, Role.NUMBER not in like.role, probe.person, probe.form, probe.lineage,
                 probe.syllabic, probe.characters)  # fmt: skip
    found = []
    forms, flags = arrays["name_form"][names].tolist(), arrays["name_flags"][names].tolist()
    for own, (start, end), form, flag in zip(parts, runs, forms, flags, strict=True):
        listed = _listed(rarity[own].tolist(), arrays["name_role"][start:end].tolist(), form, flag)
        options: list[Option] = [
            (-gain, i, j, grade)
            for j, part in enumerate(own)
            for i, grade, gain in cells.get(part, ())
        ]  # fmt: skip
        if Role.NUMBER in listed.roles:
            options = _of_numbers(weights, asked, listed, options)
        if probe.initials or Role.INITIAL in listed.roles:
            options = [one for one in options if Role.INITIAL not in (asked.roles[one[1]], listed.roles[one[2]])]
            options += _of_initials(words, weights, probe, asked, listed, own)
        total = weights.prior
        aligned = greedy(options, len(asked.roles), len(own))
        for reason in weighed(aligned, asked, listed, weights, weak=flag & WEAK > 0):
            total += reason[1]
        found.append(total)
    return found


def _cells(like: Alike, wanted: Collection[int]) -> dict[int, list[Cell]]:
    """What is like some listed parts and gains something, by part."""
    found: dict[int, list[Cell]] = {}
    parts, at = like.part.tolist(), 0
    for slot, count in enumerate(like.sizes):
        for place in range(at, at + count):
            if parts[place] in wanted and (gain := like.gain[place]) > 0:
                found.setdefault(parts[place], []).append((slot, GRADES[like.grade[place]], gain))
        at += count
    return found


def _listed(rarity: list[float], roles: list[int], form: int, flags: int) -> Bare:
    plain = True
    for at, role in enumerate(roles):
        if role == Role.NUMBER:
            rarity[at], plain = NUMBER_RARITY, False
        elif role == Role.INITIAL:
            rarity[at] = INITIAL_RARITY
    return Bare(rarity, roles, plain, flags & PERSON > 0, form, flags & LINEAGE > 0, False, flags & CHARACTERS > 0)


def _of_numbers(weights: Weights, asked: Bare, listed: Bare, options: list[Option]) -> list[Option]:
    """The same with what numbers weigh: a part of the lists may be a number in one name and a word in another."""
    found: list[Option] = []
    for lost, i, j, grade in options:
        if listed.roles[j] == Role.NUMBER:
            rare = min(asked.rarity[i], listed.rarity[j])
            lost = -(weights.agree_share[grade] * rare + weights.agree_constant[grade])
        if lost < 0:
            found.append((lost, i, j, grade))
    return found


def _of_initials(
    words: Words, weights: Weights, probe: Probe, asked: Bare, listed: Bare, parts: list[int]
) -> list[Option]:
    """What initials on either side may stand for."""
    letters, others = words.first[list(probe.words)].tolist(), words.index.part_first[parts].tolist()
    options: list[Option] = []
    for i, role in enumerate(asked.roles):
        for j, other in enumerate(listed.roles):
            if Role.INITIAL in (role, other) and Role.NUMBER not in (role, other) and letters[i] == others[j]:
                grade = Grade.EXACT if role == other else Grade.INITIAL
                rare = min(asked.rarity[i], listed.rarity[j])
                gain = weights.agree_share[grade] * rare + weights.agree_constant[grade]
                if gain > 0:
                    options.append((-gain, i, j, grade))
    return options
