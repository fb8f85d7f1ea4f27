"""Articles and claims as JSON lines: read with every fault named at once, written so that reading gives the same back."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from statistics import mode
from typing import Any, TypeVar

from knowledge.article import Article, Category, Scope, Source, Validity
from knowledge.claim import Claim, Topic, Verdict

T = TypeVar("T", Article, Claim)
E = TypeVar("E", bound=StrEnum)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class LineFault:
    """One fault: where it stands (line 1 is the first) and why it is one."""

    file: str
    line: int
    field: str
    reason: str

    def __str__(self) -> str:
        field = f"{self.field}: " if self.field else ""
        return f"{self.file}:{self.line}: {field}{self.reason}"


class ImportFaults(ValueError):
    """A file that was to be read is wrong; `faults` holds all of them and nothing was read."""

    def __init__(self, faults: tuple[LineFault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class Row:
    """One object of the file; taking a field of the wrong kind notes a fault and gives an empty value instead."""

    def __init__(self, values: Mapping[str, Any], *, prefix: str = "", faults: list[tuple[str, str]]) -> None:
        self._values = values
        self._prefix = prefix
        self._faults = faults

    def note(self, field: str, reason: str) -> None:
        self._faults.append((self._prefix + field, reason))

    def text(self, field: str, *, required: bool = False) -> str:
        value = self._values.get(field)
        if value is None:
            value = ""
        if not isinstance(value, str):
            self.note(field, "must be text")
            return ""
        if required and not value.strip():
            self.note(field, "is missing or empty")
        return value

    def texts(self, field: str) -> tuple[str, ...]:
        value = self._values.get(field) or []
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            self.note(field, "must be a list of texts, none empty")
            return ()
        return tuple(value)

    def day(self, field: str) -> date | None:
        value = self.text(field)
        try:
            return date.fromisoformat(value if _DAY.fullmatch(value) else "") if value else None
        except ValueError:
            self.note(field, "must be a date as 2022-07-12")
            return None

    def choice(self, field: str, kind: type[E], default: E | None) -> E:
        value = self.text(field)
        members = list(kind)
        if value in members:
            return kind(value)
        if value or default is None:
            self.note(field, f"must be one of {', '.join(members)}")
        return default or members[0]

    def part(self, field: str) -> "Row | None":
        value = self._values.get(field)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.note(field, "must be an object")
            return None
        return Row(value, prefix=f"{self._prefix}{field}.", faults=self._faults)

    def reject_unknown(self, allowed: frozenset[str]) -> None:
        for field in sorted(self._values.keys() - allowed):
            self.note(field, f"is not known; known are {', '.join(sorted(allowed))}")


SOURCE_FIELDS = frozenset({"issuer", "title", "document_number", "url", "issued_on"})
_DATED_FIELDS = frozenset({"id", "phrasings", "source", "valid_from", "valid_to", "area_code"})
_ARTICLE_FIELDS = _DATED_FIELDS | {"question", "answer", "category"}
_CLAIM_FIELDS = _DATED_FIELDS | {"text", "verdict", "explanation", "published_on", "topic"}


def read_articles_jsonl(path: Path) -> tuple[Article, ...]:
    """All articles of a file; raises ImportFaults with every fault in it."""
    return _read(path, _article)


def read_claims_jsonl(path: Path) -> tuple[Claim, ...]:
    """All claims of a file; raises ImportFaults with every fault in it."""
    return _read(path, _claim)


def _article(row: Row) -> Article:
    row.reject_unknown(_ARTICLE_FIELDS)
    return Article(
        id=row.text("id", required=True),
        question=row.text("question", required=True),
        answer=row.text("answer", required=True),
        phrasings=row.texts("phrasings"),
        source=source_of(row.part("source")),
        validity=read_validity(row),
        scope=Scope(row.text("area_code")),
        category=row.choice("category", Category, Category.OTHER),
    )


def _claim(row: Row) -> Claim:
    row.reject_unknown(_CLAIM_FIELDS)
    return Claim(
        id=row.text("id", required=True),
        text=row.text("text", required=True),
        verdict=row.choice("verdict", Verdict, None),
        explanation=row.text("explanation", required=True),
        phrasings=row.texts("phrasings"),
        source=source_of(row.part("source")),
        published_on=row.day("published_on"),
        validity=read_validity(row),
        scope=Scope(row.text("area_code")),
        topic=row.choice("topic", Topic, Topic.OTHER),
    )


def source_of(row: Row | None, known: frozenset[str] = SOURCE_FIELDS) -> Source | None:
    """What stands under `source`, if anything does; `known`: the fields it may have."""
    if row is None:
        return None
    row.reject_unknown(known)
    return Source(
        issuer=row.text("issuer", required=True),
        title=row.text("title"),
        document_number=row.text("document_number"),
        url=row.text("url"),
        issued_on=row.day("issued_on"),
    )


def read_validity(row: Row) -> Validity:
    """From the first day to the last."""
    validity = Validity(row.day("valid_from"), row.day("valid_to"))
    if validity.valid_from and validity.valid_to and validity.valid_to < validity.valid_from:
        row.note("valid_to", "is before valid_from")
    return validity


def _read(path: Path, build: Callable[[Row], T]) -> tuple[T, ...]:
    faults: list[LineFault] = []
    items: dict[str, T] = {}
    for number, values in read_objects(path, faults=faults):
        found: list[tuple[str, str]] = []
        item = build(Row(values, faults=found))
        if item.id and item.id in items:
            found.append(("id", f"{item.id} stands in the file twice"))
        faults.extend(LineFault(path.name, number, field, reason) for field, reason in found)
        items[item.id] = item
    if faults:
        raise ImportFaults(tuple(sorted(faults, key=lambda fault: fault.line)))
    return tuple(items.values())


def read_objects(path: Path, *, faults: list[LineFault]) -> Iterable[tuple[int, Mapping[str, Any]]]:
    """The objects of a JSON-lines file with their line numbers; lines that hold none are added to `faults`."""
    for number, line in enumerate(path.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            values = _parsed(line)
        except ValueError as wrong:
            faults.append(LineFault(path.name, number, "", str(wrong)))
        else:
            if isinstance(values, dict):
                yield number, values
            else:
                faults.append(LineFault(path.name, number, "", "must be an object in braces"))


def _fields(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """JSON itself keeps the last of a name, though nobody can tell which was meant. Raises KeyError."""
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise KeyError(mode(name for name, _ in pairs))
    return fields


def _parsed(line: bytes) -> object:
    """Raises ValueError that says what is wrong with the line."""
    try:
        return json.loads(line.decode("utf-8"), object_pairs_hook=_fields)
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8; save the file as UTF-8") from None
    except json.JSONDecodeError as wrong:
        raise ValueError(f"is not JSON at column {wrong.colno}: {wrong.msg}") from None
    except RecursionError:
        raise ValueError("has brackets within brackets without end") from None
    except KeyError as twice:
        raise ValueError(f"says {twice.args[0]} twice; keep one of them") from None
    except ValueError:
        raise ValueError("holds a number of thousands of digits") from None


def article_from_json(values: Mapping[str, Any]) -> Article:
    """The article that `article_to_json` wrote. Raises ValueError on an object it did not write."""
    faults: list[tuple[str, str]] = []
    article = _article(Row(values, faults=faults))
    if faults:
        raise ValueError(f"no article: {', '.join(field for field, _ in faults)}")
    return article


def article_to_json(article: Article) -> dict[str, Any]:
    """An article as one JSON object of interfaces section 3; empty fields left out."""
    return _without_empty(
        {
            "id": article.id,
            "question": article.question,
            "phrasings": list(article.phrasings),
            "answer": article.answer,
            **_dated(article),
            "category": article.category.value,
        }
    )


def claim_to_json(claim: Claim) -> dict[str, Any]:
    """A claim as one JSON object of interfaces section 3; empty fields left out."""
    return _without_empty(
        {
            "id": claim.id,
            "text": claim.text,
            "phrasings": list(claim.phrasings),
            "verdict": claim.verdict.value,
            "explanation": claim.explanation,
            **_dated(claim),
            "published_on": _iso(claim.published_on),
            "topic": claim.topic.value,
        }
    )


def write_articles_jsonl(path: Path, articles: Iterable[Article]) -> None:
    _write(path, map(article_to_json, articles))


def write_claims_jsonl(path: Path, claims: Iterable[Claim]) -> None:
    _write(path, map(claim_to_json, claims))


def _dated(item: Article | Claim) -> dict[str, Any]:
    source = item.source
    said = source and {
        "issuer": source.issuer,
        "title": source.title,
        "document_number": source.document_number,
        "url": source.url,
        "issued_on": _iso(source.issued_on),
    }
    return {
        "source": said and _without_empty(said),
        "valid_from": _iso(item.validity.valid_from),
        "valid_to": _iso(item.validity.valid_to),
        "area_code": item.scope.area_code,
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _without_empty(values: dict[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in values.items() if value}


def _write(path: Path, objects: Iterable[dict[str, Any]]) -> None:
    lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in objects)
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
