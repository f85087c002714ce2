"""What list a parsed text speaks of where a clause does not tell it.

Takes a token and the vocabulary; gives a type of measure or None. Must not look further than a few sentences back.
"""

from spacy.tokens import Token

from allonym.news.parsed_words import (
    AHEAD,
    TOPIC,
)
from allonym.news.tokens import behind
from allonym.news.vocabulary import ParseWords


def topic(token: Token, words: ParseWords) -> str | None:
    """What list the sentences up to a word, and the rest of its own, speak of last."""
    end = next((t.i for t in token.doc[token.i + 1 : token.i + AHEAD] if t.is_sent_start), token.i + AHEAD)
    told = behind(token, TOPIC) + token.doc[token.i : end].text
    found = list(words.topic.finditer(told))
    return found[-1].lastgroup if found else None
