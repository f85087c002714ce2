"""The fields of one object of a register file, taken out one by one with their types.

Takes a parsed JSON object and the words that say where it stands; gives text, lists and numbers. Must not ignore a
field: `done` raises ListError for what nobody asked for, so that a misspelt field cannot pass unseen.
"""

from collections.abc import Iterator
from typing import Any

from allonym.errors import ListError


class Fields:
    """One object of a register file. Every method raises ListError that names the object when the type is wrong."""

    __slots__ = ("_left", "where")

    def __init__(self, raw: Any, where: str) -> None:
        self.where = where
        if not isinstance(raw, dict):
            raise ListError(f"{where}: should be an object in braces; correct the file")
        self._left = dict(raw)
        if isinstance(raw.get("id"), str):
            self.where = f"{where} ({raw['id']})"

    def optional(self, key: str) -> str | None:
        """A text that may be absent; an empty one is refused."""
        if key not in self._left:
            return None
        value = self._left.pop(key)
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(key, "text")
        return value

    def text(self, key: str) -> str:
        """A text that must be there."""
        value = self.optional(key)
        if value is None:
            raise ListError(f"{self.where}: {key!r} is missing; add it")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty when absent."""
        value = self._left.pop(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise self._wrong(key, "a list of texts")
        return tuple(value)

    def number(self, key: str) -> int | None:
        """A whole number that may be absent."""
        value = self._left.pop(key, None)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            raise self._wrong(key, "a whole number")
        return value

    def flag(self, key: str) -> bool:
        """A truth value; false when absent."""
        value = self._left.pop(key, False)
        if not isinstance(value, bool):
            raise self._wrong(key, "true or false")
        return value

    def words(self, key: str) -> dict[str, str]:
        """An object of texts: words and what they mean."""
        value = self._left.pop(key, {})
        if not isinstance(value, dict) or not all(isinstance(meaning, str) for meaning in value.values()):
            raise self._wrong(key, "an object of texts")
        return dict(value)

    def items(self, key: str) -> Iterator["Fields"]:
        """The objects of a list; none when absent."""
        value = self._left.pop(key, [])
        if not isinstance(value, list):
            raise self._wrong(key, "a list of objects")
        for index, item in enumerate(value):
            yield Fields(item, f"{self.where}, {key} {index + 1}")

    def item(self, key: str) -> "Fields | None":
        """An object that may be absent."""
        return Fields(self._left.pop(key), f"{self.where}, {key}") if key in self._left else None

    def done(self) -> None:
        """Nothing may be left over."""
        if self._left:
            raise ListError(
                f"{self.where}: unknown field {', '.join(sorted(map(repr, self._left)))}; correct or remove it"
            )

    def _wrong(self, key: str, expected: str) -> ListError:
        return ListError(f"{self.where}: {key!r} should be {expected}; correct the file")
