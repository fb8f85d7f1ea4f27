"""Every action that is written into the audit trail has its words on the auditor's page."""

import ast
import re
from collections.abc import Iterator

import pytest

from bot.console.labels import BROADCAST_STATUSES
from bot.console.trail_words import DETAILS, plain_subject, spoken, spoken_subject, things
from broadcasts.broadcast import Status
from tests.architecture.sources import Source, expect_none, sources

ACTION = re.compile(r"[a-z_]+(\.[a-z_]+)?")
# Whose first argument, or argument of this name, is an action; the second is what it was done to.
WRITERS = frozenset({"note", "_note", "_trace", "record"})
BY_NAME_ALONE = 99


def given(source: Source, place: int, name: str) -> Iterator[ast.expr]:
    """What is given to those who write the trail, at this place or by this name."""
    for call in source.calls():
        func = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        yield from (keyword.value for keyword in call.keywords if keyword.arg == name)
        yield from call.args[place : place + 1] if func in WRITERS else ()


def subjects_of(source: Source) -> set[str]:
    """The words they begin with."""
    values = (
        value.values[0] if isinstance(value, ast.JoinedStr) else value
        for value in given(source, 1, "subject")
    )
    return {
        value.value.strip()
        for value in values
        if isinstance(value, ast.Constant) and isinstance(value.value, str)
    }


def details_of(source: Source) -> set[str]:
    tables = (
        node
        for value in given(source, BY_NAME_ALONE, "detail")
        for node in ast.walk(value)
        if isinstance(node, ast.Dict)
    )
    return {key.value for table in tables for key in table.keys if isinstance(key, ast.Constant)}


def actions_of(source: Source) -> set[str]:
    found = set()
    for value in given(source, 0, "action"):
        if isinstance(value, ast.Constant) and isinstance(value.value, str) and ACTION.fullmatch(value.value):
            found.add(value.value)
    return found


def test_every_action_of_the_trail_is_spoken_in_chinese() -> None:
    silent = (
        f"{source.path}: {action}"
        for source in sources()
        if source.path.startswith("bot/")
        for action in actions_of(source)
        if "." in action and spoken(action) == action
    )

    expect_none(silent, "add its thing and its deed to bot/console/trail_words.py")


def test_what_was_acted_on_and_how_is_spoken_in_chinese() -> None:
    silent = (
        f"{source.path}: {word}"
        for source in sources()
        if source.path.startswith("bot/")
        for word in (
            *(subject for subject in subjects_of(source) if spoken_subject(subject) == subject),
            *(details_of(source) - DETAILS.keys()),
        )
    )

    expect_none(silent, "add it to SUBJECTS or DETAILS of bot/console/trail_words.py")


def test_a_draft_of_a_broadcast_that_is_taken_back_is_called_what_its_page_calls_it() -> None:
    word = BROADCAST_STATUSES[Status.HALTED].removeprefix("已")

    assert spoken("broadcast.withdrawn") == spoken("broadcast.halted") == f"推送：{word}"
    assert spoken("article.withdraw") == "知识条目：撤下"


def test_what_an_older_program_called_otherwise_in_a_terminal_reads_the_same() -> None:
    """Such rows stay in the trail: one that is changed breaks its chain."""
    for was, now in (
        ("draft", "drafted"),
        ("submit", "submitted"),
        ("approve", "approved"),
        ("reject", "rejected"),
        ("halt", "halted"),
    ):
        assert spoken(f"broadcast.{was}") == spoken(f"broadcast.{now}") != f"broadcast.{now}"
    assert spoken("report.decide") == "线索：定性"


def test_an_action_of_an_older_program_is_shown_as_it_is() -> None:
    assert spoken("something.unheard_of") == "something.unheard_of"


def test_a_subject_is_spoken_and_found_again_by_what_it_is_called() -> None:
    subjects = [
        "claim 20220714-3",
        "question group 5",
        "question 5",
        "questions",
        "staff 王 芳",
        "grid workers",
    ]

    assert spoken_subject("question group 5") == "问题组 5"
    assert [plain_subject(spoken_subject(one)) for one in subjects] == subjects
    assert plain_subject("something else") == spoken_subject("something else") == "something else"


def test_a_file_that_begins_with_one_of_our_words_is_found_by_its_name() -> None:
    files = ["传言.toml", "问题组长.jsonl", "线索2022.jsonl"]

    assert [plain_subject(spoken_subject(one)) for one in files] == files


@pytest.mark.parametrize("typed", ["传言 20220714-3", "传言20220714-3", "传言　20220714-3"])
def test_a_number_is_found_with_and_without_the_blank(typed: str) -> None:
    assert plain_subject(typed) == "claim 20220714-3"


def test_the_trail_is_filtered_by_words_each_of_which_stands_once() -> None:
    assert len(set(things().values())) == len(things())
    assert things()["claim"] == "传言"
