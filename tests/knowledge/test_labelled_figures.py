"""The engine on the packaged samples and our own labelled lines: figures that must not drop.

The lines were written by the people who wrote the lexicon, and the flag and routing models were fitted on them: these
are floors against breakage, not estimates for unseen messages.
"""

from datetime import date
from pathlib import Path

import pytest

from knowledge.answering import Answer, Unknown, find_answer
from knowledge.claim_seeds import sample_claims
from knowledge.crisis import is_crisis
from knowledge.evaluation import evaluate_routing
from knowledge.labelled import read_lines, read_messages, read_questions
from knowledge.library import Library
from knowledge.routing import Intent
from knowledge.rumours import Known, Ordinary, check_rumour
from knowledge.seeds import sample_articles
from knowledge.text import Segmenter

DATA = Path(__file__).parent.parent / "data"
DAY = date(2022, 7, 14)
AT_ANDING = ("621100000000", "621102000000")
PLACES = ("定西市", "安定区", "通渭县", "陇西县", "渭源县", "临洮县", "漳县", "岷县")


@pytest.fixture(scope="module")
def library(segmenter: Segmenter) -> Library:
    return Library.build(sample_articles(day=DAY), sample_claims(day=DAY), segmenter=segmenter, places=PLACES)


def test_nine_in_ten_repeated_claims_are_right_and_most_are_found(library: Library) -> None:
    labelled = read_messages(DATA / "rumour_messages.jsonl")
    checks = [
        check_rumour(message.text, library=library, area_path=("621100000000",), day=DAY)
        for message in labelled
    ]
    known = [
        check.best.claim.id in (message.claims or ())
        for check, message in zip(checks, labelled, strict=True)
        if isinstance(check, Known)
    ]
    repeating = sum(bool(message.claims) for message in labelled)

    assert sum(known) / len(known) >= 0.93
    assert sum(known) / repeating >= 0.80


def test_rumours_reach_a_person_and_ordinary_messages_do_not(library: Library) -> None:
    labelled = read_messages(DATA / "rumour_messages.jsonl")
    noticed = {True: 0, False: 0}
    for message in labelled:
        check = check_rumour(message.text, library=library, area_path=("621100000000",), day=DAY)
        noticed[bool(message.rumour)] += not isinstance(check, Ordinary)
    rumours = sum(bool(message.rumour) for message in labelled)

    assert noticed[True] / rumours >= 0.95
    assert noticed[False] / (len(labelled) - rumours) <= 0.08


def test_no_line_of_danger_is_missed_and_no_other_line_raises_the_alarm() -> None:
    lines = read_lines(DATA / "routing_lines.jsonl")

    assert [
        line.text for line in lines if (line.intent is Intent.CRISIS) != (is_crisis(line.text) is not None)
    ] == []


def test_intents_of_villagers_lines_are_told(library: Library) -> None:
    figures = {
        figure.name: figure.value
        for figure in evaluate_routing(DATA / "routing_lines.jsonl", library=library, day=DAY).figures
    }

    assert figures["macro-F1"] >= 0.95
    assert figures["recall of headcount"] >= 0.94
    assert figures["recall of command"] >= 0.94


def test_answers_given_are_right_and_what_nothing_fits_is_seldom_answered(library: Library) -> None:
    labelled = read_questions(DATA / "questions.jsonl")
    answers = [
        find_answer(question.text, library=library, area_path=AT_ANDING, day=DAY) for question in labelled
    ]
    given = [
        answer.best.article.id in (question.relevant or ())
        for answer, question in zip(answers, labelled, strict=True)
        if isinstance(answer, Answer)
    ]
    unanswerable = [
        answer for answer, question in zip(answers, labelled, strict=True) if not question.relevant
    ]
    served = [
        not isinstance(answer, Unknown)
        for answer, question in zip(answers, labelled, strict=True)
        if question.relevant
    ]

    assert sum(given) / len(given) >= 0.92
    assert sum(isinstance(answer, Answer) for answer in unanswerable) / len(unanswerable) <= 0.06
    assert sum(served) / len(served) >= 0.75


def test_the_standard_question_and_every_phrasing_of_a_sample_article_find_it(library: Library) -> None:
    wrong = []
    for article in library.articles.values():
        for text in article.texts:
            best = find_answer(text, library=library, area_path=AT_ANDING, day=DAY).candidates[0].article
            if text not in best.texts:
                wrong.append((text, best.id))

    assert wrong == []
