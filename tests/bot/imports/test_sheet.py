"""Files as offices send them: every way a CSV file can be wrong is told with its line, column and mend."""

from pathlib import Path

import pytest

from bot.errors import ImportFaults, NotFound
from bot.imports.faults import MOST_TOLD, Faults
from bot.imports.sheet import LARGEST_BYTES, Columns, read_lines

COLUMNS = Columns(("code", "name"), ("risk",))


def read(path: Path) -> list[dict[str, str]]:
    faults = Faults(path.name)
    lines = [dict(line.cells) for line in read_lines(path, COLUMNS, faults=faults)]
    faults.raise_if_any()
    return lines


def told(path: Path) -> list[str]:
    with pytest.raises(ImportFaults) as caught:
        read(path)
    return str(caught.value).splitlines()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "f.csv"


def test_cells_come_without_blanks_around_them_and_columns_in_any_order(path: Path) -> None:
    path.write_text("name, code\n 甲\u3000 ,1\n\n乙,2\n", encoding="utf-8")
    assert read(path) == [{"name": "甲", "code": "1"}, {"name": "乙", "code": "2"}]


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault(path: Path) -> None:
    path.write_bytes("\ufeffcode,name\r\n1,甲\r\n".encode())
    assert read(path) == [{"code": "1", "name": "甲"}]


def test_a_quoted_comma_belongs_to_the_cell(path: Path) -> None:
    path.write_text('code,name\n1,"甲,乙"\n', encoding="utf-8")
    assert read(path) == [{"code": "1", "name": "甲,乙"}]


def test_an_optional_column_may_be_missing_or_there(path: Path) -> None:
    path.write_text("code,name,risk\n1,甲,low\n", encoding="utf-8")
    assert read(path) == [{"code": "1", "name": "甲", "risk": "low"}]


def test_a_gbk_file_is_recognised_and_the_mend_is_named(path: Path) -> None:
    path.write_bytes("code,name\n1,a\n2,甲\n".encode("gbk"))
    assert told(path) == [
        "f.csv:3: is not UTF-8 but probably GBK; save it as CSV UTF-8 (in Excel and WPS: 另存为 → CSV UTF-8)"
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"PK\x03\x04rest", "is an Excel workbook"),
        (b"\xd0\xcf\x11\xe0rest", "is an Excel workbook"),
        ("code,name\n".encode("utf-16"), "is UTF-16"),
        (b"code,name\n1,\0\n", "has NUL bytes"),
        (b"code,name\n1,\xff\xff\n", "is not UTF-8;"),
    ],
)
def test_what_is_no_utf8_text_is_named_for_what_it_is(path: Path, content: bytes, reason: str) -> None:
    path.write_bytes(content)
    (line,) = told(path)
    assert reason in line


def test_a_file_that_is_too_large_is_not_even_decoded(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(LARGEST_BYTES + 1)
    assert told(path) == ["f.csv:1: is larger than 64 MB; split it"]


def test_missing_unknown_and_doubled_columns_are_told_together(path: Path) -> None:
    path.write_text("code,code,nmae,colour,\n1,2,3,4,5\n", encoding="utf-8")
    assert told(path) == [
        "f.csv:1: code: stands 2 times in the header",
        'f.csv:1: nmae: unknown column; did you mean "name"?',
        "f.csv:1: colour: unknown column; known are code,name,risk",
        "f.csv:1: a column without a name",
        "f.csv:1: name: is missing from the header; expected code,name",
    ]


@pytest.mark.parametrize("mark", [";", "\t", "，"])
def test_other_separators_than_commas_are_named(path: Path, mark: str) -> None:
    path.write_text(f"code{mark}name\n1{mark}甲\n", encoding="utf-8")
    assert told(path) == ["f.csv:1: columns must be separated by commas (,)"]


def test_every_faulty_line_is_told_and_named_as_the_editor_counts(path: Path) -> None:
    path.write_text('code,name\n1,甲,x\n2\n"3\n",乙\n4,=1+1\n5,@all\n', encoding="utf-8")
    assert told(path) == [
        "f.csv:2: has 3 cells where the header has 2",
        "f.csv:3: has 1 cells where the header has 2",
        'f.csv:6: name: begins with "=" like a formula; write the plain value',
        'f.csv:7: name: begins with "@" like a formula; write the plain value',
    ]


def test_a_line_break_inside_a_cell_is_a_fault(path: Path) -> None:
    path.write_text('code,name\n1,"甲\n乙"\n', encoding="utf-8")
    assert told(path) == ["f.csv:2: name: has a line break or control character in it"]


def test_a_quotation_mark_left_open_is_told_where_it_opens(path: Path) -> None:
    path.write_text('code,name\n1,甲\n2,"乙\n3,丙\n4,丁\n', encoding="utf-8")
    (line,) = told(path)
    assert line.startswith("f.csv:3: cannot be read as CSV: unexpected end of data")


def test_a_cell_of_a_megabyte_is_a_fault(path: Path) -> None:
    path.write_text(f'code,name\n1,"{"甲" * 1_000_000}"\n', encoding="utf-8")
    (line,) = told(path)
    assert "f.csv:2: cannot be read as CSV: field larger than field limit" in line


def test_a_file_of_nonsense_tells_a_thousand_faults_and_counts_the_rest(path: Path) -> None:
    path.write_text("code,name\n" + "x\n" * (MOST_TOLD + 234), encoding="utf-8")
    lines = told(path)
    assert len(lines) == MOST_TOLD + 1
    assert lines[-1].endswith("and 234 more faults like these")


def test_a_missing_file_is_not_found(path: Path) -> None:
    with pytest.raises(NotFound, match="no such file"):
        read(path)
