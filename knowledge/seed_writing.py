"""Writing seed folders: one TOML file a family, absolute dates, nothing lost; the reading is in `seed_fields`."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from knowledge.article import Scope, Source, Validity
from knowledge.seed_fields import SAMPLE_MARK


def write_folder(folder: Path, tables: Mapping[str, Sequence[Iterable[str]]]) -> None:
    """A file `<family>.toml` for each family with tables; a family without has none. Other files stay."""
    folder.mkdir(parents=True, exist_ok=True)
    for family, written in tables.items():
        path = folder / f"{family}.toml"
        if written:
            text = "\n\n".join("\n".join(lines) for lines in written)
            path.write_text(text + "\n", encoding="utf-8", newline="\n")
        else:
            path.unlink(missing_ok=True)


def text_line(field: str, text: str) -> str:
    return f"{field} = {quoted(text)}"


def list_lines(field: str, texts: Sequence[str]) -> Iterator[str]:
    """Nothing for an empty list."""
    if texts:
        yield f"{field} = ["
        yield from (f"    {quoted(text)}," for text in texts)
        yield "]"


def rule_lines(scope: Scope, validity: Validity) -> Iterator[str]:
    """Where and when it holds."""
    if scope.area_code:
        yield text_line("area_code", scope.area_code)
    yield from day_lines("valid_from", validity.valid_from)
    yield from day_lines("valid_to", validity.valid_to)


def source_lines(source: Source | None, *, table: str) -> Iterator[str]:
    """The source as a table of its own, last because TOML wants it so."""
    if source is None:
        return
    if source.title.startswith(SAMPLE_MARK):
        yield "sample = true"
    yield f"[{table}.source]"
    yield text_line("issuer", source.issuer)
    named = {"title": source.title, "document_number": source.document_number, "url": source.url}
    yield from (text_line(field, text) for field, text in named.items() if text)
    yield from day_lines("issued_on", source.issued_on)


def day_lines(field: str, day: date | None) -> Iterator[str]:
    if day:
        yield f"{field} = {day.isoformat()}"


def quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are TOML's, except that TOML also escapes DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
