"""On a phone a row of a wide table is a block of cells, each after its heading: none may be without."""

import re
from pathlib import Path

import bot.console

TEMPLATES = Path(bot.console.__file__).parent / "templates"
STACKED = re.compile(r'<table class="[^"]*\bstack\b[^"]*">(.*?)</table>', re.DOTALL)
ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
CELL = re.compile(r"<td\b([^>]*)>")


def test_every_cell_of_a_stacked_table_but_the_first_has_its_heading() -> None:
    bare = [
        f"{path.name}: {row[:80]}"
        for path in TEMPLATES.rglob("*.html")
        for table in STACKED.findall(path.read_text("utf-8"))
        for row in ROW.findall(table.partition("<tbody>")[2])
        for attributes in CELL.findall(row)[1:]
        if "data-label=" not in attributes and "said" not in attributes
    ]

    assert bare == []
