"""A few words that are found within a longer wording only: what it says besides is the case it is about."""

from datetime import date

import pytest

from knowledge.answering import Answer, Choices, find_answer
from knowledge.claim_seeds import sample_claims
from knowledge.intent import Intent
from knowledge.library import Library
from knowledge.seeds import sample_articles
from knowledge.text import Segmenter
from knowledge.understanding import understand

DAY = date(2022, 7, 14)
AT_ANDING = ("621100000000", "621102000000")


@pytest.fixture(scope="module")
def library(segmenter: Segmenter) -> Library:
    return Library.build(sample_articles(day=DAY), sample_claims(day=DAY), segmenter=segmenter)


@pytest.mark.parametrize("message", ["能串亲戚吗", "能上班不", "能退钱不"])
def test_an_article_on_one_case_is_offered_to_who_names_no_case(library: Library, message: str) -> None:
    found = find_answer(message, library=library, area_path=AT_ANDING, day=DAY)

    assert isinstance(found, Choices)
    assert found.offered[0].narrower
    assert not found.offered[0].is_sure


@pytest.mark.parametrize("message", ["隔离满了能串亲戚吗", "婚姻登记处上班没", "核酸在哪做"])
def test_who_names_the_case_or_asks_what_the_title_asks_is_answered(library: Library, message: str) -> None:
    assert isinstance(find_answer(message, library=library, area_path=AT_ANDING, day=DAY), Answer)


def test_who_asks_how_to_mend_something_is_answered_though_it_goes_round_that_it_breaks(
    library: Library,
) -> None:
    asked, doubted = (
        understand(message, library=library, area_path=AT_ANDING, day=DAY).routing.intent
        for message in ("封控期间停水停电、漏水怎么修？", "听说静默期间要停水停电，真的吗")
    )

    assert asked is Intent.QUESTION
    assert doubted is Intent.RUMOUR
