"""Slips, cut words, scripts of characters: rules by which unlisted people's names do not pass for listed ones."""

import pytest

import allonym
from allonym.names.frequency import part_rarity, rarity
from allonym.names.parts import Kind, Part


def score(left: str, right: str) -> float:
    """The score of two persons' names."""
    return allonym.compare(
        {"schema": "Person", "properties": {"name": [left]}}, {"schema": "Person", "properties": {"name": [right]}}
    ).score


@pytest.mark.parametrize(
    ("listed", "once", "twice"),
    [("Kim Yong Chol", "Kim Yong Chok", "Kim Yang Chok"), ("Bashir Karimov", "Baship Karimov", "Baship Karinov")],
)
def test_two_slips_weigh_more_than_twice_one(listed: str, once: str, twice: str) -> None:
    assert score(listed, listed) > score(once, listed) > score(twice, listed)
    features = [
        e.feature
        for e in allonym.compare(
            {"schema": "Person", "properties": {"name": [twice]}},
            {"schema": "Person", "properties": {"name": [listed]}},
        ).evidence
    ]
    assert "name_slips" in features


@pytest.mark.parametrize(
    ("left", "right"),
    [("Kyong Suk Na", "Kyong Sik SON"), ("Mi Yong Kim", "Yong-kil RI"), ("Qian Dai Song Ben", "Yong Chian LAI")],
)
def test_romanised_syllables_that_are_near_are_other_names(left: str, right: str) -> None:
    assert score(left, right) < 0.7


def test_characters_say_less_than_letters() -> None:
    assert score("김성훈", "Song Hun KIM") < score("Song Hun KIM", "Song Hun KIM")
    assert score("محمدی", "Muhammad") < 0.7


def test_pieces_of_a_word_tell_no_more_than_the_word() -> None:
    whole = rarity("jafar", Kind.PERSON)
    pieces = [part_rarity(Part(text, cut_from="jafar"), Kind.PERSON) for text in ("ja", "far")]
    assert sum(pieces) <= whole + 0.7
    assert pieces[1] < part_rarity(Part("far"), Kind.PERSON)


def test_a_short_form_stands_for_the_name() -> None:
    assert score("Ted Kaczynski", "Theodore Kaczynski") > 0.7
    assert score("Ted Kaczynski", "Thaddeus Kaczynski") < score("Ted Kaczynski", "Theodore Kaczynski")


def test_doubt_keeps_the_order_and_adds_up() -> None:
    far, farther = score("Ivan Petrov", "Ivan Sidorov"), score("Ivan Petrov", "Ivan Gonzalez Ruiz")
    assert 0.05 < farther < far < 0.5
    assert score("Ivan Petrov", "Maria Gonzalez Ruiz") < 0.01
