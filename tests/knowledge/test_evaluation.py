import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from knowledge.evaluation import evaluate_answers, evaluate_routing, evaluate_rumours
from knowledge.figures import (
    BINS,
    Bin,
    Figure,
    Threshold,
    average_precision,
    calibration_error,
    fixed,
    hits_at_false_positives,
    macro_f1,
    mean,
    measure,
    recall_at_precision,
    reliability,
    render_table,
    share_above_false_positives,
    share_at_precision,
    threshold_at_precision,
)
from knowledge.flips import evaluate_flips, read_pairs
from knowledge.jsonl import ImportFaults, write_articles_jsonl, write_claims_jsonl
from knowledge.library import Library
from knowledge.text import Segmenter
from knowledge.thresholds import DEFAULTS
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


def test_whoever_is_offered_the_right_article_has_been_shown_it_as_has_who_is_answered(
    tmp_path: Path, day: date
) -> None:
    write_articles_jsonl(tmp_path / "a.jsonl", ARTICLES)
    queries = lines(
        tmp_path / "q.jsonl",
        {"text": "核酸在哪里做", "relevant": ["testing"]},
        {"text": "核酸", "relevant": ["testing"]},
        {"text": "养老院让不让进去看老人", "relevant": ["wedding"]},
        {"text": "今年洋芋卖多少钱", "relevant": []},
    )

    evaluation = evaluate_answers(tmp_path / "a.jsonl", queries, day=day)

    assert [one["decision"] for one in evaluation.predictions[:2]] == ["answer", "choices"]
    shown = named(evaluation.figures)["answerable answered or offered right"]
    assert shown.value == pytest.approx(2 / 3)


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


def test_the_threshold_in_force_is_told_and_the_one_that_would_give_a_precision(
    tmp_path: Path, day: date
) -> None:
    write_articles_jsonl(tmp_path / "a.jsonl", ARTICLES)
    queries = lines(
        tmp_path / "q.jsonl",
        {"text": "哪里可以做核酸检测", "relevant": ["testing"]},
        {"text": "现在可以去养老院探望老人吗", "relevant": ["wedding"]},
        {"text": "今年洋芋卖多少钱", "relevant": []},
    )
    strict = replace(DEFAULTS, answer=1.0)

    figures = named(
        evaluate_answers(tmp_path / "a.jsonl", queries, day=day, thresholds=strict, precision=0.5).figures
    )

    assert figures["threshold in force: answer"].value == 1
    assert figures["share answered"].value == 0
    assert 0 < figures["threshold for precision 0.5"].value < 1
    assert figures["share answered at precision 0.5"].value == pytest.approx(2 / 3)


def test_the_threshold_for_known_claims_is_told_likewise(tmp_path: Path, day: date) -> None:
    write_claims_jsonl(tmp_path / "c.jsonl", CLAIMS)
    messages = lines(tmp_path / "m.jsonl", {"text": "听说喝高度白酒能杀死新冠病毒", "claims": ["liquor"]})

    strict = replace(DEFAULTS, known=1.0, known_asked=1.0)
    figures = named(
        evaluate_rumours(tmp_path / "c.jsonl", messages, day=day, thresholds=strict, precision=0.9).figures
    )

    assert figures["share answered"].value == 0
    assert figures["share answered at precision 0.9"].value == 1


def test_official_news_is_no_ordinary_traffic(tmp_path: Path, day: date) -> None:
    write_claims_jsonl(tmp_path / "c.jsonl", ())
    messages = lines(
        tmp_path / "m.jsonl",
        {"text": "听说水库投毒了，快转给家里人", "claims": [], "rumour": True},
        {"text": "核酸还做吗", "claims": [], "rumour": False},
        {"text": "我市召开防控工作会议，安排部署下一步工作", "claims": [], "rumour": False, "kind": "notice"},
    )

    figures = named(evaluate_rumours(tmp_path / "c.jsonl", messages, day=day).figures)

    assert figures["flag: recall at 5% false alarms"].value == 1
    assert figures["flag: news flagged at 5% false alarms"].value in (0, 1)
    assert figures["flag: news flagged in force"].value in (0, 1)
    assert figures["flag: ordinary left alone"].value == 1


def test_without_kinds_nothing_is_said_of_news(tmp_path: Path, day: date) -> None:
    write_claims_jsonl(tmp_path / "c.jsonl", ())
    messages = lines(tmp_path / "m.jsonl", {"text": "核酸还做吗", "claims": [], "rumour": False})

    assert not any(
        "news" in name for name in named(evaluate_rumours(tmp_path / "c.jsonl", messages, day=day).figures)
    )


def test_an_opposite_that_is_answered_is_a_wrong_match_and_a_paraphrase_a_right_one(
    tmp_path: Path, day: date
) -> None:
    pairs = lines(
        tmp_path / "p.jsonl",
        {"left": "明天不封城", "right": "明天要封城", "flipped": True},
        {"left": "在哪里做核酸检测", "right": "哪里做核酸检测", "flipped": False},
    )

    evaluation = evaluate_flips(pairs, day=day, thresholds=replace(DEFAULTS, answer=0.01, choice=0.001))

    figures = named(evaluation.figures)
    assert figures["flipped: answered by the wrong partner"].value == 0
    assert figures["flipped: vetoed"].value == 1
    assert figures["paraphrase: answered by its partner"].value == 1
    assert figures["paraphrase: vetoed"].value == 0
    assert figures["flipped: given the wrong verdict"].value == 0
    assert [one["known"] for one in evaluation.predictions] == [False, True]
    assert [one["answered"] for one in evaluation.predictions] == [False, True]


