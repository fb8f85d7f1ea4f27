"""What was recorded, and what counts as worse than it."""

import tomllib
from pathlib import Path

import pytest

from benchmarks import recorded
from benchmarks.recorded import changed_files, dropped, read_record, to_record, write_record
from knowledge.figures import Figure


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that was measured on; the record lies beside it."""
    monkeypatch.setattr(recorded, "RECORD", tmp_path / "figures.toml")
    place = tmp_path / "data" / "questions.jsonl"
    place.parent.mkdir()
    place.write_text("{}\n", encoding="utf-8")
    return place


def figures(**values: float) -> list[Figure]:
    return [Figure(name.replace("_", " "), value, value, value, 10) for name, value in values.items()]


def test_before_anything_is_recorded_nothing_is_worse(file: Path) -> None:
    assert dropped(to_record("answers", file, figures(accuracy=0.1))) == []


def test_a_figure_that_dropped_by_more_than_the_margin_is_named(file: Path) -> None:
    write_record(to_record("answers", file, figures(accuracy=0.9, MRR=0.9)))
    worse = dropped(to_record("answers", file, figures(accuracy=0.89, MRR=0.896)))
    assert worse == ["answers: accuracy: 0.900 recorded, 0.890 now (data/questions.jsonl)"]


def test_of_an_error_more_is_worse(file: Path) -> None:
    write_record(to_record("answers", file, figures(expected_calibration_error=0.05)))
    assert dropped(to_record("answers", file, figures(expected_calibration_error=0.06)))
    assert not dropped(to_record("answers", file, figures(expected_calibration_error=0.01)))


def test_times_thresholds_and_what_nobody_could_measure_are_not_recorded(file: Path) -> None:
    names = {"time per message, median (ms)": 3.0, "threshold in force: answer": 0.8, "MRR": float("nan")}
    measured = [Figure(name, value, value, value, 1) for name, value in names.items()]
    assert to_record("answers", file, measured) == []


def test_what_fell_to_nothing_is_named_and_what_was_nothing_is_not_recorded(file: Path) -> None:
    write_record(to_record("answers", file, figures(accuracy=0.9, MRR=0.0)))

    assert set(read_record()) == {("answers", "accuracy")}
    assert len(dropped(to_record("answers", file, figures(accuracy=0.0, MRR=0.0)))) == 1


def test_a_file_that_changed_is_not_compared_but_named(file: Path) -> None:
    write_record(to_record("answers", file, figures(accuracy=0.9)))
    file.write_text("{}\n{}\n", encoding="utf-8")
    measured = to_record("answers", file, figures(accuracy=0.1))
    assert dropped(measured) == []
    assert changed_files(measured) == ["data/questions.jsonl"]


def test_tables_that_were_not_measured_keep_their_figures(file: Path) -> None:
    write_record(to_record("dev answers", file, figures(accuracy=0.7)))
    write_record(to_record("answers", file, figures(accuracy=0.9)))
    assert set(read_record()) == {("answers", "accuracy"), ("dev answers", "accuracy")}
    assert tomllib.loads(recorded.RECORD.read_text("utf-8"))["figure"][0]["file"] == "data/questions.jsonl"
