"""A yes to a household's numbers, right after they were asked about, later, and beside another question."""

import pytest

from bot.conversation import Conversation, Step
from bot.handlers.open_headcount import OpenHeadcount, Standing, agrees, denies, names_numbers, remembered
from bot.households.headcount import Headcount

BARE = ("1", "好", "嗯嗯", "行", "可以")
FIRM = ("对", "对着哩", "是的", "没错", "确认", "对对对")
NAMED = ("人数对", "人数没错", "家里人数是对的", "数字对着哩")
FIRM_NO = ("不对", "不是", "错了", "说错了")
NAMED_NO = ("人数不对", "人数错了", "数字不对")


def opened(standing: Standing) -> OpenHeadcount:
    return OpenHeadcount(standing, said=Headcount(total=5), number=None, refused=False)


@pytest.mark.parametrize(
    ("standing", "sure"),
    [
        (Standing.CLOSED, ()),
        (Standing.JUST_ASKED, (*BARE, *FIRM, *NAMED)),
        (Standing.INTERRUPTED, (*FIRM, *NAMED)),
        (Standing.RIVALLED, NAMED),
    ],
)
def test_the_longer_ago_we_asked_the_more_a_yes_must_say(standing: Standing, sure: tuple[str, ...]) -> None:
    assert tuple(word for word in (*BARE, *FIRM, *NAMED) if agrees(opened(standing), word)) == sure


@pytest.mark.parametrize(
    ("standing", "sure"),
    [
        (Standing.CLOSED, ()),
        (Standing.INTERRUPTED, (*FIRM_NO, *NAMED_NO)),
        (Standing.RIVALLED, NAMED_NO),
    ],
)
def test_so_must_a_no(standing: Standing, sure: tuple[str, ...]) -> None:
    assert tuple(word for word in (*FIRM_NO, *NAMED_NO) if denies(opened(standing), word)) == sure


@pytest.mark.parametrize(
    "words", ["人数", "对", "人数怎么报", "人数对不上", "数字2", "数字不对", "数字是对的"]
)
def test_only_a_yes_or_no_that_names_them_can_be_meant_for_nothing_else(words: str) -> None:
    assert not names_numbers(words)


def test_what_was_told_so_far_is_read_from_the_talk() -> None:
    talk = Conversation(Step.CONFIRMING_HEADCOUNT, {"total": 5, "away": None, "number": 2, "refused": True})

    assert remembered(talk, Standing.JUST_ASKED) == OpenHeadcount(
        Standing.JUST_ASKED, said=Headcount(total=5), number=2, refused=True
    )
