"""What an exchange says by many weights: the same as asking of each of its parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.exchange_weights import ExchangeWeights
from knowledge.exchanges import Exchange

NAMES = st.frozensets(st.sampled_from("abcdef"), max_size=5)
ASKED = st.frozensets(st.sampled_from(["=p", "=q"]), max_size=2)
EXCHANGES = st.builds(Exchange, NAMES, NAMES, ASKED)


@given(st.lists(EXCHANGES, min_size=1, max_size=4), EXCHANGES)
def test_an_exchange_says_the_sum_of_the_weights_of_its_parts_each_once(
    learnt: list[Exchange], exchange: Exchange
) -> None:
    known = sorted({part for one in learnt for part in one.across()})
    weights = ExchangeWeights({part: 1.0 + number for number, part in enumerate(known)})
    expected = sum(weights.weights.get(part, 0.0) for part in {*exchange.across()}) / exchange.scale

    assert weights.said(exchange) == pytest.approx(expected)
