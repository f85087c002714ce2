"""Answers about words and names that are kept, the latest first, and can be forgotten all at once.

Takes functions of texts; gives them with a memory. What is kept at the end of a process is looked through by Python's
collector several times before it goes, which for ten thousand names takes ten times as long as to forget them.
"""

from collections.abc import Callable
from functools import _lru_cache_wrapper, lru_cache
from typing import Any, TypeVar

T = TypeVar("T")
_ALL: list["_lru_cache_wrapper[Any]"] = []


def remembered(most: int) -> "Callable[[Callable[..., T]], _lru_cache_wrapper[T]]":
    """`lru_cache` of so many answers, which `forget` empties."""

    def decorated(function: Callable[..., T]) -> "_lru_cache_wrapper[T]":
        found = lru_cache(maxsize=most)(function)
        _ALL.append(found)
        return found

    return decorated


def forget() -> None:
    """Empty every memory; what is asked again is worked out again."""
    for one in _ALL:
        one.cache_clear()
