"""Legal forms."""

import subprocess
import sys

import pytest

from allonym.names.forms import is_form, mark, table


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


def test_the_file_is_what_the_script_makes_of_its_sources() -> None:
    made = pytest.importorskip("bench.learn.forms")
    assert table() == made.table()


def test_the_table_is_ready_soon() -> None:
    code = (
        "import time; from importlib.resources import files; from allonym.names import forms; files('allonym.names');"
        "started = time.process_time(); forms.table(); assert time.process_time() - started < 0.02;"
        "import sys; assert 'rigour' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
