"""The knowledge desk in the console: an editor writes, another person reads every byte and publishes, residents hear."""

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from itertools import count

import pytest
from flask import Flask

from bot.access import Role
from bot.runtime import Runtime
from knowledge.article_life import ArticleState
from tests.bot.console.articles import (
    ENTERED,
    TOLD,
    VILLAGE,
    as_it_stands,
    drafted,
    edition,
    fields_on,
    published,
    submitted,
    version_page,
)
from tests.bot.console.conftest import Browser
from tests.clocks import TestClock
from tests.scenarios.phone import Phone

SignedIn = Callable[..., Browser]


@pytest.fixture
def phone(app: Flask, runtime: Runtime, clock: TestClock) -> Phone:
    """A resident of a village, on the service whose console this is."""
    one = Phone(app.test_client(), clock, openid=f"oTest{'bather':0>23}", numbers=count(1))
    one.follows(scene=one.scene_of(runtime, VILLAGE))
    return one


def test_what_an_editor_writes_and_a_reviewer_publishes_a_phone_hears(
    signed_in: SignedIn, runtime: Runtime, phone: Phone
) -> None:
    article_id = drafted(signed_in(Role.EDITOR))
    submitted(signed_in(Role.EDITOR, name="second editor"), article_id)
    reviewer = signed_in(Role.REVIEWER)
    runtime.library.refresh()
    before = phone.says("澡堂子几点开门")

    published(reviewer, article_id)
    runtime.library.refresh()
    after = phone.says("澡堂子几点开门")

    assert TOLD not in str(before)
    assert TOLD in str(after)
    assert "县商务局（示例）" in str(after)


@pytest.mark.parametrize(("wordings", "shown"), [(8, "<details open>"), (9, "<details>")])
def test_a_long_list_of_wordings_is_folded_and_counted(
    signed_in: SignedIn, wordings: int, shown: str
) -> None:
    browser = signed_in(Role.EDITOR)
    article_id = drafted(browser, phrasings="\n".join(f"第{turn}种问法" for turn in range(wordings)))
    submitted(signed_in(Role.EDITOR, name="second editor"), article_id)
    published(signed_in(Role.REVIEWER), article_id)

    page = browser.get(f"/console/articles/{article_id}").text

    assert f"{shown}<summary>其他问法（{wordings} 种）</summary>" in page


def test_the_second_person_reads_just_the_bytes_residents_will(signed_in: SignedIn) -> None:
    article_id = drafted(signed_in(Role.EDITOR))
    page = version_page(signed_in(Role.REVIEWER), article_id)

    assert TOLD in page
    assert "据县商务局（示例）" in page or "县商务局（示例）" in page
    assert len(re.findall("[0-9a-f]{64}", page)) >= 1


