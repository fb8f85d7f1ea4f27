"""A list as an XLSX workbook. It is loaded with the first one asked for: its library is a tenth of all that a start would load."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.workbook.child import _WorkbookChild


def workbook(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """One sheet: a line of headings, then a line for each of `rows`. A text stays a text, whatever it begins with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([*headings])
    for row in rows:
        sheet.append([_text_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text_cell(sheet: _WorkbookChild, value: object) -> object:
    """What the format cannot hold is left out of a text."""
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell
