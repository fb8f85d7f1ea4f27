from datetime import date

import pytest

from knowledge.claim_seeds import sample_claims
from knowledge.library import Library
from knowledge.text import Segmenter

DAY = date(2022, 7, 14)


@pytest.fixture
def day() -> date:
    return DAY


@pytest.fixture(scope="module")
def desk(segmenter: Segmenter) -> Library:
    """The packaged claims, as they stand on that day."""
    return Library.build(claims=sample_claims(day=DAY), segmenter=segmenter)
