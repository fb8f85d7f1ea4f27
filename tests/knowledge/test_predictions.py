"""What a labelled file is measured by is what the service would say, first of all."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from knowledge.article import Article, Scope, Validity
from knowledge.evaluation import evaluate_answers
from knowledge.jsonl import write_articles_jsonl
from knowledge.thresholds import DEFAULTS
from tests.knowledge.shelves import AT_LINTAO, LINTAO
from tests.knowledge.test_evaluation import lines, named

EVERYWHERE = Article("everywhere", "现在可以出门吗？", "可以。")
THERE = Article("there", "现在能出门吗？", "不可以。", scope=Scope(LINTAO))
ASKED = "现在能出门吗？"
OFFERED = replace(DEFAULTS, answer=1.0)


def test_the_answer_stands_first_though_another_is_closer(tmp_path: Path, day: date) -> None:
    write_articles_jsonl(tmp_path / "a.jsonl", (THERE, EVERYWHERE))
    queries = lines(tmp_path / "q.jsonl", {"text": ASKED, "relevant": ["everywhere"]})

    evaluation = evaluate_answers(tmp_path / "a.jsonl", queries, day=day)

    (prediction,), figures = evaluation.predictions, named(evaluation.figures)
    assert prediction["decision"] == "answer"
    assert prediction["ids"] == ["everywhere", "there"]
    assert len(prediction["scores"]) == 2
    assert figures["precision of answers given"].value == 1
    assert figures["share answered at precision 0.95"].value == 1


def test_where_nothing_is_said_outright_the_ranking_stands_as_it_is(tmp_path: Path, day: date) -> None:
    over = Article("over", ASKED, "不可以。", validity=Validity(None, date(2022, 1, 1)))
    write_articles_jsonl(tmp_path / "a.jsonl", (over, EVERYWHERE))
    queries = lines(tmp_path / "q.jsonl", {"text": ASKED})

    evaluation = evaluate_answers(tmp_path / "a.jsonl", queries, day=day, thresholds=OFFERED)

    (prediction,) = evaluation.predictions
    assert (prediction["decision"], prediction["ids"]) == ("choices", ["over", "everywhere"])


def test_where_the_resident_lives_decides_which_comes_first(tmp_path: Path, day: date) -> None:
    write_articles_jsonl(tmp_path / "a.jsonl", (EVERYWHERE, THERE))
    queries = lines(tmp_path / "q.jsonl", {"text": ASKED})

    evaluation = evaluate_answers(tmp_path / "a.jsonl", queries, day=day, area_path=AT_LINTAO)

    assert evaluation.predictions[0]["ids"][0] == "there"


def test_the_threshold_looked_for_is_that_of_what_would_be_said(tmp_path: Path, day: date) -> None:
    """At a threshold of one nothing is said; below it the article that holds would be, not the one that is over."""
    over = Article("over", ASKED, "不可以。", validity=Validity(None, date(2022, 1, 1)))
    write_articles_jsonl(tmp_path / "a.jsonl", (over, EVERYWHERE))
    queries = lines(tmp_path / "q.jsonl", {"text": ASKED, "relevant": ["everywhere"]})
    never = replace(DEFAULTS, answer=1.0, choice=1.0)

    figures = named(
        evaluate_answers(tmp_path / "a.jsonl", queries, day=day, thresholds=never, precision=0.9).figures
    )

    assert figures["share answered"].value == 0
    assert figures["share answered at precision 0.9"].value == 1
