"""Arabic given names of two words, also as hurried people type them."""

import pytest

from allonym.names.compounds import parted


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("abdurrahman", ("abdul", "rahman")),
        ("aabderrahmane", ("abdul", "rahmane")),
        ("adbrahman", ("abdul", "rahman")),
        ("badur", ("abdul",)),
        ("adbul", ("abdul",)),
        ("abbd", ("abdul",)),
        ("adbulla", ("abdullah",)),
        ("bader", ("bader",)),
        ("abdulov", ("abdulov",)),
        ("adbulov", ("adbulov",)),
    ],
)
def test_servant_in_its_spellings_and_slips(word: str, parts: tuple[str, ...]) -> None:
    assert parted(word) == parts
