import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from knowledge.evaluation import evaluate_answers, evaluate_routing, evaluate_rumours
from knowledge.figures import (
    Figure,
    average_precision,
    hits_at_false_positives,
    macro_f1,
    mean,
    measure,
    recall_at_precision,
    render_table,
)
from knowledge.jsonl import ImportFaults, write_articles_jsonl, write_claims_jsonl
from knowledge.library import Library
from knowledge.text import Segmenter
from tests.knowledge.shelves import ARTICLES, CLAIMS


def lines(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def named(figures: tuple[Figure, ...]) -> dict[str, Figure]:
    return {figure.name: figure for figure in figures}


def test_answers_are_predicted_in_the_order_asked_and_measured(tmp_path: Path, day: date) -> None:
    write_articles_jsonl(tmp_path / "a.jsonl", ARTICLES)
    queries = lines(
        tmp_path / "q.jsonl",
        {"text": "核酸在哪里做", "relevant": ["testing"]},
        {"text": "今年洋芋卖多少钱", "relevant": []},
        {"text": "养老院让不让进去看老人", "relevant": ["wedding"]},
    )

    evaluation = evaluate_answers(tmp_path / "a.jsonl", queries, day=day)

    figures = named(evaluation.figures)
    assert [prediction["text"] for prediction in evaluation.predictions] == [
        "核酸在哪里做",
        "今年洋芋卖多少钱",
        "养老院让不让进去看老人",
    ]
    assert evaluation.predictions[0]["decision"] == "answer"
    assert evaluation.predictions[0]["ids"][0] == "testing"
    assert len(evaluation.predictions[0]["ids"]) == len(evaluation.predictions[0]["scores"]) <= 10
    assert figures["recall@1"].value == 0.5
    assert figures["precision of answers given"].value == 0.5
    assert figures["unanswerable not answered"].value == 1


def test_an_unlabelled_file_gives_predictions_and_times_only(tmp_path: Path, day: date) -> None:
    write_claims_jsonl(tmp_path / "c.jsonl", CLAIMS)
    messages = lines(tmp_path / "m.jsonl", {"text": "听说喝高度白酒能杀死新冠病毒"})

    evaluation = evaluate_rumours(tmp_path / "c.jsonl", messages, day=day)

    assert evaluation.predictions[0]["decision"] == "known"
    assert evaluation.predictions[0].keys() == {
        "text",
        "decision",
        "claim_ids",
        "scores",
        "likelihood",
        "reasons",
    }
    assert all(figure.name.startswith("time per message") for figure in evaluation.figures)


def test_rumour_figures_cover_matching_and_the_flag(tmp_path: Path, day: date) -> None:
    write_claims_jsonl(tmp_path / "c.jsonl", CLAIMS)
    messages = lines(
        tmp_path / "m.jsonl",
        {"text": "听说喝高度白酒能杀死新冠病毒", "claims": ["liquor"], "rumour": True},
        {"text": "核酸还做吗", "claims": [], "rumour": False},
        {"text": "随便", "claims": [], "rumour": None},
    )

    figures = named(evaluate_rumours(tmp_path / "c.jsonl", messages, day=day).figures)

    assert figures["recall@1"].value == 1
    assert figures["flag: PR-AUC"].count == 2
    assert figures["flag: rumours noticed"].value == 1


def test_routing_is_measured_per_intent(tmp_path: Path, day: date, segmenter: Segmenter) -> None:
    messages = lines(
        tmp_path / "r.jsonl", {"text": "退订", "intent": "command"}, {"text": "倡议书", "intent": "chat"}
    )

    evaluation = evaluate_routing(messages, library=Library.build(segmenter=segmenter), day=day)

    figures = named(evaluation.figures)
    assert [prediction["intent"] for prediction in evaluation.predictions] == ["command", "letter"]
    assert figures["recall of command"].value == 1
    assert figures["recall of chat"].value == 0


def test_labels_of_the_wrong_kind_are_all_named(tmp_path: Path, day: date, segmenter: Segmenter) -> None:
    messages = lines(tmp_path / "r.jsonl", {"text": 3}, {"text": "x", "intent": "weather"})

    with pytest.raises(ImportFaults) as raised:
        evaluate_routing(messages, library=Library.build(segmenter=segmenter), day=day)

    assert [(fault.line, fault.field) for fault in raised.value.faults] == [(1, "text"), (2, "intent")]


def test_intervals_hold_the_value_and_are_the_same_each_time() -> None:
    column = np.array([1.0, 0.0, 1.0, 1.0, 0.0] * 20)

    once, again = measure("x", mean, column), measure("x", mean, column)

    assert once == again
    assert once.low < once.value == 0.6 < once.high


def test_average_precision_agrees_with_a_hand_count() -> None:
    labels, scores = np.array([1.0, 0.0, 1.0]), np.array([0.9, 0.8, 0.7])

    assert average_precision(labels, scores) == pytest.approx((1 + 2 / 3) / 2)


def test_hits_at_false_positives_count_only_what_beats_the_allowed_share() -> None:
    labels = np.array([0.0] * 10 + [1.0, 1.0])
    scores = np.array([0.9, *np.linspace(0.1, 0.5, 9), 0.6, 0.4])

    assert hits_at_false_positives(0.1)(labels, scores, np.ones(12)) == 0.5
    assert hits_at_false_positives(0.0)(labels, scores, np.ones(12)) == 0


def test_recall_at_precision_stops_where_answers_get_worse() -> None:
    labels, right = np.ones(4), np.array([1.0, 1.0, 0.0, 1.0])

    assert recall_at_precision(0.9)(labels, np.array([0.9, 0.8, 0.7, 0.6]), right) == 0.5


def test_macro_f1_weighs_every_class_alike() -> None:
    expected, given = np.array([0.0, 0.0, 0.0, 1.0]), np.array([0.0, 0.0, 0.0, 0.0])

    assert macro_f1(expected, given) == pytest.approx((6 / 7 + 0) / 2)


def test_the_table_shows_each_figure_with_its_interval() -> None:
    assert render_table([Figure("recall@1", 0.5, 0.25, 0.75, 8)]) == "recall@1     0.500  [0.250, 0.750]  n=8"
