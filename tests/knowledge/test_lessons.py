"""The lessons that come with the program: valid, each said once, and none of them measured on."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rapidfuzz import fuzz, process

from knowledge.claim_seeds import sample_claims
from knowledge.intent import Intent
from knowledge.labelled import LabelledMessage
from knowledge.lessons import Lessons, load_lessons
from knowledge.models import OPEN_INTENTS
from knowledge.seeds import sample_articles
from knowledge.text import bare, normalise

FOLDER = Path(str(files("knowledge").joinpath("seed", "lessons")))
LABELLED = Path(__file__).parent.parent / "data"
FILES = sorted(path.name for path in FOLDER.iterdir())
FIELDS = {
    "questions.jsonl": {"text", "relevant"},
    "other_matters.jsonl": {"text", "relevant"},
    "reports.jsonl": {"text", "claims", "rumour"},
    "messages.jsonl": {"text", "rumour", "kind"},
    "lines.jsonl": {"text", "intent"},
    "pairs.jsonl": {"left", "right", "same"},
    "flips.jsonl": {"left", "right", "flipped"},
    "variants.jsonl": {"text", "same", "other"},
}
TEXT_FIELDS = ("text", "left", "right")
HELD_OUT = ("questions.jsonl", "other_matters.jsonl", "routing_lines.jsonl", "rumour_messages.jsonl")
"""Headcounts are read by rules that learn from no lesson."""
DAY = date(2022, 7, 14)


@pytest.fixture(scope="module")
def lessons() -> Lessons:
    return load_lessons()


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def heart(text: str) -> str:
    """What two writings of one sentence have in common; of a face made of marks, itself."""
    return bare(normalise(text)) or text


def texts_of(value: object) -> Iterator[str]:
    """All texts anywhere in a row."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_of(one)


def test_there_are_the_files_that_are_expected_and_no_others() -> None:
    assert set(FILES) == set(FIELDS)


@pytest.mark.parametrize("name", FILES)
def test_every_line_has_its_fields_and_no_others_and_no_text_is_empty(name: str) -> None:
    for number, row in enumerate(rows(FOLDER / name), start=1):
        assert row.keys() == FIELDS[name], f"{name}:{number}"
        for field, value in row.items():
            if field in TEXT_FIELDS:
                assert isinstance(value, str), f"{name}:{number}"
                assert value.strip(), f"{name}:{number}"
            elif field in {"rumour", "same", "flipped"} and not isinstance(value, list):
                assert isinstance(value, bool), f"{name}:{number}"


@pytest.mark.parametrize("name", FILES)
def test_no_line_has_spaces_around_its_text_or_is_blank(name: str) -> None:
    content = (FOLDER / name).read_text(encoding="utf-8")

    assert content.endswith("\n")
    assert all(line.strip() == line != "" for line in content.splitlines())
    assert all(text == text.strip() for row in rows(FOLDER / name) for text in texts_of(row))


@pytest.mark.parametrize("name", FILES)
def test_no_lesson_is_taught_twice(name: str) -> None:
    said = Counter(
        tuple(heart(row[field]) for field in TEXT_FIELDS if field in row) for row in rows(FOLDER / name)
    )

    assert [texts for texts, times in said.items() if times > 1] == []


def test_no_text_is_taught_as_two_different_things(lessons: Lessons) -> None:
    asked = {heart(one.text) for one in lessons.questions}
    assert {heart(one.text) for one in lessons.other_matters} & asked == set()

    rumour = {heart(one.text): one.rumour for one in lessons.messages}
    reported = {heart(one.text): one.rumour for one in lessons.reports}

    assert {text for text in rumour.keys() & reported.keys() if rumour[text] != reported[text]} == set()


