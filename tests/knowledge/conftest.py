"""One dictionary for all tests here: loading it takes half a second."""

from datetime import date

import pytest

from knowledge.text import Segmenter, build_segmenter


@pytest.fixture(scope="session")
def segmenter() -> Segmenter:
    return build_segmenter()


@pytest.fixture
def day() -> date:
    return date(2022, 7, 14)
