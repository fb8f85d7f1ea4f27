from datetime import date

import pytest


@pytest.fixture
def day() -> date:
    return date(2022, 7, 14)
