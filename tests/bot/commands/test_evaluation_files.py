"""What an evaluation reads and writes: nothing is overwritten, and what cannot be written is told before the work."""

import json
import os
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.commands import evaluation, progress
from tests.bot.commands.conftest import Dingxin
from tests.bot.commands.labelled_files import CALLS, words, write_labelled_files


@pytest.fixture
def files(folder: Path) -> Path:
    """The labelled files, in a folder with neither a configuration nor a database."""
    return write_labelled_files(folder)


@pytest.mark.parametrize("option", ["--json", "--predictions"])
@pytest.mark.parametrize("kind", CALLS)
def test_a_file_that_is_read_is_not_overwritten(
    files: Path, dingxin: Dingxin, kind: str, option: str
) -> None:
    labelled = files / f"{CALLS[kind][-1][1]}.jsonl"
    before = labelled.read_bytes()

    result = dingxin(*words(kind), option, f"./{labelled.name}")

    assert result.exit_code == 2
    assert f"{labelled.name} is read by this command; name another file" in result.stderr
    assert labelled.read_bytes() == before


def test_nor_by_another_name_of_it(files: Path, dingxin: Dingxin) -> None:
    os.link(files / "queries.jsonl", files / "other.jsonl")

    assert dingxin(*words("answers"), "--predictions", "other.jsonl").exit_code == 2


def test_figures_and_predictions_go_into_two_files(files: Path, dingxin: Dingxin) -> None:
    result = dingxin(*words("answers"), "--json", "out", "--predictions", "out")

    assert result.exit_code == 2
    assert "out is the file of --json already" in result.stderr
    assert not (files / "out").exists()


@pytest.mark.usefixtures("files")
def test_a_folder_that_is_not_there_is_told_before_the_work(
    dingxin: Dingxin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluation, "evaluate_answers", None)

    result = dingxin(*words("answers"), "--predictions", "nowhere/out.jsonl")

    assert result.exit_code == 2
    assert "nowhere/out.jsonl cannot be written: there is no folder nowhere" in result.stderr


@pytest.mark.usefixtures("files")
def test_the_table_is_there_even_if_a_file_cannot_be_written_in_the_end(
    dingxin: Dingxin, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device", "out.jsonl")

    monkeypatch.setattr(Path, "write_text", full)
    result = dingxin(*words("answers"), "--predictions", "out.jsonl")

    assert result.exit_code == 1
    assert "recall@1" in result.stdout
    assert result.stderr == "out.jsonl: no space left; make room there and try again\n"


@pytest.mark.parametrize(
    ("kind", "field", "listed"), [("answers", "relevant", "articles"), ("rumours", "claims", "claims")]
)
def test_labels_that_name_nothing_of_the_list_are_warned_of(
    files: Path, dingxin: Dingxin, kind: str, field: str, listed: str
) -> None:
    labelled = files / f"{CALLS[kind][-1][1]}.jsonl"
    more = [{"text": "你好", field: ids} for ids in (["gone"], ["gone", "elsewhere"], [])]
    with labelled.open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(one) + "\n" for one in more)

    result = dingxin(*words(kind))

    assert result.exit_code == 0
    assert result.stderr.endswith(
        f"2 lines name ids not in {listed}.jsonl, which count as not found: elsewhere, gone\n"
    )


def test_of_many_such_ids_a_few_are_named(files: Path, dingxin: Dingxin) -> None:
    one = {"text": "你好", "relevant": [f"gone{number:02}" for number in range(20)]}
    (files / "queries.jsonl").write_text(json.dumps(one) + "\n", encoding="utf-8")

    told = dingxin(*words("answers")).stderr

    assert "1 line names ids not in articles.jsonl" in told
    assert told.endswith(": gone00, gone01, gone02, gone03, gone04 and 15 more\n")


@pytest.mark.parametrize(
    ("kind", "slip", "meant"),
    [
        ("answers", "relevent", "relevant"),
        ("rumours", "rumor", "rumour"),
        ("routing", "intents", "intent"),
        ("headcounts", "totals", "total"),
    ],
)
def test_a_label_under_another_name_is_warned_of_with_the_place_and_the_mend(
    files: Path, dingxin: Dingxin, kind: str, slip: str, meant: str
) -> None:
    labelled = files / f"{CALLS[kind][-1][1]}.jsonl"
    assert dingxin(*words(kind)).stderr == ""
    labelled.write_text(f'{{"text":"你好"}}\n{{"text":"再见","{slip}":null}}\n', encoding="utf-8")

    result = dingxin(*words(kind))

    assert result.exit_code == 0
    assert result.stderr.startswith(f"{labelled.name}:2: {slip} is not read; did you mean {meant}? Read are ")


def test_a_field_that_many_lines_have_is_named_once_and_what_is_read_beside_it(
    files: Path, dingxin: Dingxin
) -> None:
    line = '{"text":"你好","claims":[],"rumour":false,"kind":"chat","seen_by":"夜班"}\n'
    (files / "messages.jsonl").write_text(line * 3, encoding="utf-8")

    told = dingxin(*words("rumours")).stderr

    assert told == (
        "messages.jsonl:1 and 2 more lines: seen_by is not read. Read are claims, kind, rumour, text\n"
    )


@pytest.mark.parametrize("kind", CALLS)
def test_nothing_is_said_of_changes_where_nothing_could_be_changed(
    files: Path, dingxin: Dingxin, kind: str
) -> None:
    (files / f"{CALLS[kind][-1][1]}.jsonl").write_text("nonsense\n", encoding="utf-8")

    result = dingxin(*words(kind))

    assert result.exit_code == 1
    assert "changed" not in result.stderr


def test_a_figure_of_nothing_is_a_dash(files: Path, dingxin: Dingxin) -> None:
    (files / "queries.jsonl").write_text('{"text": "猪肉多少钱", "relevant": []}\n', encoding="utf-8")

    table = dingxin(*words("answers")).stdout

    assert " nan" not in table
    assert next(line for line in table.splitlines() if line.startswith("recall@1")).split() == [
        "recall@1",
        "-",
        "[-,",
        "-]",
        "n=1",
    ]


class Terminal(StringIO):
    """Somebody watches."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("kind", CALLS)
@pytest.mark.usefixtures("files")
def test_whoever_watches_a_long_evaluation_sees_how_far_it_got(
    dingxin: Dingxin, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(progress, "WORTH_SHOWING", 1)
    monkeypatch.setattr(progress, "sys", SimpleNamespace(stderr=terminal))

    assert dingxin(*words(kind)).exit_code == 0

    assert "100%" in terminal.getvalue()
