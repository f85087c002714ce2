"""Which part is which."""

import copy

from hypothesis import given
from hypothesis import strategies as st

from allonym.matching.align import align
from allonym.matching.profile import profile
from allonym.matching.weights import weights
from allonym.names.parts import Kind

WORDS = st.sampled_from("lee li ri yi mohammed muhammad mohamed ali aly kim gim petrov petrova x 7".split())


@given(st.lists(WORDS, min_size=1, max_size=8).map(" ".join), st.sampled_from([Kind.PERSON, Kind.ORGANISATION]))
def test_an_identical_name_is_aligned_as_any_other(name: str, kind: Kind) -> None:
    table, slow = weights(), copy.copy(weights())
    assert table.exact_leads
    object.__setattr__(slow, "exact_leads", False)
    read = profile(name, kind)
    assert align(read, read, table) == align(read, read, slow)
