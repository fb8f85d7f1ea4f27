"""Models to keep: those that come with the program, so that nothing need be fitted."""

import pytest

from knowledge.models import Models, load_models


@pytest.fixture(scope="session")
def packaged() -> Models:
    return load_models()
