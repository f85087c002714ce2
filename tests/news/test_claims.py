"""Who says what, and to whom."""

import pytest

from allonym.news.claims import claims, linked
from allonym.news.reading import Measure, Mention, Span


def read(text, lang="en", measures=(), **names):
    """The claims of a text in which each name is every time a mention of its type."""
    mentions = []
    for type_, listed in names.items():
        for name in listed:
            at = text.find(name)
            while at >= 0:
                mentions.append(Mention(Span(at, at + len(name)), type_, name))
                at = text.find(name, at + 1)
    found = claims(text, tuple(sorted(mentions, key=lambda m: m.span)), lang)
    return linked(text, found, tuple(measures))


def contents(text, claim):
    return [text[span.start : span.end] for span in claim.contents]


def test_a_split_quotation_is_one_claim_by_whom_the_pronoun_means():
    text = "Spanish Minister Elena Prat spoke on Friday. “We are ready,” she said. “We will wait.”"
    (claim,) = read(text, person=["Elena Prat"])
    assert contents(text, claim) == ["“We are ready,”", "“We will wait.”"]
    assert (claim.speaker, claim.kind, claim.role) == ("Elena Prat", "direct", "Spanish Minister")
    assert text[claim.speaker_span.start : claim.speaker_span.end] == "she"


def test_an_unnamed_source_told_a_medium():
    text = "“It will happen before the summer,” a source close to the ministry told The Daily Ledger."
    (claim,) = read(text, media=["The Daily Ledger"])
    assert claim.anonymous
    assert (claim.speaker, claim.outlet) == ("a source close to the ministry", "The Daily Ledger")


@pytest.mark.parametrize(
    ("lang", "text", "name", "said"),
    [
        ("en", "Ana Ruiz said that the port was shut.", "Ana Ruiz", "the port was shut"),
        ("en", "The port was shut on the same day, Ana Ruiz said.", "Ana Ruiz", "The port was shut on the same day"),
        ("en", "According to Ana Ruiz, the port was shut.", "Ana Ruiz", "the port was shut"),
        ("es", "Ana Ruiz afirmó que el puerto estaba cerrado.", "Ana Ruiz", "el puerto estaba cerrado"),
        ("es", "Según Ana Ruiz, el puerto estaba cerrado.", "Ana Ruiz", "el puerto estaba cerrado"),
        ("pt", "Ana Reis disse que o porto estava fechado.", "Ana Reis", "o porto estava fechado"),
        ("pt", "Segundo Ana Reis, o porto estava fechado.", "Ana Reis", "o porto estava fechado"),
    ],
)
def test_reported_speech(lang, text, name, said):
    (claim,) = read(text, lang, person=[name])
    assert (claim.speaker, contents(text, claim), claim.kind) == (name, [said], "paraphrase")


def test_an_announcement_is_a_claim():
    text = "On Thursday, Attorney General Ruth Cole announced a new reward for information."
    (claim,) = read(text, person=["Ruth Cole"])
    assert (claim.role, contents(text, claim)) == ("Attorney General", ["a new reward for information"])


def test_a_denial_names_the_measure():
    text = "Reports spoke of a raid on the port. “That is false,” Minister Ruth Cole said."
    raid = Measure("use_of_force", Span(0, 35))
    (claim,) = read(text, measures=[raid], person=["Ruth Cole"])
    assert claim.denial
    assert claim.denial_of == "measure:0"


def test_dialogue_with_dashes():
    text = "El cirujano Luis Vega lo sabe.\n—Ya me acostumbré a las bromas —dijo Vega—. Son de cariño."
    (claim,) = claims(
        text, (Mention(Span(12, 21), "person", "Luis Vega"), Mention(Span(68, 72), "person", "Luis Vega")), "es"
    )
    assert contents(text, claim) == ["—Ya me acostumbré a las bromas", "Son de cariño."]
    assert claim.speaker == "Luis Vega"


def test_a_quotation_within_one_has_its_own_speaker():
    text = "“My boss said to me, ‘The file is complete’, and that was all,” Ana Ruiz said."
    outer, inner = read(text, person=["Ana Ruiz"])
    assert (outer.speaker, inner.speaker, inner.source_of) == ("Ana Ruiz", "My boss", "claim:0")


@pytest.mark.parametrize(
    "text",
    [
        "The “Potash King” lost his yacht.",
        "Ana Ruiz declined to say that it was over.",
        "The State Department put six groups on a list.",
        "He read “War Song” to the children.",
    ],
)
def test_no_claims(text):
    assert read(text, person=["Ana Ruiz"]) == ()


@pytest.mark.parametrize("lang", ["en", "es", "pt"])
@pytest.mark.parametrize(
    "text", ["", "said", "“", "“A,” said", "según", "—dijo", "Q: a\nA: b\nA: c", "announced", "“a” “b” said that"]
)
def test_odd_text_does_no_harm(text, lang):
    assert isinstance(claims(text, (), lang), tuple)


def test_the_source_is_the_unnamed_one_before():
    text = "“It will happen soon,” a source close to the ministry said.\nThe source said that the port was shut."
    first, second = read(text)
    assert second.anonymous
    assert second.speaker == first.speaker == "a source close to the ministry"
