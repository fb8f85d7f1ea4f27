from dataclasses import replace
from datetime import date

import pytest

from knowledge.article import Article, Category, Scope, Source, Validity
from knowledge.article_text import (
    LONGEST_ANSWER,
    Writing,
    faults_of,
    fingerprint,
    phrasings_from,
    writing_data,
    writing_from,
)

SOURCE = Source("某市卫健委", "示例通知", "示例〔1〕号", "https://example.org/1", date(2022, 7, 12))
WHOLE = Writing(
    Article(
        id="testing-where",
        question="在哪里做核酸",
        answer="在本村检测点。",
        phrasings=("哪达做核酸哩", "核酸点在哪"),
        source=SOURCE,
        validity=Validity(date(2022, 7, 12), date(2022, 8, 12)),
        scope=Scope("621121000000"),
        category=Category.TESTING,
    ),
    snapshot="a" * 64,
)


def with_source(**fields: object) -> Writing:
    return replace(WHOLE, article=replace(WHOLE.article, source=replace(SOURCE, **fields)))  # type: ignore[arg-type] # by name


def test_what_was_written_comes_back_from_its_data() -> None:
    assert writing_from(writing_data(WHOLE)) == WHOLE


def test_data_of_something_else_is_no_article() -> None:
    with pytest.raises(ValueError, match="answer"):
        writing_from({"id": "x", "question": "问"})


def test_a_whole_one_has_no_faults() -> None:
    assert faults_of(WHOLE) == {}


@pytest.mark.parametrize(
    ("writing", "field"),
    [
        (replace(WHOLE, article=replace(WHOLE.article, question=" ")), "question"),
        (replace(WHOLE, article=replace(WHOLE.article, answer="答" * (LONGEST_ANSWER + 1))), "answer"),
        (replace(WHOLE, article=replace(WHOLE.article, phrasings=("问" * 121,))), "phrasings"),
        (replace(WHOLE, article=replace(WHOLE.article, phrasings=tuple(map(str, range(61))))), "phrasings"),
        (
            replace(
                WHOLE, article=replace(WHOLE.article, validity=Validity(date(2022, 8, 1), date(2022, 7, 1)))
            ),
            "valid_to",
        ),
        (with_source(title="", document_number=""), "title"),
        (with_source(issued_on=None), "issued_on"),
        (with_source(url="javascript:alert(1)"), "url"),
        (replace(with_source(url=""), snapshot=None), "url"),
    ],
)
def test_what_is_missing_or_wrong_is_named_by_its_field(writing: Writing, field: str) -> None:
    assert list(faults_of(writing)) == [field]


@pytest.mark.parametrize(
    ("snapshot", "fields"),
    [(None, ["issuer", "title", "issued_on", "url"]), ("a" * 64, ["issuer", "title", "issued_on"])],
)
def test_without_a_source_all_that_one_needs_is_named(snapshot: str | None, fields: list[str]) -> None:
    bare = replace(WHOLE.article, source=None)
    assert list(faults_of(Writing(bare, snapshot))) == fields


def test_a_number_stands_for_a_title_and_a_kept_copy_for_a_link() -> None:
    assert faults_of(with_source(title="", url="")) == {}


@pytest.mark.parametrize(
    "other",
    [
        replace(WHOLE, snapshot="b" * 64),
        replace(WHOLE, article=replace(WHOLE.article, phrasings=WHOLE.article.phrasings[:1])),
        replace(WHOLE, article=replace(WHOLE.article, answer="在本村检测点")),
        with_source(url="https://example.org/2"),
    ],
)
def test_every_change_of_what_would_be_public_gives_another_fingerprint(other: Writing) -> None:
    assert fingerprint(other) != fingerprint(WHOLE)


def test_phrasings_are_read_a_line_each_and_once() -> None:
    assert phrasings_from(" 哪达做 核酸 \n\n哪达做 核酸\r\n核酸点在哪") == ("哪达做 核酸", "核酸点在哪")