def test_no_pairs_give_no_figures_but_times(tmp_path: Path, day: date) -> None:
    figures = evaluate_flips(lines(tmp_path / "p.jsonl"), day=day).figures
    assert all(figure.name.startswith("time per message") for figure in figures)


def test_every_fault_of_a_file_of_pairs_is_named(tmp_path: Path) -> None:
    pairs = lines(
        tmp_path / "p.jsonl", {"left": 1, "right": "x", "flipped": True}, {"left": "x", "right": "y"}
    )

    with pytest.raises(ImportFaults) as raised:
        read_pairs(pairs)

    assert [(fault.line, fault.field) for fault in raised.value.faults] == [(1, "left"), (2, "flipped")]


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


def test_recall_at_precision_is_that_of_a_threshold_so_equal_scores_are_answered_together() -> None:
    labels, scores = np.ones(4), np.full(4, 0.7)

    for order in (np.array([1.0, 0.0, 0.0, 0.0]), np.array([0.0, 0.0, 0.0, 1.0])):
        assert recall_at_precision(0.25)(labels, scores, order) == 0.25
        assert recall_at_precision(0.9)(labels, scores, order) == 0


def test_where_nothing_is_ordinary_nobody_can_tell_how_much_is_above_it() -> None:
    rumours, scores = np.ones(3), np.array([0.9, 0.8, 0.7])

    assert np.isnan(share_above_false_positives(0.05, among=1)(rumours, scores))
    assert np.isnan(hits_at_false_positives(0.05)(rumours, scores, np.ones(3)))
    assert np.isnan(hits_at_false_positives(0.05)(np.zeros(3), scores, np.ones(3)))
    assert np.isnan(recall_at_precision(0.9)(np.zeros(3), scores, np.zeros(3)))


def test_without_ordinary_messages_there_is_no_recall_at_false_alarms(tmp_path: Path, day: date) -> None:
    write_claims_jsonl(tmp_path / "c.jsonl", ())
    messages = lines(
        tmp_path / "m.jsonl", {"text": "听说水库投毒了，快转给家里人", "claims": [], "rumour": True}
    )

    figures = named(evaluate_rumours(tmp_path / "c.jsonl", messages, day=day).figures)

    assert render_table([figures["flag: recall at 5% false alarms"]]).endswith("-  [-, -]  n=1")


def test_macro_f1_weighs_every_class_alike() -> None:
    expected, given = np.array([0.0, 0.0, 0.0, 1.0]), np.array([0.0, 0.0, 0.0, 0.0])

    assert macro_f1(expected, given) == pytest.approx((6 / 7 + 0) / 2)


def test_the_table_shows_each_figure_with_its_interval() -> None:
    assert render_table([Figure("recall@1", 0.5, 0.25, 0.75, 8)]) == "recall@1     0.500  [0.250, 0.750]  n=8"


def test_a_threshold_is_shown_so_that_set_as_shown_it_still_lets_through_what_it_was_found_on() -> None:
    found = measure("threshold", threshold_at_precision(0.9), np.array([0.95769]), np.ones(1), kind=Threshold)

    assert render_table([found]) == "threshold    0.9576  [0.9576, 0.9576]  n=1"
    assert render_table([fixed("in force", 0.57, 3)]) == "in force    0.5700  [0.5700, 0.5700]  n=3"
    assert "-  [-, -]" in render_table([fixed("in force", float("nan"), 3)])


def test_honest_probabilities_have_no_calibration_error() -> None:
    predicted = np.array([0.25] * 4 + [0.75] * 4)
    right = np.array([1.0, 0, 0, 0, 1, 1, 1, 0])

    assert calibration_error(predicted, right) == pytest.approx(0)
    assert calibration_error(predicted, 1 - right) == pytest.approx(0.5)


def test_a_reliability_table_has_ten_bins_and_every_input_is_in_one() -> None:
    predicted = np.array([0.0, 0.05, 0.95, 1.0])

    error, *bins = reliability(predicted, np.array([0.0, 0.0, 1.0, 0.0]))

    assert error.name == "expected calibration error"
    assert len(bins) == BINS
    assert [one.count for one in bins] == [2, *[0] * 8, 2]
    assert isinstance(bins[-1], Bin)
    assert bins[-1].predicted == pytest.approx(0.975)
    assert bins[-1].value == 0.5
    assert "n=2  predicted 0.975" in render_table(bins)


def test_the_lowest_threshold_that_keeps_the_precision_is_found() -> None:
    sure, right = np.array([0.9, 0.8, 0.8, 0.7, 0.0]), np.array([1.0, 1.0, 0.0, 1.0, 1.0])

    assert threshold_at_precision(0.75)(sure, right) == 0.7
    assert share_at_precision(0.75)(sure, right) == pytest.approx(0.8)
    assert threshold_at_precision(0.9)(sure, right) == 0.9


def test_a_precision_that_no_threshold_gives_has_none() -> None:
    sure, right = np.array([0.9, 0.0]), np.array([0.0, 1.0])

    assert np.isnan(threshold_at_precision(0.5)(sure, right))
    assert share_at_precision(0.5)(sure, right) == 0


def test_shares_above_false_alarms_are_counted_among_those_asked_for() -> None:
    labels, scores = np.array([0.0, 0.0, 1.0, 2.0, 2.0]), np.array([0.1, 0.5, 0.6, 0.7, 0.2])

    assert share_above_false_positives(0.05, among=1)(labels, scores) == 1
    assert share_above_false_positives(0.05, among=2)(labels, scores) == 0.5
