"""Every likeness that `similarity` grades is reached through a shared key."""

from itertools import combinations

from hypothesis import assume, given
from hypothesis import strategies as st

from allonym.index.keys import PREFIX, SHORTEST_ONE, SHORTEST_TWO, keys
from allonym.names.nicknames import full
from allonym.names.script import Script
from allonym.names.similarity import Grade, grade

WORD = st.text("abdehikmnorstuvy", min_size=3, max_size=14)
#: Reached through spelling; CLOSE by consonants alone needs only the skeleton key.
SPELT = (Grade.EXACT, Grade.VARIANT, Grade.NEAR, Grade.SHORT, Grade.TINY, Grade.LOOSE)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str]:
    """A word, and the same with one or two letters put in, left out, changed or turned round."""
    word = other = draw(WORD)
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(0, max(0, len(other) - 1)))
        letter = draw(st.sampled_from("abdehikmnorstuvy"))
        kind = draw(st.sampled_from(["put in", "leave out", "change", "turn round"]))
        if kind == "put in":
            other = other[:at] + letter + other[at:]
        elif kind == "leave out":
            other = other[:at] + other[at + 1 :]
        elif kind == "change":
            other = other[:at] + letter + other[at + 1 :]
        else:
            other = other[:at] + other[at + 1 : at + 2] + other[at : at + 1] + other[at + 2 :]
    return word, other


@given(edited())
def test_words_a_few_edits_apart_share_a_key(pair: tuple[str, str]) -> None:
    left, right = pair
    assume(right and grade(left, right) in SPELT)
    assert keys([left])[0] & keys([right], listed=True)[0]


@given(WORD)
def test_a_word_without_vowels_reaches_its_vowelled_form(word: str) -> None:
    bare = "".join(c for c in word if c not in "aeiou")
    assume(grade(bare, word, 1) is Grade.CONSONANTS)
    assert keys([bare], script=Script.BARE)[0] & keys([word], listed=True)[0]
    assert keys([word])[0] & keys([bare], script=Script.BARE, listed=True)[0]


@given(st.lists(st.text("abc1", min_size=1, max_size=9), max_size=4))
def test_the_keys_of_a_part_do_not_depend_on_the_others(words: list[str]) -> None:
    assert keys(words) == [keys([word])[0] for word in words]


@given(WORD)
def test_the_prefix_loses_up_to_two_letters(word: str) -> None:
    """As many different keys as there are different shortened forms, one more for the sound, one for the bones, and one
    a name it is short for."""
    head = word[:PREFIX]
    forms = {head}
    for gone in (1, 2):
        if len(word) >= (SHORTEST_ONE, SHORTEST_TWO)[gone - 1]:
            forms |= {"".join(c) for c in combinations(head, len(head) - gone)}
    assert len(forms) + 1 <= len(keys([word], listed=True)[0]) <= len(forms) + 2 + len(full(word))


def test_a_word_read_with_its_vowels_shares_two_consonants() -> None:
    assert keys(["saud"], script=Script.VOWELLED)[0] & keys(["saad"], listed=True)[0]
    assert keys(["saad"])[0] & keys(["saud"], script=Script.VOWELLED, listed=True)[0]
