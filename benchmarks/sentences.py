"""What residents write, by what is in store for it: the labelled sets of the tests."""

from collections.abc import Mapping
from pathlib import Path

from bot.households.headcount import ReadingKind
from bot.households.labelled import read_replies
from knowledge.labelled import read_messages, read_questions

DATA = Path(__file__).parent.parent / "tests" / "data"
COMMANDS = ("帮助", "我问过的", "我的数据", "倡议书", "我的社区", "你好")


def sentences() -> Mapping[str, tuple[str, ...]]:
    """By kind of message."""
    questions = read_questions(DATA / "questions.jsonl")
    messages = read_messages(DATA / "rumour_messages.jsonl")
    replies = read_replies(DATA / "headcounts.jsonl")
    return {
        "question": tuple(one.text for one in questions if one.relevant),
        "unknown question": tuple(one.text for one in questions if one.relevant == frozenset()),
        "known rumour": tuple(one.text for one in messages if one.claims),
        "suspected rumour": tuple(one.text for one in messages if one.rumour and not one.claims),
        "headcount": tuple(one.text for one in replies if one.kind is ReadingKind.COUNT),
        "command": COMMANDS,
    }
