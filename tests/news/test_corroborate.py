"""Several documents on one thing."""

from allonym.news.corroborate import copies, events
from allonym.news.reading import Amount, Measure, Reading, Span

WIRE = (
    "The ministry said on Monday that three ships had been added to its list, and that their owners were told so. " * 3
)
OTHER = (
    "According to our correspondent, the harbour master knew nothing of ships on any list when he was asked today. " * 3
)


def reading(text: str, outlet: str, **told: object) -> Reading:
    measure = Measure("sanctions", Span(0, 10), "Canada", ("Viv Ansanm",), **told)  # type: ignore[arg-type]
    return Reading(text, "en", measures=(measure,), source={"outlet": outlet})


def test_a_wire_text_that_two_print_is_one() -> None:
    assert copies([WIRE, "HEADLINE\n" + WIRE, OTHER]) == [0, 0, 2]


def test_copies_count_once_and_outlets_are_listed() -> None:
    (event,) = events([reading(WIRE, "A"), reading(WIRE + " More.", "B"), reading(OTHER, "C")])
    assert event.documents == (0, 1, 2)
    assert event.sources == ((0, 1), (2,))
    assert (event.independent, event.outlets) == (2, ("A", "C"))


def test_one_outlet_twice_is_one_account() -> None:
    (event,) = events([reading(WIRE, "A"), reading(OTHER, "A")])
    assert event.independent == 1


def test_another_amount_or_day_is_another_event() -> None:
    five, six = Amount(5e6, "USD"), Amount(6e6, "USD")
    assert len(events([reading(WIRE, "A", amount=five), reading(OTHER, "B", amount=six)])) == 2
    assert len(events([reading(WIRE, "A", iso="2025-01-01"), reading(OTHER, "B", iso="2025-03-01")])) == 2
    assert len(events([reading(WIRE, "A", iso="2025-01"), reading(OTHER, "B", iso="2025-01-09")])) == 1


def test_the_end_of_a_month_is_near_the_next_one() -> None:
    assert len(events([reading(WIRE, "A", iso="2025-05-31"), reading(OTHER, "B", iso="2025-06-01")])) == 1
    assert len(events([reading(WIRE, "A", iso="2025-05-31"), reading(OTHER, "B", iso="2025-06-04")])) == 2


def test_no_text_is_no_copy() -> None:
    assert copies(["", "", "one two"]) == [0, 1, 2]
