"""Legal forms."""

import pytest

from allonym.names.forms import is_form, mark


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("obshchestvo s ogranichennoi otvetstvennostyu", "llc"),
        ("obschestvo s ogranichennoy otvetstvennostiu", "llc"),
        ("aktsionernoye obshchestvo", "jsc"),
        ("publichnoe aktsionernoe obshchestvo", "jsc"),
        ("federalnoe gosudarstvennoe unitarnoe predpriyatie", "soe"),
        ("federal state unitary enterprise", "soe"),
        ("limited sirketi", "ltd"),
        ("anonim sirketi", "jsc"),
        ("youxian gongsi", "ltd"),
        ("sa de cv", "sa"),
        ("ooo", "llc"),
    ],
)
def test_forms(text: str, form: str) -> None:
    assert mark([*text.split(), "iskra"]) == [(form, True, len(text.split())), ("iskra", False, 1)]


@pytest.mark.parametrize("text", ["nauchnyy tsentr", "state enterprise", "foundation", "import", "kompaniya", "att"])
def test_words_with_a_meaning_of_their_own_are_no_form(text: str) -> None:
    assert not is_form(text.split())


def test_the_trade_after_a_form_is_part_of_the_name() -> None:
    found = mark("obshchestvo s ogranichennoy otvetstvennostyu torgovyy dom zarya".split())
    assert [text for text, is_form, _ in found if not is_form] == ["torgovyy", "dom", "zarya"]