def test_no_lesson_stands_in_the_files_that_are_measured_on() -> None:
    measured = {heart(row["text"]) for name in HELD_OUT for row in rows(LABELLED / name)}
    taught = {
        heart(row[field]): name
        for name in FILES
        if name != "flips.jsonl"
        for row in rows(FOLDER / name)
        for field in TEXT_FIELDS
        if field in row
    }

    assert len(measured) > 1000
    assert {text: taught[text] for text in sorted(taught.keys() & measured)} == {}


def test_no_variant_stands_in_the_files_that_are_measured_on() -> None:
    measured = {
        heart(row[field])
        for path in LABELLED.glob("*.jsonl")
        for row in rows(path)
        for field in TEXT_FIELDS
        if isinstance(row.get(field), str)
    }
    taught = {heart(text) for row in rows(FOLDER / "variants.jsonl") for text in texts_of(row)}

    assert len(taught) > 20_000
    assert len(measured) > 5_000
    assert taught & measured == set()


def test_no_lesson_on_another_matter_resembles_a_question_that_is_measured(lessons: Lessons) -> None:
    measured = [
        row["text"] for name in ("questions.jsonl", "other_matters.jsonl") for row in rows(LABELLED / name)
    ]
    taught = [one.text for one in lessons.other_matters]

    alike = process.cdist(taught, measured, scorer=fuzz.ratio)

    assert alike.shape == (len(taught), len(measured))
    assert [taught[place] for place in np.flatnonzero(alike.max(axis=1) >= 70)] == []


def test_no_pair_of_flips_stands_in_the_files_that_are_measured_on_either_way_round() -> None:
    measured = [pair for path in sorted(LABELLED.glob("*flips.jsonl")) for pair in pairs_of(path)]

    assert len(measured) > 300
    assert set(pairs_of(FOLDER / "flips.jsonl")) & set(measured) == set()


def pairs_of(path: Path) -> list[frozenset[str]]:
    return [frozenset((heart(row["left"]), heart(row["right"]))) for row in rows(path)]


def test_all_files_are_read_whole(lessons: Lessons) -> None:
    counts = {
        "questions.jsonl": len(lessons.questions),
        "other_matters.jsonl": len(lessons.other_matters),
        "reports.jsonl": len(lessons.reports),
        "messages.jsonl": len(lessons.messages),
        "lines.jsonl": len(lessons.lines),
        "pairs.jsonl": len(lessons.pairs),
    }

    assert counts == {name: len(rows(FOLDER / name)) for name in counts}


def test_lessons_name_only_articles_and_claims_that_come_with_the_program(lessons: Lessons) -> None:
    articles = {article.id for article in sample_articles(day=DAY)}
    claims = {claim.id for claim in sample_claims(day=DAY)}

    assert frozenset().union(*(one.relevant or () for one in lessons.questions)) - articles == set()
    assert frozenset().union(*(one.claims or () for one in lessons.reports)) - claims == set()


def test_every_lesson_is_labelled(lessons: Lessons) -> None:
    assert [one.text for one in lessons.questions if one.relevant is None] == []
    assert [one.text for one in lessons.reports if one.claims is None or one.rumour is None] == []
    assert [one.text for one in lessons.messages if one.rumour is None] == []
    assert [one.text for one in lessons.lines if one.intent is None] == []


def test_there_are_lessons_on_both_sides_of_every_question(lessons: Lessons) -> None:
    assert {bool(one.relevant) for one in lessons.questions} == {True, False}
    assert {one.relevant for one in lessons.other_matters} == {frozenset()}
    assert {one.rumour for one in lessons.messages} == {True, False}
    assert {one.same for one in lessons.pairs} == {True, False}
    assert {Intent(kind) for kind in OPEN_INTENTS} <= {one.intent for one in lessons.lines}


def test_what_staff_decided_is_added_and_changes_the_key(lessons: Lessons) -> None:
    decided = LabelledMessage("听说村头井水有毒", frozenset(), rumour=True)

    more = lessons.with_decided([decided])

    assert more.messages == (*lessons.messages, decided)
    assert more.key != lessons.key == load_lessons().key
