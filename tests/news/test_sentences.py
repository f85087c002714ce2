"""Sentences and quotations keep their places in the text."""

import pytest

from allonym.news.sentences import paragraphs, quotations, sentences, within


def texts(text, spans):
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“One two,” she said. “Three.”", ["“One two,”", "“Three.”"]),
        ("''It is over,'' he said.", ["''It is over,''"]),
        ("``It is over,'' he said.", ["``It is over,''"]),
        ("«Dijo «vete» y salió», contó.", ["«Dijo «vete» y salió»"]),
        ("'We knew the workers' hall,' she said.", ["'We knew the workers' hall,'"]),
        ("‘The workers’ demands are fair,’ he said.", ["‘The workers’ demands are fair,’"]),
        ("It's the ship's bell.", []),
        ("—Ya voy —dijo Luz—. Espera.", ["—Ya voy", "Espera."]),
        ("— Ya voy.", []),
        ("The minister, tonight: — That is false.", ["— That is false."]),
        ("“First part.\n“Second part,” he said.", ["“First part.", "“Second part,”"]),
        ("“never closed\n\nOther text.", []),
    ],
)
def test_quotations(text, expected):
    assert texts(text, quotations(text)) == expected


def test_a_quotation_in_a_quotation():
    text = "“My boss said, ‘The file is complete’, and left.”"
    assert texts(text, within(text, quotations(text)[0])) == ["‘The file is complete’"]


def test_sentences_do_not_end_in_a_quotation_nor_after_an_abbreviation():
    text = "Gen. Ruiz met J. Paz. “Stop. Go home,” he said. Nobody did."
    assert texts(text, sentences(text)) == ["Gen. Ruiz met J. Paz.", "“Stop. Go home,” he said.", "Nobody did."]


@pytest.mark.parametrize("text", ["", "“", "'", "—", "“”", "\n\n", "«“‘", "- - -", '"a', ": — "])
def test_odd_text_does_no_harm(text):
    assert isinstance(quotations(text), tuple)
    assert isinstance(sentences(text), tuple)
    assert isinstance(paragraphs(text), tuple)