def test_a_draft_may_lack_its_source_but_is_not_handed_over_without(
    signed_in: SignedIn, runtime: Runtime
) -> None:
    editor = signed_in(Role.EDITOR)
    article_id = drafted(editor, issuer="", title="", url="", issued_on="")
    answer = editor.post(
        f"/console/articles/{article_id}/submit", fields_on(version_page(editor, article_id))
    )

    missing = "发布机构、标题或文号、发布日期（不晚于今天）、网址或原文副本"
    assert f"请先补上：{missing}。" in answer.text
    assert 'name="issuer"' in answer.text
    assert as_it_stands(runtime, article_id).state is ArticleState.DRAFT


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"question": " "}, "请写问题"),
        ({"question": "长" * 121}, "最多 120 字"),
        ({"answer": ""}, "请写答复"),
        ({"answer": "长" * 2_001}, "最多 2000 字"),
        ({"phrasings": "\n".join(f"问{number}" for number in range(61))}, "最多 60 行"),
        ({"issuer": ""}, "请写明依据由谁发布"),
        ({"url": "javascript:alert(1)"}, "请以 http"),
        ({"issued_on": "昨天"}, "读不懂"),
        ({"issued_on": "2040-01-01"}, "发布日期不能晚于今天"),
        ({"valid_to": "2020-12-01"}, "已经过了"),
        ({"valid_from": "2022-08-01", "valid_to": "2022-07-20"}, "结束日期早于开始日期"),
        ({"area_code": "999999999999"}, "没有这个地方"),
        ({"category": "emperor"}, "valid choice"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_typed_is_lost(
    signed_in: SignedIn, changed: dict[str, object], said: str
) -> None:
    typed = {**ENTERED, "document_number": "写了很久的文号", **changed}
    response = signed_in(Role.EDITOR).post("/console/articles/new", typed)

    assert response.status_code == 422
    assert said in response.text.lower() or said in response.text
    assert "写了很久的文号" in response.text


def test_a_day_left_blank_is_no_mistake_whatever_else_is_one(signed_in: SignedIn) -> None:
    blank = dict.fromkeys(("issued_on", "valid_from", "valid_to"), "")
    page = signed_in(Role.EDITOR).post("/console/articles/new", {**ENTERED, **blank, "answer": ""})

    assert page.status_code == 422
    assert "读不懂" not in page.text
    assert 'id="answer-fault"' in page.text


def test_the_box_of_an_answer_takes_as_much_as_is_kept(signed_in: SignedIn) -> None:
    editor = signed_in(Role.EDITOR)
    (box,) = re.findall(r"<textarea[^>]*name=\"answer\"[^>]*>", editor.get("/console/articles/new").text)
    lines = "\r\n".join(["长" * 9] * 200)

    assert 'maxlength="2000"' in box
    assert "最多 2000 字" in editor.get("/console/articles/new").text
    assert drafted(editor, answer=lines + "长"), "the end of a line is one character, however it is sent"


def test_an_author_is_told_that_another_person_publishes(signed_in: SignedIn, runtime: Runtime) -> None:
    author = signed_in(Role.REVIEWER)
    article_id = drafted(author)
    submitted(author, article_id)
    page = version_page(author, article_id)

    answer = author.post(
        f"/console/articles/{article_id}/publish",
        {"seen": re.findall("[0-9a-f]{64}", page)[-1], "edition": edition(runtime, article_id)},
    )

    assert "要由另一位同事发布" in page
    assert answer.status_code == 409
    assert as_it_stands(runtime, article_id).state is ArticleState.IN_REVIEW


def test_a_stale_form_overwrites_nothing_and_loses_nothing(signed_in: SignedIn, runtime: Runtime) -> None:
    editor = signed_in(Role.EDITOR)
    article_id = drafted(editor)
    fields = {**ENTERED, "edition": 0}
    editor.post(f"/console/articles/{article_id}/edit", {**fields, "answer": "第一位写的"})

    answer = editor.post(f"/console/articles/{article_id}/edit", {**fields, "answer": "第二位写的"})

    assert answer.status_code == 409
    assert "第二位写的" in answer.text
    assert as_it_stands(runtime, article_id).shown.answer == "第一位写的"


def test_a_double_click_publishes_once(signed_in: SignedIn, runtime: Runtime) -> None:
    editor, reviewer = signed_in(Role.EDITOR), signed_in(Role.REVIEWER)
    article_id = drafted(editor)
    submitted(editor, article_id)
    fields = fields_on(version_page(reviewer, article_id))

    answers = [reviewer.post(f"/console/articles/{article_id}/publish", fields) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 409]
    assert as_it_stands(runtime, article_id).version == 1


def test_versions_are_compared_and_an_earlier_one_comes_back(signed_in: SignedIn, runtime: Runtime) -> None:
    editor, reviewer = signed_in(Role.EDITOR), signed_in(Role.REVIEWER)
    article_id = drafted(editor)
    submitted(editor, article_id)
    published(reviewer, article_id)
    changed = {**ENTERED, "answer": TOLD.replace("八点到", "九点到"), "edition": edition(runtime, article_id)}
    editor.post(f"/console/articles/{article_id}/edit", changed)
    page = version_page(reviewer, article_id, 2)
    submitted(editor, article_id, 2)
    published(reviewer, article_id, 2)

    fields = {"edition": edition(runtime, article_id)}
    answer = editor.post(f"/console/articles/{article_id}/versions/1/restore", fields)

    assert "<del>" in page
    assert "（删去：" in page
    assert "（新增：" in page
    assert "已恢复成草稿" in answer.text
    file = as_it_stands(runtime, article_id)
    assert (file.version, file.shown.answer) == (2, changed["answer"])
    assert "第 3 版" in answer.text


def test_a_copy_of_the_source_is_kept_and_taken_out_as_a_download(signed_in: SignedIn) -> None:
    editor = signed_in(Role.EDITOR)
    article_id = drafted(editor, url="", file=(BytesIO(b"%PDF-1.7 notice"), "notice.pdf", "application/pdf"))
    submitted(editor, article_id)
    page = version_page(editor, article_id)
    link = re.search(rf'href="(/console/articles/{article_id}/copies/[0-9a-f]+)"', page)
    assert link is not None
    taken = editor.get(link.group(1))

    assert taken.data == b"%PDF-1.7 notice"
    assert taken.headers["Content-Type"] == "application/octet-stream"
    assert "attachment" in taken.headers["Content-Disposition"]
    assert editor.get(f"/console/articles/{article_id}/copies/{'0' * 64}").status_code == 404


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"MZ...", "application/x-msdownload", 422),
        (b"no pdf", "application/pdf", 422),
        (b"%PDF" + b"x" * 5_300_000, "application/pdf", 422),
        (b"%PDF" + b"x" * 9_000_000, "application/pdf", 413),
    ],
)
def test_files_of_other_kinds_or_too_large_are_refused_in_words(
    signed_in: SignedIn, content: bytes, kind: str, status: int
) -> None:
    browser = signed_in(Role.EDITOR)
    fields = {**ENTERED, "csrf_token": browser.token()}
    response = browser.client.post(
        "/console/articles/new",
        data=multipart(fields, content, kind),
        content_type="multipart/form-data; boundary=edge",
    )

    assert response.status_code == status
    assert ("只收 5 MB 以内" if status == 422 else "内容太大") in response.text


