"""Lists as files: nothing in them runs, whoever wrote it."""

import csv
import io
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from bot.console.export import Cell, Column, as_file

NASTY = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1+1", "＝1", "=cmd|' /C calc'!A0")
COLUMNS: tuple[Column[Cell], ...] = (Column("内容", lambda cell: cell),)


@pytest.mark.parametrize("text", NASTY)
def test_csv_cells_that_spreadsheets_run_begin_with_an_apostrophe(text: str) -> None:
    content = as_file("csv", "list", COLUMNS, [text]).get_data().decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(content, newline="")))
    assert rows == [["内容"], [f"'{text}"]]


@pytest.mark.parametrize("text", NASTY)
def test_xlsx_cells_are_texts_never_formulas(text: str) -> None:
    content = as_file("xlsx", "list", COLUMNS, [text]).get_data()

    cell = load_workbook(io.BytesIO(content)).active["A2"]  # type: ignore[index] # a sheet there is
    assert cell.data_type == "s"


def test_control_characters_and_endless_texts_do_not_break_the_file() -> None:
    content = as_file("xlsx", "list", COLUMNS, ["坏\x00\x0b字", "长" * 100_000]).get_data()

    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    assert [len(str(row[0].value)) for row in sheet.iter_rows(min_row=2)] == [2, 32_000]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_numbers_stay_numbers_and_times_are_written_as_people_read_them(form: str) -> None:
    at = datetime(2022, 7, 14, 12, 5, tzinfo=UTC)

    content = as_file(form, "list", COLUMNS, [-5, 0.25, None, at]).get_data()

    if form == "csv":
        assert content.decode("utf-8-sig").splitlines() == ["内容", "-5", "0.25", '""', "2022-07-14 12:05"]
    else:
        sheet = load_workbook(io.BytesIO(content)).active
        assert sheet is not None
        values = [row[0].value for row in sheet.iter_rows(min_row=2, max_row=5)]
        assert values == [-5, 0.25, None, "2022-07-14 12:05"]


def test_the_csv_opens_in_chinese_in_excel() -> None:
    assert as_file("csv", "list", COLUMNS, ["字"]).get_data().startswith(b"\xef\xbb\xbf")
