from datetime import date
from pathlib import Path

import pytest

from knowledge.article import Article, Category, Scope, Source, Validity
from knowledge.claim import Claim, Topic, Verdict
from knowledge.jsonl import (
    ImportFaults,
    read_articles_jsonl,
    read_claims_jsonl,
    write_articles_jsonl,
    write_claims_jsonl,
)

SOURCE = Source("定西市民政局", "通知", "定民发〔2022〕1号", "https://example.org/", date(2022, 7, 12))


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def faults_of(path: Path, text: str) -> list[tuple[int, str]]:
    with pytest.raises(ImportFaults) as raised:
        read_claims_jsonl(written(path, text))
    return [(fault.line, fault.field) for fault in raised.value.faults]


def test_articles_written_are_read_back_the_same(tmp_path: Path) -> None:
    articles = (
        Article("a", "问", "答"),
        Article(
            "b",
            "问二",
            "答\n二",
            ("说法", "又一种"),
            SOURCE,
            Validity(date(2022, 7, 1), date(2022, 7, 31)),
            Scope("621124000000"),
            Category.TESTING,
        ),
    )
    write_articles_jsonl(tmp_path / "a.jsonl", articles)

    assert read_articles_jsonl(tmp_path / "a.jsonl") == articles


def test_claims_written_are_read_back_the_same(tmp_path: Path) -> None:
    claims = (
        Claim("c", "说法", Verdict.OUTDATED, "解释"),
        Claim("d", "说法", Verdict.FALSE, "解释", ("另说",), SOURCE, date(2022, 7, 13), topic=Topic.SCAM),
    )
    write_claims_jsonl(tmp_path / "c.jsonl", claims)

    assert read_claims_jsonl(tmp_path / "c.jsonl") == claims


def test_only_id_question_and_answer_are_required(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", '\ufeff{"id":"a","question":"问","answer":"答"}\n\n')

    assert read_articles_jsonl(path) == (Article("a", "问", "答"),)


def test_every_fault_of_a_file_is_named_at_once_with_line_and_field(tmp_path: Path) -> None:
    rows = (
        "not json",
        '["a list"]',
        '{"id":"c","text":"","verdict":"maybe","explanation":3,"published_on":"13.7.2022"}',
        '{"id":"d","text":"x","verdict":"false","explanation":"y","phrasings":"z","colour":"red"}',
        '{"id":"d","text":"x","verdict":"false","explanation":"y","source":{"title":"t"}}',
        '{"id":"e","text":"x","verdict":"false","explanation":"y","valid_from":"2022-07-02","valid_to":"2022-07-01"}',
    )

    assert faults_of(tmp_path / "c.jsonl", "\n".join(rows)) == [
        (1, ""),
        (2, ""),
        (3, "text"),
        (3, "verdict"),
        (3, "explanation"),
        (3, "published_on"),
        (4, "colour"),
        (4, "phrasings"),
        (5, "source.issuer"),
        (5, "id"),
        (6, "valid_to"),
    ]


@pytest.mark.parametrize("day", ["20220712", "2022-W28-2", "2022-7-12", "2022-07-12T00:00", "2022-02-30"])
def test_a_day_is_written_in_one_way_only(tmp_path: Path, day: str) -> None:
    row = f'{{"id":"c","text":"x","verdict":"false","explanation":"y","published_on":"{day}"}}'

    assert faults_of(tmp_path / "c.jsonl", row) == [(1, "published_on")]


def test_a_line_that_is_not_utf8_is_a_fault_not_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_bytes(b'{"id": "\xff"}\n')

    with pytest.raises(ImportFaults, match="is not UTF-8"):
        read_claims_jsonl(path)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": ' + "9" * 5000 + "}", "holds a number of thousands of digits"),
        ("[" * 100_000, "has brackets within brackets without end"),
        ('{"id":"a","text":"一","text":"二"}', "says text twice; keep one of them"),
        (
            '{"id":"a","source":{"issuer":"甲","title":"乙","issuer":"丙"}}',
            "says issuer twice; keep one of them",
        ),
    ],
    ids=["digits", "brackets", "a field twice", "a field of the source twice"],
)
def test_what_json_cannot_hold_is_told_with_its_line(tmp_path: Path, line: str, reason: str) -> None:
    with pytest.raises(ImportFaults) as raised:
        read_claims_jsonl(written(tmp_path / "c.jsonl", f"\n{line}\n"))

    assert [(fault.line, fault.reason) for fault in raised.value.faults] == [(2, reason)]
