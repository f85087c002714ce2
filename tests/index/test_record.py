"""Entities as rows, and back."""

from hypothesis import given
from hypothesis import strategies as st

from allonym.index import record
from allonym.index.listed import Listed

TEXT = st.text(max_size=5)


@st.composite
def entities(draw: st.DrawFn) -> Listed:
    """An entity whose actor and caption may or may not be what a row leaves out."""
    names = tuple(dict.fromkeys(draw(st.lists(st.tuples(TEXT, st.booleans()), min_size=1, max_size=4))))
    entity_id = draw(TEXT)
    return Listed(
        entity_id,
        draw(st.just(entity_id) | TEXT),
        "b",
        "Person",
        draw(st.just(names[0][0]) | TEXT),
        names,
        draw(st.dictionaries(TEXT, st.lists(TEXT, max_size=2), max_size=2)),
        tuple(draw(st.lists(TEXT, max_size=2))),
    )


@given(entities())
def test_an_entity_comes_back_as_it_was(entity: Listed) -> None:
    assert record.entity(record.row(entity, 1, 0), ["a", "b"], ["Person"]) == entity