def multipart(fields: Mapping[str, object], content: bytes, kind: str) -> bytes:
    """A form with a file, in memory: the test client would leave a large one in an open temporary file."""
    head = "".join(
        f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    head += f'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: {kind}\r\n\r\n'
    return head.encode() + content + b"\r\n--edge--\r\n"


def test_a_page_pasted_is_kept_as_it_was(signed_in: SignedIn) -> None:
    editor = signed_in(Role.EDITOR)
    article_id = drafted(editor, pasted="通知全文\n第二行")
    link = re.search(r'href="(/console/articles/[^"]+/copies/[0-9a-f]+)"', version_page(editor, article_id))
    assert link is not None
    assert "通知全文" in editor.get(link.group(1)).data.decode()


def test_a_draft_is_sent_back_with_a_reason_that_its_author_reads(signed_in: SignedIn) -> None:
    editor, reviewer = signed_in(Role.EDITOR), signed_in(Role.REVIEWER)
    article_id = drafted(editor)
    submitted(editor, article_id)
    fields = fields_on(version_page(reviewer, article_id))

    nothing = reviewer.post(f"/console/articles/{article_id}/send-back", {**fields, "reason": " "})
    answer = reviewer.post(f"/console/articles/{article_id}/send-back", {**fields, "reason": "电话不对"})

    assert "请写明原因" in nothing.text
    assert "已退回" in answer.text
    assert "电话不对" in editor.get(f"/console/articles/{article_id}").text


def test_what_is_withdrawn_is_answered_no_more(signed_in: SignedIn, runtime: Runtime, phone: Phone) -> None:
    editor, reviewer = signed_in(Role.EDITOR), signed_in(Role.REVIEWER)
    article_id = drafted(editor)
    submitted(editor, article_id)
    published(reviewer, article_id)
    fields = {"edition": edition(runtime, article_id), "reason": "写错了"}

    refused = editor.post(f"/console/articles/{article_id}/withdraw", fields)
    done = reviewer.post(f"/console/articles/{article_id}/withdraw", fields)
    runtime.library.refresh()

    assert refused.status_code == 403
    assert "已撤下" in done.text
    assert TOLD not in str(phone.says("澡堂子几点开门"))
