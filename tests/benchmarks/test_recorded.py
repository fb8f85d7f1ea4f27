"""What was recorded, and what counts as worse than it."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import recorded
from benchmarks.recorded import (
    changed_files,
    dropped,
    given_up,
    read_record,
    regained,
    to_record,
    write_record,
)
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


def gave_up(file: Path, recorded_value: float, given_up_value: float) -> None:
    """The record of one figure of which something was given up by hand."""
    write_record(to_record("answers", file, figures(accuracy=recorded_value)))
    with recorded.RECORD.open("a", encoding="utf-8") as record:
        record.write(f'given_up = {given_up_value}\nwhy = "fewer wrong verdicts"\n')


def test_what_was_given_up_on_purpose_is_named_with_the_reason_and_fails_nothing(file: Path) -> None:
    gave_up(file, 0.9, 0.8)
    measured = to_record("answers", file, figures(accuracy=0.796))
    assert dropped(measured) == []
    assert given_up(measured) == ["answers: accuracy: 0.900 recorded, 0.796 now: fewer wrong verdicts"]


def test_more_than_was_given_up_may_not_be_lost(file: Path) -> None:
    gave_up(file, 0.9, 0.8)
    measured = to_record("answers", file, figures(accuracy=0.79))
    assert dropped(measured) == ["answers: accuracy: 0.800 given up, 0.790 now (data/questions.jsonl)"]
    assert given_up(measured) == []


def test_what_was_given_up_and_is_reached_again_may_be_lost_no_more(file: Path) -> None:
    gave_up(file, 0.9, 0.8)
    assert regained(to_record("answers", file, figures(accuracy=0.85))) == []
    assert regained(to_record("answers", file, figures(accuracy=0.896))) == [
        "answers: accuracy: 0.900 recorded, 0.896 now"
    ]


@pytest.mark.parametrize("half", ["given_up = 0.8", 'why = "fewer wrong verdicts"'])
def test_nothing_is_given_up_without_a_reason(file: Path, half: str) -> None:
    write_record(to_record("answers", file, figures(accuracy=0.9)))
    with recorded.RECORD.open("a", encoding="utf-8") as record:
        record.write(f"{half}\n")
    with pytest.raises(ValueError, match="answers: accuracy: `given_up` needs a `why`"):
        read_record()


def test_recording_keeps_the_best_and_what_was_given_up_of_it(file: Path) -> None:
    gave_up(file, 0.9, 0.8)
    before = read_record()
    write_record(to_record("answers", file, figures(accuracy=0.85)))
    assert read_record() == before


def test_what_is_better_is_recorded_and_nothing_of_it_given_up(file: Path) -> None:
    gave_up(file, 0.9, 0.8)
    write_record(to_record("answers", file, figures(accuracy=0.91)))
    assert read_record()["answers", "accuracy"].value == 0.91
    assert dropped(to_record("answers", file, figures(accuracy=0.9)))


def test_a_file_that_changed_is_recorded_anew(file: Path) -> None:
    gave_up(file, 0.9, 0.8)
    file.write_text("{}\n{}\n", encoding="utf-8")
    write_record(to_record("answers", file, figures(accuracy=0.7)))
    assert read_record()["answers", "accuracy"].value == 0.7
    assert dropped(to_record("answers", file, figures(accuracy=0.69)))


def test_a_figure_that_nobody_measures_any_more_goes_with_the_next_record_of_its_table(file: Path) -> None:
    write_record(to_record("answers", file, figures(accuracy=0.9, MRR=0.9)))
    write_record(to_record("answers", file, figures(accuracy=0.8)))
    assert {*read_record()} == {("answers", "accuracy")}


def test_what_is_given_up_today_is_worse_than_the_best() -> None:
    given = [one for one in read_record().values() if one.given_up is not None]
    assert [one for one in given if not replace(one, value=one.least).is_worse_than(one.value)] == []
