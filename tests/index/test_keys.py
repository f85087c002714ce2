"""Every likeness that `similarity` grades is reached through a shared key."""

from hypothesis import assume, given
from hypothesis import strategies as st

from allonym.index.keys import keys
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
    assert set(keys(left)) & set(keys(right))


@given(WORD)
def test_a_word_without_vowels_reaches_its_vowelled_form(word: str) -> None:
    bare = "".join(c for c in word if c not in "aeiou")
    assume(grade(bare, word, 1) is Grade.CONSONANTS)
    assert set(keys(bare, True)) & set(keys(word))
