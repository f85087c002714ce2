"""Query text as Lucene has it, and its forgiving form, as conditions on a shelf.

Takes what somebody typed; gives a condition, and the words by which what it finds is ranked. Words are joined by AND.
Must not fail on any text but by QueryError, and in the forgiving form not at all.
"""

import fnmatch
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from luqum import tree
from luqum.exceptions import ParseError
from luqum.thread import parse
from rapidfuzz.distance import DamerauLevenshtein

from allonym.api.yente.condition import ALL, Condition, between, has, joined, text
from allonym.api.yente.shelf import Shelf

LONGEST = 10_000  # characters
MOST_LEAVES = 200
DEEPEST = 60
MOST_PATTERNS = 20  # words with `*`, `?` or `~`, each of which looks through all words there are
MOST_EXPANDED = 50  # words that a pattern or a slip stands for
TOKEN = re.compile(r"\w+")
SIMPLE = re.compile(r'[-+|]|"[^"]*"|[^\s"|]+')
SLASH = re.compile(r"(?<!\\)/")
GROUPED = ("name", "names")


class QueryError(ValueError):
    """Query text that is malformed."""


@dataclass(slots=True)
class Reading:
    """Reads one query. `ranked` collects FTS5 expressions of what adds to relevance."""

    shelf: Shelf
    fuzzy: bool = False
    forgives: bool = False
    ranked: list[str] = field(default_factory=list)
    leaves: int = 0
    patterns: int = 0

    def strict(self, query: str) -> Condition:
        """The condition of a query in Lucene's syntax. Raises QueryError."""
        if len(query) > LONGEST:
            raise QueryError(f"longer than {LONGEST} characters")
        if not query.strip() or query.strip() in ("*", "*:*"):
            return ALL
        if len(SLASH.findall(query)) % 2:
            raise QueryError("an expression between slashes has no end")
        try:
            return self._read(parse(query), None, 0)
        except (ParseError, RecursionError) as error:
            raise QueryError(str(error) or "nested too deeply") from None

    def simple(self, query: str) -> Condition:
        """The condition of a query in the forgiving syntax: words, "phrases", `-` not, `|` or, `word*`."""
        self.forgives = True
        choices: list[list[Condition]] = [[]]
        negated = False
        for piece in SIMPLE.findall(query[:LONGEST])[:MOST_LEAVES]:
            if piece == "|":
                choices.append([])
                continue
            if piece in "+-":
                negated = piece == "-"
                continue
            negated, piece = negated or piece.startswith("-"), piece.lstrip("+-")
            found = self._words(piece.strip('"'), phrase=piece.startswith('"'), ranks=not negated)
            choices[-1].append(~found if negated else found)
            negated = False
        return joined([joined(one, "AND") for one in choices if one], "OR") if any(choices) else ALL

    @property
    def rank(self) -> str | None:
        """What the relevance of an entity is measured by; None where nothing says it."""
        return " OR ".join(dict.fromkeys(self.ranked[:MOST_LEAVES])) or None

    def _read(self, node: tree.Item, name: str | None, depth: int, *, ranks: bool = True) -> Condition:
        if depth > DEEPEST:
            raise QueryError("nested too deeply")
        self.leaves += 1
        if self.leaves > 2 * MOST_LEAVES:
            raise QueryError(f"more than {MOST_LEAVES} words")
        if isinstance(node, tree.SearchField):
            return self._read(node.expr, node.name, depth + 1, ranks=ranks)
        if isinstance(node, tree.Not | tree.Prohibit):
            return ~self._read(node.a, name, depth + 1, ranks=False)
        if isinstance(node, tree.BaseOperation):
            word = "OR" if isinstance(node, tree.OrOperation) else "AND"
            return joined([self._read(child, name, depth + 1, ranks=ranks) for child in node.children], word)
        if isinstance(node, tree.Range | tree.From | tree.To):
            return self._range(node, name)
        if isinstance(node, tree.Fuzzy) and isinstance(node.term, tree.Word):
            return self._slips(str(node.term.value), name, ranks=ranks)
        if isinstance(node, tree.Word | tree.Phrase):
            return self._leaf(node, name, ranks=ranks)
        if isinstance(node, tree.Regex):
            raise QueryError("regular expressions are not offered")
        inner = list(node.children)  # groups, boosts, plus, proximity
        if len(inner) != 1:
            raise QueryError("not understood")
        return self._read(inner[0], name, depth + 1, ranks=ranks)

    def _leaf(self, node: tree.Word | tree.Phrase, name: str | None, *, ranks: bool) -> Condition:
        phrase = isinstance(node, tree.Phrase)
        value = str(node.value)
        value = value[1:-1] if phrase else value
        value = re.sub(r"\\(.)", r"\1", value)
        if name is None or name in GROUPED or name == "text":
            return self._words(value, phrase=phrase, ranks=ranks, names=name in GROUPED)
        if value == "*":
            return between(self.shelf, name, ())
        return has(self.shelf, name, value)

    def _words(self, value: str, *, phrase: bool, ranks: bool, names: bool = False) -> Condition:
        """All words of a text, next to each other in a phrase."""
        if not phrase and not self.forgives and ("*" in value.rstrip("*") or "?" in value):
            return self._pattern(value, ranks=ranks)
        words = TOKEN.findall(value)
        if not words:
            return ALL
        if phrase:
            match = f'"{" ".join(words)}"'
        else:
            match = " AND ".join(f'"{word}"' for word in words) + ("*" if value.endswith("*") else "")
        return self._matched(match, ranks=ranks, names=names)

    def _matched(self, match: str, *, ranks: bool, names: bool = False) -> Condition:
        if ranks:
            self.ranked.append(f"({match})")
        return text(f"names: ({match})" if names else match)

    def _pattern(self, value: str, *, ranks: bool) -> Condition:
        """A word with `*` or `?` within: those of the shelf's words that it fits."""
        self._count_pattern()
        pattern = value.lower()
        first = re.match(r"\w*", pattern)
        found = [w for w in self._vocabulary(first[0] if first else "") if fnmatch.fnmatchcase(w, pattern)]
        return self._any(found[:MOST_EXPANDED], ranks=ranks)

    def _slips(self, value: str, name: str | None, *, ranks: bool) -> Condition:
        """A word with `~`: with `fuzzy`, what is a letter or two off too."""
        distance = 0 if len(value) < 3 else 1 if len(value) < 6 else 2
        if not self.fuzzy or not distance or not value.isalnum():
            return self._words(value, phrase=False, ranks=ranks, names=name in GROUPED)
        self._count_pattern()
        word, off = value.lower(), DamerauLevenshtein.distance
        near = [(off(word, w, score_cutoff=distance), w) for w in self._vocabulary(word[0])]
        return self._any([w for d, w in sorted(near) if d <= distance][:MOST_EXPANDED], ranks=ranks)

    def _count_pattern(self) -> None:
        self.patterns += 1
        if self.patterns > MOST_PATTERNS:
            raise QueryError(f"more than {MOST_PATTERNS} words with `*`, `?` or `~`")

    def _any(self, words: list[str], *, ranks: bool) -> Condition:
        if not words:
            return Condition("0")
        return self._matched(" OR ".join(f'"{word}"' for word in words), ranks=ranks)

    def _vocabulary(self, start: str) -> Iterator[str]:
        sql = "SELECT term FROM word WHERE term >= ? AND term < ?"
        return (str(term) for (term,) in self.shelf.rows(sql, (start, start + "\U0010ffff")))

    def _range(self, node: tree.Item, name: str | None) -> Condition:
        if name is None:
            raise QueryError("a range needs a field: birthDate:[1960 TO 1970]")
        bounds = []
        if isinstance(node, tree.Range):
            low, high = str(node.low.value).strip('"'), str(node.high.value).strip('"')
            if low != "*":
                bounds.append((">=" if node.include_low else ">", low))
            if high != "*":
                # A year as the upper end takes in its days.
                bounds.append(("<=", high + "\U0010ffff") if node.include_high else ("<", high))
        else:
            sign = ">" if isinstance(node, tree.From) else "<"
            bounds.append((sign + ("=" if node.include else ""), str(node.a.value)))
        return between(self.shelf, name, bounds)
