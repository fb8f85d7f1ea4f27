"""Unanswered questions in the browser: from three who asked the same to an article, and what is set right by hand."""

import re
from collections.abc import Callable
from datetime import date
from itertools import count

import pytest
from flask import Flask
from sqlalchemy import select

from bot.access import Role
from bot.answer_telling import tell_next_askers
from bot.question_grouping import QuestionGrouper
from bot.runtime import Runtime
from bot.store.article_versions import find_version
from bot.store.outbox import BODY
from bot.store.tables import ArticleRow, DeliveryRow, QuestionGroupRow, QuestionRow
from tests.bot.console.conftest import Browser
from tests.clocks import TestClock
from tests.scenarios.phone import Phone

SignedIn = Callable[..., Browser]

ASKED = ("图书馆什么时候开放", "图书馆哪天开放", "请问图书馆什么时候开放？")
TONGWEI, VILLAGE, TOWN = "621121000000", "621121100201", "621102001003"
ARTICLE = {
    "edition": "0",
    "question": "图书馆什么时候开放",
    "phrasings": "图书馆哪天开放",
    "answer": "本月二十五日起开放，每天九点到十七点。",
    "category": "other",
    "area_code": "",
    "issuer": "县文旅局（示例）",
    "title": "示例通知",
    "url": "https://example.org/library",
    "issued_on": "2022-07-12",
}


def sort_all(runtime: Runtime) -> None:
    grouper = QuestionGrouper(runtime)
    while grouper.sort_next():
        pass


@pytest.fixture
def group_id(app: Flask, runtime: Runtime, clock: TestClock) -> int:
    """Three residents of two counties asked the same."""
    numbers, client = count(1), app.test_client()
    for name, (place, words) in enumerate(zip((VILLAGE, VILLAGE, TOWN), ASKED, strict=True)):
        phone = Phone(client, clock, openid=f"oTest{name:0>23}", numbers=numbers)
        phone.follows(scene=phone.scene_of(runtime, place))
        assert "没有把握" in phone.says(words)
    sort_all(runtime)
    with runtime.database.reading() as session:
        return session.scalars(select(QuestionGroupRow.id)).one()


def told(runtime: Runtime) -> list[str]:
    with runtime.database.reading() as session:
        rows = session.scalars(select(DeliveryRow).order_by(DeliveryRow.id))
        return [runtime.vault.open(row.body_sealed, BODY) for row in rows]


def numbers_of(runtime: Runtime) -> list[int]:
    with runtime.database.reading() as session:
        return list(session.scalars(select(QuestionRow.number).order_by(QuestionRow.number)))


def test_a_group_becomes_an_article_by_two_people_and_its_askers_hear(
    signed_in: SignedIn, runtime: Runtime, group_id: int
) -> None:
    editor, reviewer = signed_in(Role.EDITOR), signed_in(Role.REVIEWER)
    assert "图书馆什么时候开放" in editor.get("/console/questions").text
    assert "图书馆哪天开放" in editor.get(f"/console/questions/{group_id}/article").text

    editor.post(f"/console/questions/{group_id}/article", dict(ARTICLE))
    with runtime.database.reading() as session:
        article_id = session.scalars(select(ArticleRow.id).where(ArticleRow.version == 0)).one()
        version = find_version(session, article_id, 1)
    assert version is not None
    seen = version.pending.fingerprint
    editor.post(f"/console/articles/{article_id}/submit", {"edition": "0", "seen": seen})
    reviewer.post(f"/console/articles/{article_id}/publish", {"edition": "1", "seen": seen})
    while tell_next_askers(runtime):
        pass

    assert len(told(runtime)) == len(ASKED)
    assert all("本月二十五日起开放" in body for body in told(runtime))
    assert "已答" in editor.get(f"/console/questions/{group_id}").text


def test_ticked_questions_are_taken_out_into_a_group_of_their_own(
    signed_in: SignedIn, runtime: Runtime, group_id: int
) -> None:
    browser = signed_in(Role.EDITOR)
    last = numbers_of(runtime)[-1]

    page = browser.post(f"/console/questions/{group_id}/move", {"number": last, "text": "另一个意思"})

    assert "已另立一组" in page.text
    assert "另一个意思" in page.text
    assert "2 次" in browser.get(f"/console/questions/{group_id}").text


@pytest.mark.parametrize("into", ["999999", "9" * 40, "abc"])
def test_a_group_there_is_not_takes_nothing(
    signed_in: SignedIn, runtime: Runtime, group_id: int, into: str
) -> None:
    browser = signed_in(Role.EDITOR)
    response = browser.post(
        f"/console/questions/{group_id}/move", {"number": numbers_of(runtime)[0], "into": into}
    )
    assert response.status_code == 422
    assert "3 次" in browser.get(f"/console/questions/{group_id}").text


