"""An article as it is written and approved: all its fields and the snapshot of its source, as the bytes a second person sees.

A source is mandatory here, though not in a file that is imported: what the desk publishes can always be asked "who says so?".
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from knowledge.article import Article, Source, Validity
from knowledge.jsonl import article_from_json, article_to_json

LONGEST_QUESTION = 120
LONGEST_ANSWER = 2_000
LONGEST_PHRASING = 120
MOST_PHRASINGS = 60
LONGEST_IN_SOURCE = {"issuer": 120, "title": 300, "document_number": 80, "url": 1_000}
_LINKS = ("https://", "http://")
_SNAPSHOT = "snapshot"


@dataclass(frozen=True, slots=True)
class Writing:
    """Everything of an article that is public once it is published. `snapshot`: the hash of the source as it was."""

    article: Article
    snapshot: str | None = None


def draft_faults_of(article: Article) -> dict[str, str]:
    """What keeps it from being put down at all, by field: a draft may be without a source, but not without words."""
    source = article.source
    faults = {
        "question": _length_fault(article.question, LONGEST_QUESTION),
        "answer": _length_fault(article.answer, LONGEST_ANSWER),
        "phrasings": _phrasings_fault(article.phrasings),
        "valid_to": _order_fault(article.validity),
        "issuer": "an answer names who says so" if source and not source.issuer.strip() else "",
        **(_too_long(source) if source else {}),
    }
    return {field: fault for field, fault in faults.items() if fault}


def faults_of(writing: Writing) -> dict[str, str]:
    """What keeps it from being handed to a second person, by field; empty when nothing does."""
    article = writing.article
    return {
        **draft_faults_of(article),
        **source_faults_of(article.source, kept=writing.snapshot is not None),
    }


def source_faults_of(source: Source | None, *, kept: bool) -> dict[str, str]:
    """All that a source lacks, by field. `kept`: there is a copy of it here, so that it need not have an address."""
    source = source or Source("")
    named = source.title.strip() or source.document_number.strip()
    linked = source.url.startswith(_LINKS) or (kept and not source.url)
    lacking = {
        "issuer": "" if source.issuer.strip() else "an answer names who says so",
        "title": "" if named else "a title or a document number",
        "issued_on": "" if source.issued_on else "the day it was issued",
        "url": "" if linked else "a link (https:// or http://), or a copy of it kept here",
    }
    return {field: fault for field, fault in lacking.items() if fault}


def day_faults_of(source: Source | None, validity: Validity, *, day: date) -> dict[str, str]:
    """What cannot be written on that day, by field: a document that is not out yet, a rule that is over already."""
    ahead = source is not None and source.issued_on is not None and source.issued_on > day
    over = validity.valid_to is not None and validity.valid_to < day
    faults = {"issued_on": "is after today" if ahead else "", "valid_to": "is over already" if over else ""}
    return {field: fault for field, fault in faults.items() if fault}


def fingerprint(writing: Writing) -> str:
    """SHA-256 in hex over the canonical JSON of what would be public."""
    canonical = json.dumps(writing_data(writing), sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode("ascii")).hexdigest()


def writing_data(writing: Writing) -> dict[str, Any]:
    """As plain JSON data."""
    data = article_to_json(writing.article)
    return {**data, _SNAPSHOT: writing.snapshot} if writing.snapshot else data


def writing_from(data: Mapping[str, Any]) -> Writing:
    """What `writing_data` wrote. Raises ValueError on data it did not write."""
    fields = {field: value for field, value in data.items() if field != _SNAPSHOT}
    return Writing(article_from_json(fields), data.get(_SNAPSHOT))


def phrasings_from(lines: str) -> tuple[str, ...]:
    """One wording a line, as a form has them; each once, empty lines left out."""
    stripped = (" ".join(line.split()) for line in lines.splitlines())
    return tuple(dict.fromkeys(line for line in stripped if line))


def _length_fault(text: str, longest: int) -> str:
    return _words_fault(text, longest) if text.strip() else "must be said"


def _words_fault(text: str, longest: int) -> str:
    """What no database keeps is no text either: NUL and half a character."""
    if any(character == "\0" or "\ud800" <= character <= "\udfff" for character in text):
        return "has a sign in it that is none"
    return f"at most {longest} characters" if len(text) > longest else ""


def _phrasings_fault(phrasings: tuple[str, ...]) -> str:
    if len(phrasings) > MOST_PHRASINGS:
        return f"at most {MOST_PHRASINGS}"
    return next((fault for one in phrasings if (fault := _length_fault(one, LONGEST_PHRASING))), "")


def _order_fault(validity: Validity) -> str:
    if validity.valid_from and validity.valid_to and validity.valid_to < validity.valid_from:
        return "ends before it begins"
    return ""


def _too_long(source: Source) -> dict[str, str]:
    return {
        field: fault
        for field, longest in LONGEST_IN_SOURCE.items()
        if (fault := _words_fault(getattr(source, field), longest))
    }
