"""Grouping of unanswered questions, by the models that are shipped."""

from dataclasses import dataclass

import pytest

from knowledge.grouping import Fit, Grouping
from knowledge.library import Library
from knowledge.question_groups import group_question
from knowledge.shelf import fill_shelf
from knowledge.text import Segmenter


@dataclass(frozen=True)
class Waiting:
    id: str
    texts: tuple[str, ...]
    body: str = ""


WAITING = (
    Waiting("deposit", ("幼儿园封着还没开学，交了的保育费退不退",)),
    Waiting("scooter", ("电动三轮车能不能进县城",)),
    Waiting("pension", ("养老金什么时候能发下来",)),
    Waiting("testing", ("还做核酸吗",)),
    Waiting("buildings", ("1、2号楼解封了吗",)),
)


@pytest.fixture(scope="module")
def library(segmenter: Segmenter) -> Library:
    return Library.build(segmenter=segmenter)


def grouped(library: Library, question: str) -> Grouping[Waiting]:
    shelf = fill_shelf(WAITING, segmenter=library.profiler.segmenter)
    return group_question(question, shelf, profiler=library.profiler, judge=library.models.answers)


@pytest.mark.parametrize(
    ("question", "group"),
    [
        ("养老金什么时候能发下来？", "pension"),
        ("养老金啥时候能发下来", "pension"),
        ("电动三轮车能不能进县城？", "scooter"),
        ("电动三轮车可不可以进县城", "scooter"),
    ],
)
def test_the_same_question_in_other_words_is_sure_to_belong(
    library: Library, question: str, group: str
) -> None:
    found = grouped(library, question)
    assert (found.fit, found.candidates[0].pair.item.id) == (Fit.SURE, group)


def test_the_very_same_short_words_belong_together_and_others_are_only_suggested(library: Library) -> None:
    assert grouped(library, "还做核酸吗？").fit is Fit.SURE
    assert grouped(library, "核酸还做不").fit is not Fit.SURE


def test_the_same_signs_and_digits_in_another_number_are_never_sure(library: Library) -> None:
    assert grouped(library, "1、2号楼解封了吗？").fit is Fit.SURE
    assert grouped(library, "12号楼解封了吗").fit is not Fit.SURE


@pytest.mark.parametrize(
    "question",
    ["电动三轮车为什么不能进县城", "养老金为什么还没发下来", "电动三轮车怎么上牌", "养老金一个月发多少"],
)
def test_what_asks_something_else_of_the_same_thing_is_never_sure(library: Library, question: str) -> None:
    assert grouped(library, question).fit is not Fit.SURE


@pytest.mark.parametrize("question", ["水费在哪里交", "今年的洋芋种子补贴怎么领"])
def test_another_question_is_new(library: Library, question: str) -> None:
    assert grouped(library, question).fit is Fit.NEW


def test_nothing_that_residents_asked_is_remembered(library: Library) -> None:
    known_before = library.profiler.known.cache_info().currsize

    grouped(library, "三轮车让不让进县城")

    assert library.profiler.known.cache_info().currsize == known_before


def test_an_empty_shelf_knows_nothing(library: Library) -> None:
    nothing = fill_shelf((), segmenter=library.profiler.segmenter)
    found = group_question(
        "养老金什么时候能发下来", nothing, profiler=library.profiler, judge=library.models.answers
    )
    assert (found.fit, found.candidates) == (Fit.NEW, ())
