"""Rows of a file whose fields are each of one type."""

from pathlib import Path

import pytest

from knowledge.jsonl import ImportFaults
from knowledge.typed_rows import read_rows

FIELDS = (("text", str, "must be text"), ("same", list, "must be a list of texts"))


def test_rows_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "一", "same": []}\n{"text": "二", "same": ["两"]}\n', encoding="utf-8")

    assert [row["text"] for row in read_rows(path, FIELDS)] == ["一", "二"]


def test_every_fault_is_told_with_its_line_and_how_to_mend_it(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": 1, "same": []}\n{nothing\n{"text": "三"}\n', encoding="utf-8")

    with pytest.raises(ImportFaults) as raised:
        read_rows(path, FIELDS)

    faults = raised.value.faults
    assert [fault.line for fault in faults] == [1, 2, 3]
    assert (faults[0].field, faults[0].reason) == ("text", "must be text")
    assert (faults[2].field, faults[2].reason) == ("same", "must be a list of texts")
