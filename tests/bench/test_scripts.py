"""How the table of words in Arabic script is learnt."""

from collections import Counter
from pathlib import Path

from bench.learn import scripts
from bench.learn.frequencies import is_kept_for_testing

from allonym.names import arabic


def test_a_word_meets_the_latin_part_with_its_consonants_and_long_vowels() -> None:
    found = set(scripts.met("بشار بشير الأسد", ["Bashar Bashir AL-ASSAD"]))
    assert found == {("بشار", "bashar"), ("بشير", "bashir"), ("اسد", "assad")}


def test_a_word_that_meets_nothing_is_left_out() -> None:
    assert list(scripts.met("محمد", ["Nicolas Maduro"])) == []


def test_a_spelling_is_as_like_as_those_that_are_met() -> None:
    spellings = Counter({"hussein": 2, "husayn": 2, "hoseyn": 1, "bosin": 1})
    alike = {one: scripts.likeness(one, spellings) for one in spellings}
    assert min(alike, key=lambda one: alike[one]) == "bosin"
    assert scripts.likeness("maduro", spellings) == 0


def test_the_table_in_use_has_the_words_by_hand() -> None:
    assert {key: pieces[0][0] for key, pieces in arabic.table().items()}.items() >= {"محمد": "muhammad"}.items()
    for word, latin in scripts.own().items():
        assert " ".join(text for text, _ in arabic.table()[word]) == latin


def test_entries_kept_for_testing_teach_nothing(tmp_path: Path) -> None:
    kept = next(str(n) for n in range(100) if is_kept_for_testing(str(n)))
    used = next(str(n) for n in range(100) if not is_kept_for_testing(str(n)))
    assert [is_kept_for_testing(n) for n in (kept, used)] == [True, False]
    people = "".join(
        f"<INDIVIDUAL><DATAID>{n}</DATAID><FIRST_NAME>Bashir</FIRST_NAME><UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE>"
        f"<NAME_ORIGINAL_SCRIPT>بشير</NAME_ORIGINAL_SCRIPT></INDIVIDUAL>"
        for n in (kept, used)
    )
    path = tmp_path / "un.xml"
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?><CONSOLIDATED_LIST dateGenerated="2026-01-01T00:00:00">'
        f"<INDIVIDUALS>{people}</INDIVIDUALS><ENTITIES/></CONSOLIDATED_LIST>",
        encoding="utf-8",
    )
    assert [entity for entity, _ in scripts.people(path)] == [f"un-{used}"]
    assert scripts.learnt([path]) == {"بشير": Counter({"bashir": 1})}
