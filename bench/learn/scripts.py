"""Makes `src/allonym/names/arabic_words.tsv`: how words in Arabic script are written in Latin letters.

    python -m bench.learn.scripts --lists ../shared/lists/un_sc/*.xml ../shared/lists/eu_fsf/*.xml

Joins bench/learn/arabic_words.tsv, the usual spellings of common names, with what the lists themselves show: an entry
has its name in both scripts, and a word that meets one Latin word again and again is that word. Entries kept for
testing are left out.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz.distance import OSA

from allonym.errors import UsageError
from allonym.model import NAME_PROPS, Statement
from allonym.names import arabic
from allonym.names.parts import Kind, Role, read
from allonym.names.similarity import Grade, grade
from allonym.names.sound import skeleton, sound
from allonym.sources import catalogue
from allonym.sources.entry import Report
from allonym.sources.source import Bundle
from bench.groups import script
from bench.learn.frequencies import is_kept_for_testing

OWN = Path(__file__).with_name("arabic_words.tsv")
TARGET = Path(__file__).parents[2] / "src/allonym/names/arabic_words.tsv"
HEADER = """\
# A Latin spelling, and the words in Arabic script that are written so, in one form of their letters (arabic.folded).
# Common names by hand; the rest from names that entries of the UN and EU lists bear in both scripts. Made by
# bench/learn/scripts.py
"""
FEWEST = 3  # entries in which a word meets a Latin one
ALIKE = {Grade.EXACT: 1.0, Grade.VARIANT: 0.95, Grade.NEAR: 0.8, Grade.CLOSE: 0.7, Grade.SHORT: 0.6}
Spellings = dict[str, Counter[str]]


def people(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Id and names of each person of a list, those kept for testing left out."""
    with path.open("rb") as file:
        head = file.read(8_192)
    form = next((f for f in catalogue.formats() if f.recognise(path, head)), None)
    if form is None:
        raise UsageError(f"{path}: is in no known format")
    found: dict[str, list[str]] = {}
    for record in form.read(Bundle(form, path, form.companions(path)), Report()):
        if isinstance(record, Statement) and record.prop in NAME_PROPS and record.schema == "Person":
            found.setdefault(record.entity_id, []).append(record.value)
    for entity, values in found.items():
        if not is_kept_for_testing(entity.rpartition("-")[2]):
            yield entity, values


def met(native: str, latin: list[str]) -> Iterator[tuple[str, str]]:
    """Words of a name in Arabic script, each with the one Latin part of the entry's names that has its consonants."""
    parts = {p.text for name in latin for p in read(name, Kind.PERSON).parts if p.role in (Role.PART, Role.TITLE)}
    by_bones: defaultdict[str, set[str]] = defaultdict(set)
    for part in parts:
        by_bones[skeleton(part)].add(part)
    for word in native.split():
        key = arabic.folded(word)
        key = key.removeprefix(arabic.ARTICLE) if len(key) >= 5 else key
        text = arabic.consonants(key)
        for part in _nearest(text, by_bones):
            yield key, part


def _nearest(text: str, by_bones: dict[str, set[str]]) -> set[str]:
    """The Latin parts with the same consonants, else with one more or less where there are three."""
    bones = skeleton(text)
    found = by_bones.get(bones, set())
    if not found:
        near = {b for b in by_bones if len(b) >= 3 and len(bones) >= 3 and OSA.distance(b, bones) == 1}
        found = by_bones[near.pop()] if len(near) == 1 else set()
    # Long vowels are written, so that they tell Bashir from Bashar.
    heard = text.replace("y", "i").replace("w", "u")
    distance = {part: OSA.distance(sound(part), heard) for part in found}
    return {part for part in found if distance[part] == min(distance.values())}


def learnt(paths: list[Path]) -> Spellings:
    """Latin spellings of each word, by the number of entries in which they meet."""
    entries: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for path in paths:
        for entity, values in people(path):
            latin = [v for v in values if script(v) == "Latin"]
            for pair in {pair for v in values if script(v) == "Arabic" for pair in met(v, latin)}:
                entries[pair].add(entity)
    found: Spellings = defaultdict(Counter)
    for (word, part), bearers in entries.items():
        found[word][part] = len(bearers)
    return found


def likeness(one: str, spellings: Counter[str]) -> float:
    """How much like the spellings that are met this one is."""
    return sum(n * ALIKE.get(grade(one, other), 0.0) for other, n in spellings.items())


def own() -> dict[str, str]:
    """Common names by hand: folded word to Latin spelling."""
    found: dict[str, str] = {}
    for line in OWN.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            latin, words = line.split("\t")
            for word in words.split(" "):
                found.setdefault(arabic.folded(word), latin)
    return found


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lists", type=Path, nargs="+", required=True)
    spelt = own()
    count = len(spelt)
    for word, spellings in learnt(parser.parse_args().lists).items():
        if word not in spelt and spellings.total() >= FEWEST and len(word) >= 2:
            spelt[word] = max(sorted(spellings), key=lambda one: likeness(one, spellings))
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for word, latin in spelt.items():
        lines[latin].append(word)
    text = "".join(f"{latin}\t{' '.join(sorted(words))}\n" for latin, words in sorted(lines.items()))
    TARGET.write_text(HEADER + text, encoding="utf-8")
    print(f"{len(spelt)} words, {count} of them by hand, to {TARGET}")


if __name__ == "__main__":
    main()
