"""A dictionary, and models to keep: those that come with the program, so that nothing need be fitted."""

import pytest

from knowledge.models import Models, load_models
from knowledge.text import Segmenter, build_segmenter


@pytest.fixture(scope="session")
def segmenter() -> Segmenter:
    return build_segmenter()


@pytest.fixture(scope="session")
def packaged() -> Models:
    return load_models()
