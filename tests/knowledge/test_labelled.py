"""Labelled files: every fault of every line at once."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.intent import Intent
from knowledge.jsonl import ImportFaults
from knowledge.labelled import LabelledLine, read_lines, read_messages, read_questions


def written(folder: Path, *lines: object) -> Path:
    path = folder / "m.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("read", "line", "fields"),
    [
        (read_messages, {"text": 1, "claims": "a", "rumour": "yes"}, ["text", "claims", "rumour"]),
        (read_questions, {"relevant": [1]}, ["text", "relevant"]),
        (read_lines, {"text": None, "intent": "weather"}, ["text", "intent"]),
        (read_lines, {"text": "x", "intent": ["chat"]}, ["intent"]),
    ],
)
def test_all_faults_of_a_line_are_told(
    tmp_path: Path, read: Callable[[Path], object], line: object, fields: list[str]
) -> None:
    with pytest.raises(ImportFaults) as raised:
        read(written(tmp_path, {"text": "你好"}, line))

    assert [(fault.line, fault.field) for fault in raised.value.faults] == [(2, field) for field in fields]


def test_an_intent_may_be_given_or_left_open(tmp_path: Path) -> None:
    read = read_lines(written(tmp_path, {"text": "你好", "intent": "chat"}, {"text": "你好"}))

    assert read == (LabelledLine("你好", Intent.CHAT), LabelledLine("你好", None))
