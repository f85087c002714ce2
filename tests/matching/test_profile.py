"""Profiles: the quick way to one is the long way."""

from hypothesis import given
from hypothesis import strategies as st

from allonym.matching.profile import _profile, _word_by_word
from allonym.names.parts import Kind

WORDS = st.sampled_from(
    "Sergei al bin van der Emir Dr J. 12 007 Ltd GmbH Company Zavod of and Kim Jong-un Abd Allah Abdulrahman "
    "صدام 김정은 习近平 Müller O'Neill McDonald USA +".split()
)
NAMES = st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=30)


@given(NAMES, st.sampled_from(Kind))
def test_a_name_read_word_by_word_is_read_as_any_other(name: str, kind: Kind) -> None:
    found = _word_by_word(name, kind)
    assert found is None or found == _profile(name, kind)


def test_most_names_are_read_word_by_word() -> None:
    for name in ("Sergei Lavrov", "Osama bin Laden", "Kim Jong Un", "J. Müller", "صدام حسين"):
        assert _word_by_word(name, Kind.PERSON) is not None, name
    for name in ("Lavrov, Sergei", "Dr Sergei", "bin", ""):
        assert _word_by_word(name, Kind.PERSON) is None, name
