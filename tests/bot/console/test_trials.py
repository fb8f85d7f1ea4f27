"""The knowledge desk's "try it": what a sentence would be answered with a draft in place, and what publishing would change."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from bot.access import Role
from bot.runtime import Runtime
from bot.store import inquiries
from bot.store.engine import Session
from bot.store.tables import QuestionRow, TicketRow
from tests.bot.console.articles import (
    ANDING,
    ASKED,
    ENTERED,
    TOLD,
    TONGWEI,
    VILLAGE,
    drafted,
    edition,
    published,
    submitted,
)
from tests.bot.console.conftest import Browser
from tests.bot.office.acting import trail
from tests.clocks import TestClock

SignedIn = Callable[..., Browser]
TODAY = "2022-07-14"


def tried(browser: Browser, sentence: str, *, article: str = "", area_code: str = VILLAGE) -> str:
    fields = {"sentence": sentence, "article": article, "area_code": area_code, "day": TODAY}
    response = browser.post("/console/trials", fields)
    assert response.status_code == 200, response.text
    return response.text


def ask(session: Session, clock: TestClock, text: str, *, area_code: str = VILLAGE) -> None:
    inquiries.add_question(session, resident_id=None, text=text, area_code=area_code, now=clock())


def test_a_draft_is_tried_before_anybody_else_gets_it(signed_in: SignedIn, runtime: Runtime) -> None:
    editor = signed_in(Role.EDITOR)
    article_id = drafted(editor)

    with_draft = tried(editor, "澡堂开着没", article=article_id)
    without = tried(editor, "澡堂开着没")

    assert "直接回答" in with_draft
    assert "正在写的一版" in with_draft
    assert TOLD in with_draft
    assert TOLD not in without
    assert article_id not in runtime.library.get().articles


def test_a_county_that_the_sentence_names_decides_as_it_does_for_residents(signed_in: SignedIn) -> None:
    editor = signed_in(Role.EDITOR)
    article_id = drafted(editor, area_code=TONGWEI)

    named = tried(editor, "通渭的澡堂开着没", article=article_id, area_code=ANDING)
    unnamed = tried(editor, "澡堂开着没", article=article_id, area_code=ANDING)

    assert TOLD in named
    assert TOLD not in unnamed


def test_the_page_opens_for_a_draft_and_without_one(signed_in: SignedIn) -> None:
    editor = signed_in(Role.EDITOR)
    article_id = drafted(editor)

    assert f'value="{article_id}"' in editor.get(f"/console/trials?article={article_id}").text
    assert editor.get("/console/trials").status_code == 200
    assert editor.get("/console/trials?article=nix").status_code == 404


def test_a_sentence_is_shown_with_scores_and_reasons(signed_in: SignedIn) -> None:
    page = tried(signed_in(Role.AUDITOR), "听说明天全县要封城，家人们赶紧转发")

    assert "当成：核实说法" in page
    assert re.search(r"像传言 \d+%", page)
    assert "把握是怎么用的" in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"sentence": " "}, "请写一句话"),
        ({"sentence": "长" * 2_001}, "最多 2000 字"),
        ({"day": "昨天"}, "读不懂"),
        ({"area_code": "999999999999"}, "没有这个地方"),
    ],
)
def test_what_cannot_be_tried_is_told_at_its_field(
    signed_in: SignedIn, changed: dict[str, str], said: str
) -> None:
    fields = {"sentence": "澡堂开着没", "area_code": "", "day": TODAY, **changed}

    response = signed_in(Role.EDITOR).post("/console/trials", fields)

    assert response.status_code == 422
    assert said in response.text


@pytest.mark.parametrize(
    ("sentence", "kind", "told"),
    [("我妈喝农药了", "可能自伤", "12356"), ("家里着火了", "火情", "打 119，说清地点")],
)
def test_of_danger_to_life_what_the_resident_receives_stands_first(
    signed_in: SignedIn, sentence: str, kind: str, told: str
) -> None:
    page = tried(signed_in(Role.EDITOR), sentence)
    found = page.partition("</form>")[2].partition("居民马上收到")[2]

    assert told in found.partition("当成：危急")[0]
    assert kind in found
    assert "self_harm" not in page


def test_what_is_likely_and_yet_not_answered_says_why(signed_in: SignedIn) -> None:
    page = tried(signed_in(Role.EDITOR), "饭馆不能进去吃饭吗？")

    assert "没有直接回答：意思有出入" in page
    assert "允许与否不同：这句话说“不能”，那条说“能”" in page
    assert "没有直接回答" not in tried(signed_in(Role.EDITOR, name="示例乙"), "饭馆能进去吃饭吗？")


def test_what_is_typed_is_neither_run_nor_put_into_an_address(signed_in: SignedIn) -> None:
    response = signed_in(Role.EDITOR).post(
        "/console/trials", {"sentence": "<script>alert(1)</script>", "area_code": "", "day": TODAY}
    )

    assert "<script>alert" not in response.text
    assert "alert" not in response.request.full_path


def test_the_questions_that_a_draft_would_answer_are_listed(
    signed_in: SignedIn, runtime: Runtime, clock: TestClock
) -> None:
    with runtime.database.transaction() as session:
        ask(session, clock, "澡堂子几点开门，我电话13900001234")
        ask(session, clock, "路灯几时修")
    editor = signed_in(Role.EDITOR)
    article_id = drafted(editor)

    page = editor.get(f"/console/articles/{article_id}/regression").text

    assert "澡堂子几点开门" in page
    assert "13900001234" not in page
    assert "路灯几时修" not in page
    assert ASKED in page
    assert "秒内没有试完" not in page
    assert "questions.viewed" in [event.action for event in trail(runtime, f"article {article_id}")]


def test_another_wording_of_the_answer_is_a_change_of_what_is_told(
    signed_in: SignedIn, runtime: Runtime
) -> None:
    editor = signed_in(Role.EDITOR)
    article_id = drafted(editor)
    submitted(editor, article_id)
    published(signed_in(Role.REVIEWER), article_id)
    runtime.library.refresh()
    nothing = editor.get(f"/console/articles/{article_id}/regression")
    changed = {**ENTERED, "answer": "改到九点。进门登记。", "edition": edition(runtime, article_id)}
    editor.post(f"/console/articles/{article_id}/edit", changed)

    page = editor.get(f"/console/articles/{article_id}/regression").text

    assert nothing.status_code == 409
    assert "（文字变了）" in page


def test_an_area_lead_sees_no_question_of_another_county(
    signed_in: SignedIn, runtime: Runtime, clock: TestClock
) -> None:
    with runtime.database.transaction() as session:
        ask(session, clock, "镇里的澡堂几点开门", area_code=VILLAGE)
        ask(session, clock, "街上的澡堂几点开门", area_code="621102001003")
    article_id = drafted(signed_in(Role.EDITOR))
    here = signed_in(Role.AREA_LEAD, name="here", area_code=TONGWEI)
    there = signed_in(Role.AREA_LEAD, name="there", area_code=ANDING)

    pages = [lead.get(f"/console/articles/{article_id}/regression").text for lead in (here, there)]

    assert ["镇里的澡堂" in page for page in pages] == [True, False]
    assert ["街上的澡堂" in page for page in pages] == [False, True]


def test_what_was_asked_most_often_is_looked_at_once_and_says_how_often(
    signed_in: SignedIn, runtime: Runtime, clock: TestClock
) -> None:
    with runtime.database.transaction() as session:
        for text in ("澡堂子几点开门，电话13900001234", "澡堂子几点开门，电话13900005678", "浴池几点开"):
            ask(session, clock, text)
    editor = signed_in(Role.EDITOR)

    page = editor.get(f"/console/articles/{drafted(editor)}/regression").text

    assert page.count("澡堂子几点开门，电话") == 1
    assert page.index("居民问过 2 次") < page.index("居民问过<")


def test_ten_thousand_questions_are_looked_through_in_bounded_time(
    signed_in: SignedIn, runtime: Runtime, clock: TestClock
) -> None:
    numbers = range(1, 10_201)
    with runtime.database.transaction() as session:
        session.execute(insert(TicketRow), [{"number": one, "kind": "question"} for one in numbers])
        session.execute(
            insert(QuestionRow),
            [
                {"number": one, "text": f"第{one}个村的路灯几时修", "state": "open", "asked_at": clock()}
                for one in numbers
            ],
        )
    editor = signed_in(Role.EDITOR)
    article_id = drafted(editor)
    began = datetime.now(tz=UTC)

    page = editor.get(f"/console/articles/{article_id}/regression")

    assert page.status_code == 200
    assert (datetime.now(tz=UTC) - began).total_seconds() < 15
