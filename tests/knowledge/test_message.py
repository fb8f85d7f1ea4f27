import pytest

from knowledge.library import Library
from knowledge.models import load_models
from knowledge.profile import Profile
from knowledge.text import Reading, Segmenter, normalise
from tests.knowledge.shelves import ARTICLES, CLAIMS

TEXT = "聽說 明天要封城，是真的嗎？？"


@pytest.fixture(scope="module")
def library(segmenter: Segmenter) -> Library:
    return Library.build(ARTICLES, CLAIMS, segmenter=segmenter)


def test_a_message_is_read_in_every_way_that_a_text_alone_would_be(library: Library) -> None:
    message = library.hear(TEXT)

    assert message.normal == normalise(TEXT)
    assert {"hearsay", "asks_truth"} <= message.cues
    assert message.profile.reading == library.read(TEXT).reading


def test_what_the_text_models_say_of_a_message_they_say_of_its_text(
    library: Library, segmenter: Segmenter
) -> None:
    for model in (load_models().flag, load_models().routing):
        assert model.chances(library.hear(TEXT).sample) == model.probabilities(TEXT, segmenter=segmenter)


def test_a_message_that_is_heard_again_is_not_read_again(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    profile_of = library.profiler.profile_of

    def counted(reading: Reading) -> Profile:
        read.append(reading.normal)
        return profile_of(reading)

    monkeypatch.setattr(library.profiler, "profile_of", counted)
    message = library.hear(TEXT)

    assert library.hear(message) is message
    assert message.profile is library.hear(message).profile
    assert read == [normalise(TEXT)]
