"""The month's messages and the size of a mass call."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcasts.calendar import SHANGHAI
from broadcasts.quota import Limits, batch_sizes, month_start


def test_the_reserve_is_kept_for_what_is_urgent() -> None:
    limits = Limits(mass_per_month=4, reserve=1)

    assert limits.allowance(urgent=False) == 3
    assert limits.allowance(urgent=True) == 4


@pytest.mark.parametrize(
    ("at", "start"),
    [
        (datetime(2022, 7, 31, 15, 59, tzinfo=UTC), datetime(2022, 7, 1, tzinfo=SHANGHAI)),
        (datetime(2022, 7, 31, 16, 0, tzinfo=UTC), datetime(2022, 8, 1, tzinfo=SHANGHAI)),
    ],
)
def test_a_month_begins_at_midnight_in_shanghai(at: datetime, start: datetime) -> None:
    assert month_start(at) == start


@pytest.mark.parametrize(
    ("recipients", "sizes"),
    [
        (0, ()),
        (1, ()),
        (2, (2,)),
        (10_000, (10_000,)),
        (10_001, (5_001, 5_000)),
        (20_003, (6_668, 6_668, 6_667)),
    ],
)
def test_recipients_are_spread_over_as_few_calls_as_possible(recipients: int, sizes: tuple[int, ...]) -> None:
    assert batch_sizes(recipients, limits=Limits()) == sizes


@settings(deadline=None)
@given(recipients=st.integers(2, 3_000_000), largest=st.integers(3, 10_000))
def test_no_mass_call_is_too_large_or_has_a_single_recipient(recipients: int, largest: int) -> None:
    sizes = batch_sizes(recipients, limits=Limits(mass_batch=largest))

    assert sum(sizes) == recipients
    assert len(sizes) == -(-recipients // largest)
    assert all(2 <= size <= largest for size in sizes)
