"""The evaluator, and the reader's measured figures as a gate: better is welcome, worse is a regression."""

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from bot.households.evaluation import evaluate_headcounts, render_table
from knowledge.figures import Figure
from knowledge.jsonl import ImportFaults

DATA = Path(__file__).parents[2] / "data"


def figures(path: Path) -> dict[str, Figure]:
    return {figure.name: figure for figure in evaluate_headcounts(path).figures}


def written(folder: Path, *rows: dict[str, object]) -> Path:
    path = folder / "replies.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def test_the_development_set_is_read_as_well_as_it_was_measured():
    measured = figures(DATA / "headcounts.jsonl")
    assert measured["kind accuracy"].count == 501
    assert measured["kind accuracy"].value >= 0.992
    assert measured["kind macro-F1"].value >= 0.99
    assert measured["counts wholly right"].value >= 0.985
    assert measured["false counts on other"].value == 0


def test_the_hold_out_is_read_no_worse_than_today():
    """First reading, the independent one: 0.849, 0.813, 0.737 and 0.037 of 73 replies. Its failures were then studied
    and the most harmful mended, so the values below guard against regression and estimate nothing.
    """
    measured = figures(DATA / "headcounts_holdout.jsonl")
    assert measured["kind accuracy"].value >= 0.958
    assert measured["kind macro-F1"].value >= 0.942
    assert measured["counts wholly right"].value >= 0.894
    assert measured["false counts on other"].value <= 0.0371


def test_the_hold_out_shares_no_reply_with_the_development_set():
    texts = [
        {json.loads(line)["text"] for line in (DATA / name).read_text("utf-8").splitlines()}
        for name in ("headcounts.jsonl", "headcounts_holdout.jsonl")
    ]
    assert not texts[0] & texts[1]


def test_predictions_have_the_fixed_keys_and_the_order_of_the_inputs(tmp_path: Path):
    path = written(tmp_path, {"text": "我家5口人，2个在外地"}, {"text": "你好"}, {"text": "十来口"})
    predictions = evaluate_headcounts(path).predictions
    assert predictions[0] == {
        "text": "我家5口人，2个在外地",
        "kind": "count",
        "total": 5,
        "present": 3,
        "away": 2,
        "children": None,
        "elderly": None,
    }
    assert [prediction["kind"] for prediction in predictions] == ["count", "other", "conflict"]


def test_without_labels_only_times_are_measured(tmp_path: Path):
    assert {name.split(",")[0] for name in figures(written(tmp_path, {"text": "5口人"}))} == {
        "time per message"
    }


def test_a_wrong_reading_lowers_the_figures(tmp_path: Path):
    path = written(
        tmp_path,
        {"text": "5口人", "kind": "count", "total": 5},
        {"text": "5口人", "kind": "count", "total": 6},
        {"text": "4口人", "kind": "other"},
        {"text": "你好", "kind": "other"},
    )
    measured = figures(path)
    assert measured["kind accuracy"].value == 0.75
    assert measured["counts wholly right"].value == 0.5
    assert measured["total exact, on counts"].value == 0.5
    assert measured["away exact, on counts"].value == 1
    assert measured["false counts on other"].value == 0.5


def test_times_come_from_the_clock_that_is_handed_in(tmp_path: Path):
    ticks: Iterator[int] = count()
    evaluation = evaluate_headcounts(written(tmp_path, {"text": "5口人"}), clock=lambda: next(ticks) / 1000)
    assert [round(figure.value, 6) for figure in evaluation.figures] == [1, 1]


def test_intervals_are_the_same_every_time():
    names = ("kind accuracy", "counts wholly right")
    first, second = (figures(DATA / "headcounts_holdout.jsonl") for _ in range(2))
    assert [first[name] for name in names] == [second[name] for name in names]


def test_every_fault_of_a_file_is_named_with_its_line(tmp_path: Path):
    path = written(
        tmp_path,
        {"text": "5口人", "kind": "many"},
        {"text": 5, "kind": "count", "total": -1},
        {"text": "4口人", "kind": "count", "total": True},
    )
    with pytest.raises(ImportFaults) as raised:
        evaluate_headcounts(path)
    assert [(fault.line, fault.field) for fault in raised.value.faults] == [
        (1, "kind"),
        (2, "text"),
        (2, "total"),
        (3, "total"),
    ]


def test_the_table_has_a_line_for_each_figure():
    evaluation = evaluate_headcounts(DATA / "headcounts_holdout.jsonl")
    table = render_table(evaluation.figures)
    assert len(table.splitlines()) == len(evaluation.figures)
    assert "kind macro-F1" in table
