"""What is written without a Chinese character: no model has learnt what it sounds like, so none of them suspects it."""

from datetime import date

import pytest

from knowledge.intent import Intent
from knowledge.library import Library
from knowledge.rumours import Known, Ordinary
from knowledge.text import Segmenter
from knowledge.understanding import understand
from tests.knowledge.shelves import ARTICLES, AT_ANDING, CLAIMS

FOREIGN = [
    "How do I get my health code to turn green?",
    "Can I leave the village?",
    "COVID",
    "x" * 300,
    "wo jia 5 kou ren",
]


@pytest.fixture(scope="module")
def library(segmenter: Segmenter) -> Library:
    return Library.build(ARTICLES, CLAIMS, segmenter=segmenter)


@pytest.mark.parametrize("text", FOREIGN, ids=range(len(FOREIGN)))
def test_it_is_no_rumour_for_its_sound(library: Library, day: date, text: str) -> None:
    understood = understand(text, library=library, area_path=AT_ANDING, day=day)

    assert isinstance(understood.rumour, Ordinary)
    assert understood.routing.intent is not Intent.RUMOUR


def test_a_question_stays_one(library: Library, day: date) -> None:
    understood = understand(FOREIGN[0], library=library, area_path=AT_ANDING, day=day)

    assert understood.routing.intent is Intent.QUESTION


def test_one_chinese_word_is_enough_to_be_heard(library: Library, day: date) -> None:
    understood = understand("喝高度白酒能杀死新冠病毒 OMG!!", library=library, area_path=AT_ANDING, day=day)

    assert isinstance(understood.rumour, Known)