def test_nothing_ticked_is_said(signed_in: SignedIn, group_id: int) -> None:
    page = signed_in(Role.EDITOR).post(f"/console/questions/{group_id}/move", {"number": "9" * 40})
    assert "请先选中" in page.text


def test_one_question_is_answered_alone(signed_in: SignedIn, runtime: Runtime, group_id: int) -> None:
    browser, number = signed_in(Role.EDITOR), numbers_of(runtime)[0]
    path = f"/console/questions/one/{number}"
    assert "图书馆什么时候开放" in browser.get(path).text
    assert "请写下答复" in browser.post(path, {"text": ""}).text

    assert "已答复" in browser.post(path, {"text": "明天开放。"}).text
    assert browser.post(path, {"text": "后天开放。"}).status_code == 409
    assert told(runtime) == [f"您问的“编号 {number}”有答复了：\n明天开放。"]
    assert str(group_id)


def test_an_area_lead_sees_only_what_was_asked_in_the_own_area(signed_in: SignedIn, group_id: int) -> None:
    browser = signed_in(Role.AREA_LEAD, area_code=TONGWEI)
    page = browser.get(f"/console/questions/{group_id}").text
    assert "2 次" in page
    assert ASKED[2] not in page
    assert "不用答" not in page


def test_an_auditor_reads_and_is_offered_nothing_to_do(signed_in: SignedIn, group_id: int) -> None:
    page = signed_in(Role.AUDITOR).get(f"/console/questions/{group_id}").text
    assert "写成知识" not in page
    assert "单独答复" not in page


def test_a_group_is_closed_with_a_reason(signed_in: SignedIn, group_id: int) -> None:
    browser = signed_in(Role.EDITOR)
    assert "请写明原因" in browser.post(f"/console/questions/{group_id}/close", {"reason": ""}).text
    page = browser.post(f"/console/questions/{group_id}/close", {"reason": "已在村里当面答过"})
    assert "已办结 3 个问题" in page.text


def test_the_list_is_filtered_and_taken_away_as_a_file(signed_in: SignedIn, group_id: int) -> None:
    browser = signed_in(Role.EDITOR)
    assert "没有符合条件" in browser.get("/console/questions?state=closed").text
    listed = browser.get(f"/console/questions?state=open&area={VILLAGE}&sort=-count").text
    assert "图书馆" in listed
    assert f"编号 {group_id}" in listed
    file = browser.get("/console/questions?format=csv")
    assert re.search(rf"^{group_id},图书馆什么时候开放,3,", file.text, re.MULTILINE)


def test_articles_are_offered_by_what_they_answer_and_none_that_cannot_be_told(
    signed_in: SignedIn, runtime: Runtime, group_id: int
) -> None:
    with runtime.database.transaction() as session:
        one, gone, over = session.scalars(
            select(ArticleRow).where(ArticleRow.state == "published").order_by(ArticleRow.id).limit(3)
        )
        one.valid_to, gone.state, over.valid_to = None, "withdrawn", date(2022, 7, 13)
        offered_one, rest = (one.id, one.question), {gone.id, over.id}

    page = signed_in(Role.EDITOR).get(f"/console/questions/{group_id}").text
    lead = signed_in(Role.AREA_LEAD, area_code=TONGWEI).get(f"/console/questions/{group_id}").text
    offered = dict(re.findall(r'<option value="([^"]+)">([^<]+)', page))

    assert offered[offered_one[0]].startswith(offered_one[1])
    assert rest.isdisjoint(offered)
    assert len(re.findall("<option", lead)) < len(offered), "only what holds in the own area alone"


def test_an_article_there_is_answers_them_all(signed_in: SignedIn, runtime: Runtime, group_id: int) -> None:
    browser = signed_in(Role.EDITOR)
    assert (
        "没有这个编号" in browser.post(f"/console/questions/{group_id}/answered-by", {"article": "nix"}).text
    )
    with runtime.database.reading() as session:
        article_id = session.scalars(
            select(ArticleRow.id).where(
                ArticleRow.state == "published", ArticleRow.area_code == "", ArticleRow.valid_to.is_(None)
            )
        ).first()
    offered = browser.get(f"/console/questions/{group_id}").text.partition("<datalist")[2]
    assert f'<option value="{article_id}">' in offered
    page = browser.post(f"/console/questions/{group_id}/answered-by", {"article": article_id})
    assert "陆续收到" in page.text
    while tell_next_askers(runtime):
        pass
    assert len(told(runtime)) >= len(ASKED)
