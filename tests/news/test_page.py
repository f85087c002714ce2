"""A reading as a page: nothing of the text runs, nothing is lost."""

import html
import re

from allonym.news.page import page
from allonym.news.read import read
from allonym.news.reading import Reading

HOSTILE = "<script>alert(1)</script> & \"Los Choneros\" <img src=x onerror='y'> were sanctioned by Canada."


def test_everything_from_the_text_is_escaped() -> None:
    told = page(read(HOSTILE, lang="en"))
    assert "<script" not in told and "<img" not in told
    assert "default-src 'none'" in told


def test_the_article_of_the_page_is_the_text() -> None:
    text = "Canada sanctioned Los Choneros.\nThe U.S. Treasury did not.\n" + HOSTILE
    inner = re.search(r'<article dir="auto">(.*?)</article>', page(read(text, lang="en")), re.DOTALL)
    assert inner is not None
    assert html.unescape(re.sub(r"<[^>]+>", "", inner[1])) == text


def test_invisible_characters_are_written_out() -> None:
    told = page(read("Canada sanctioned Los\u202e Choneros.\nIt\u200b said\x07 so.", lang="en"))
    assert not re.search("[\u202e\u200b\x07]", told)
    assert "Los\\u202e Choneros.\nIt\\u200b said\\x07 so." in html.unescape(re.sub(r"<[^>]+>", "", told))


def test_an_empty_reading_is_a_page() -> None:
    assert page(Reading("", "")).startswith("<!doctype html>")
