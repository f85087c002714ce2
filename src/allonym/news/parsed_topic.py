"""What list a parsed text speaks of where a clause does not tell it.

Takes a token and the vocabulary; gives a type of measure or None. Must not look further than a few sentences back.
"""

import re

from spacy.tokens import Token

from allonym.news.parsed_words import AHEAD, TOPIC
from allonym.news.tokens import behind
from allonym.news.vocabulary import ParseWords


def topic(token: Token, words: ParseWords) -> str | None:
    """What list the sentences up to a word, and the rest of its own, speak of last."""
    found = [m for m in _said(token, words) if m.lastgroup]
    return found[-1].lastgroup if found else None


def of_terror(token: Token, words: ParseWords) -> bool:
    """Whether those sentences speak last of lists of terrorists, whatever is called a blacklist."""
    found = [m for m in _said(token, words) if not m[0].lower().startswith("blacklist")]
    return bool(found) and found[-1].lastgroup == "terrorist_designation"


def _said(token: Token, words: ParseWords) -> list[re.Match[str]]:
    end = next((t.i for t in token.doc[token.i + 1 : token.i + AHEAD] if t.is_sent_start), token.i + AHEAD)
    told = behind(token, TOPIC) + token.doc[token.i : end].text
    return list(words.topic.finditer(told))
