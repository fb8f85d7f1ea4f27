"""The page of an error: what happened, the way back to the thing, and what was typed under the names of the form."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from wtforms import PasswordField, StringField, TextAreaField
from wtforms.fields.core import UnboundField

from bot.access import Role
from bot.console import typed
from bot.console.article_forms import ArticleForm
from bot.console.broadcast_forms import EditForm, NewNoticeForm
from bot.console.reports import EntryForm
from bot.console.staff import AccountForm
from bot.console.tokens import TokenForm
from bot.console.verdicts import FindingForm
from bot.runtime import Runtime
from bot.store.staff import disable_staff
from broadcasts.broadcast import Status
from broadcasts.calendar import SHANGHAI
from tests.bot.console.articles import ENTERED, as_it_stands, drafted, fields_on, submitted, version_page
from tests.bot.console.conftest import Browser
from tests.bot.console.test_broadcasts import NOTICE, fingerprint_on, status_of
from tests.bot.console.test_broadcasts import drafted as notice_drafted
from tests.bot.console.test_broadcasts import submitted as notice_submitted
from tests.clocks import TestClock

SignedIn = Callable[..., Browser]
ELSEWHERE = "这一条在别处改过了（同事，或您自己的另一个页面）"
GIVEN_BACK = "您刚才填写的内容"
TEMPLATES = Path(typed.__file__).parent / "templates"
# Typed on pages whose words are never given back.
KEPT_BACK = frozenset({"password", "code"})


def boxes(page: str) -> dict[str, str]:
    """What was typed, by the name that stands above it."""
    found = re.findall(r'<label class="form-label" for="typed-\d+">(.*?)</label><textarea[^>]*>(.*?)</textarea>', page, re.DOTALL)  # fmt: skip
    assert len(found) == page.count("<textarea"), "a box without a name"
    return {name: text.lstrip("\r\n") for name, text in found}


def links(page: str) -> dict[str, str]:
    main = page.partition("<main")[2]
    return {label: href for href, label in re.findall(r'<a class="btn[^>]*href="([^"]*)"[^>]*>(.*?)</a>', main)}  # fmt: skip


def overtaken_article(editor: Browser, **changed: object) -> tuple[str, str]:
    """The page of an article's form that was saved in two browser tabs; and the article's id."""
    article_id = drafted(editor)
    fields = {**ENTERED, "edition": 0, "note": ""}
    editor.post(f"/console/articles/{article_id}/edit", {**fields, "answer": "第一页写的"})
    answer = editor.post(
        f"/console/articles/{article_id}/edit", {**fields, "answer": "第二页写的", **changed}
    )
    assert answer.status_code == 409
    return answer.text, article_id


def test_what_was_changed_elsewhere_leads_back_to_the_thing_and_to_its_form(signed_in: SignedIn) -> None:
    page, article_id = overtaken_article(signed_in(Role.EDITOR))

    assert ELSEWHERE in page
    assert links(page)["回到这条知识（新页面）"] == f"/console/articles/{article_id}"
    assert links(page)["重新打开表单（新页面）"] == f"/console/articles/{article_id}/edit"


def test_what_was_typed_is_named_as_in_the_form_and_no_machine_value_is_among_it(signed_in: SignedIn) -> None:
    page, _ = overtaken_article(signed_in(Role.EDITOR))

    given = boxes(page)
    assert given["答复"] == "第二页写的"
    assert given["发布日期"] == "2022-07-12"
    assert set(given) == {"问题", "其他问法", "答复", "发布机构", "标题", "网址", "发布日期"}
    assert not {"other", "yes", "0"} & set(given.values())


def test_a_file_that_was_not_kept_is_asked_for_again(signed_in: SignedIn) -> None:
    file = (BytesIO(b"%PDF-1.7 notice"), "notice.pdf", "application/pdf")

    page, _ = overtaken_article(signed_in(Role.EDITOR), file=file)

    assert "请重新选一次文件" in page


def test_whoever_only_pressed_a_button_is_told_of_no_words_of_theirs(signed_in: SignedIn) -> None:
    editor, reviewer = signed_in(Role.EDITOR), signed_in(Role.REVIEWER)
    article_id = drafted(editor)
    submitted(editor, article_id)
    fields = fields_on(version_page(reviewer, article_id))

    answers = [
        reviewer.post(f"/console/articles/{article_id}/publish", {**fields, "publish": "yes"})
        for _ in range(2)
    ]

    page = answers[-1].text
    assert ELSEWHERE in page
    assert GIVEN_BACK not in page
    assert "没有覆盖" not in page
    assert links(page)["回到这条知识"] == f"/console/articles/{article_id}"


def test_a_broadcast_that_was_changed_elsewhere_leads_back_to_itself(signed_in: SignedIn) -> None:
    editor = signed_in(Role.EDITOR)
    broadcast_id = notice_drafted(editor)
    fields = {**NOTICE, "relay": "第一位写的", "edition": 1, "find": ""}
    editor.post(f"/console/broadcasts/{broadcast_id}/edit", fields)

    page = editor.post(f"/console/broadcasts/{broadcast_id}/edit", {**fields, "relay": "第二位写的"}).text

    assert ELSEWHERE in page
    assert links(page)["回到这份推送（新页面）"] == f"/console/broadcasts/{broadcast_id}"
    assert boxes(page)["网格员转发"] == "第二位写的"
    assert boxes(page)["有效到"] == "2022-07-21"
    assert "once" not in boxes(page).values()


def test_whoever_was_signed_out_while_writing_signs_in_beside_the_words(signed_in: SignedIn) -> None:
    editor = signed_in(Role.EDITOR)
    article_id = drafted(editor)
    token = editor.token()
    editor.post("/console/sign-out", {})

    response = editor.client.post(
        f"/console/articles/{article_id}/edit",
        data={"csrf_token": token, **ENTERED, "answer": "写了很久的答复"},
    )

    assert response.status_code == 400
    assert "您已经退出登录" in response.text
    assert boxes(response.text)["答复"] == "写了很久的答复"
    assert links(response.text) == {
        "重新登录（新页面）": f"/console/sign-in?then=/console/articles/{article_id}/edit"
    }
    assert 'target="_blank"' in response.text


def test_no_word_that_was_typed_stands_in_an_address(signed_in: SignedIn) -> None:
    editor = signed_in(Role.EDITOR)
    token = editor.token()
    editor.post("/console/sign-out", {})

    page = editor.client.post(
        "/console/questions/suggestions?text=hidden",
        data={"csrf_token": token, "text": "typed"},
        headers={"Referer": "http://localhost/console/questions?text=hidden"},
    ).text

    assert boxes(page) == {"文字": "typed"}
    assert not any("hidden" in href or "typed" in href for href in links(page).values())


def test_words_are_not_lost_either_when_an_account_is_closed_meanwhile(
    signed_in: SignedIn, runtime: Runtime
) -> None:
    editor = signed_in(Role.EDITOR)
    token = editor.token()
    with runtime.database.transaction() as session:
        disable_staff(session, "示例editor", now=runtime.clock())

    response = editor.client.post(
        "/console/articles/new", data={"csrf_token": token, **ENTERED, "answer": "写了很久的答复"}
    )

    assert response.status_code == 400
    assert boxes(response.text)["答复"] == "写了很久的答复"


def test_a_form_of_an_earlier_session_is_opened_again_by_whoever_is_signed_in(
    signed_in: SignedIn, runtime: Runtime
) -> None:
    editor = signed_in(Role.EDITOR)
    article_id = drafted(editor)

    response = editor.client.post(
        f"/console/articles/{article_id}/edit",
        data={"csrf_token": "of an earlier session", **ENTERED, "answer": "写了很久的答复"},
    )

    assert response.status_code == 400
    assert links(response.text)["重新打开表单（新页面）"] == f"/console/articles/{article_id}/edit"
    assert boxes(response.text)["答复"] == "写了很久的答复"
    assert as_it_stands(runtime, article_id).edition == 0


@pytest.mark.parametrize(
    "form", [ArticleForm, NewNoticeForm, EditForm, FindingForm, EntryForm, AccountForm, TokenForm]
)
def test_every_field_for_words_has_a_name_by_which_they_are_given_back(form: type) -> None:
    words = {
        name
        for name in dir(form)
        if isinstance(field := getattr(form, name), UnboundField)
        and issubclass(field.field_class, StringField | TextAreaField)
        and not issubclass(field.field_class, PasswordField)
    }
    assert words
    assert words <= named() | KEPT_BACK | {"edition"}


def test_every_box_for_words_on_a_page_has_a_name_by_which_they_are_given_back() -> None:
    assert set(typed_into()) <= named() | KEPT_BACK | {"file", "name"}


def named() -> set[str]:
    return {*typed.LABELS, *(name for fields in typed.OF_FORMS.values() for name in fields)}


def typed_into() -> Iterator[str]:
    """The names of the boxes that pages write themselves, in forms that are posted."""
    for path in TEMPLATES.rglob("*.html"):
        for tag in re.findall(r"<(?:input|textarea)\s[^>]*>", path.read_text(encoding="utf-8")):
            kind = re.search(r'type="([^"]+)"', tag)
            name = re.search(r'name="([a-z_]+)"', tag)
            if name and (kind is None or kind.group(1) in {"text", "date", "url"}):
                yield name.group(1)


def a_notice_read_in_time(
    editor: Browser, approver: Browser, clock: TestClock, **changed: object
) -> tuple[str, dict[str, object]]:
    """Handed over for ten minutes from now; and what its approver would post, having opened its page before that."""
    planned = (clock() + timedelta(minutes=10)).astimezone(SHANGHAI)
    broadcast_id = notice_submitted(editor, **{"at": f"{planned:%Y-%m-%dT%H:%M}", **changed})
    page = approver.get(f"/console/broadcasts/{broadcast_id}").text
    return broadcast_id, {"fingerprint": fingerprint_on(page), "read": "y"}


def test_a_notice_whose_time_passed_before_it_was_signed_says_so_and_what_to_do(
    signed_in: SignedIn, runtime: Runtime, clock: TestClock
) -> None:
    approver = signed_in(Role.APPROVER)
    broadcast_id, fields = a_notice_read_in_time(signed_in(Role.EDITOR), approver, clock)
    clock.advance(minutes=11)

    answer = approver.post(f"/console/broadcasts/{broadcast_id}/approve", fields)

    assert answer.status_code == 409
    assert "计划的发送时间已经过了" in answer.text
    assert "没有发出" in answer.text
    assert "退回" in answer.text
    assert "新的发送时间" in answer.text
    assert "它的状态已经变了" not in answer.text
    assert links(answer.text)["回到这份推送"] == f"/console/broadcasts/{broadcast_id}"
    assert status_of(runtime, broadcast_id) is Status.SUBMITTED


def test_its_page_says_the_same_to_whoever_opens_it_later(signed_in: SignedIn, clock: TestClock) -> None:
    approver = signed_in(Role.APPROVER)
    broadcast_id, _ = a_notice_read_in_time(signed_in(Role.EDITOR), approver, clock)
    assert "现在不能签发" not in approver.get(f"/console/broadcasts/{broadcast_id}").text
    clock.advance(minutes=11)

    page = approver.get(f"/console/broadcasts/{broadcast_id}").text

    assert "现在不能签发" in page
    assert "计划的发送时间已经过了" in page
    assert 'name="fingerprint"' not in page
    assert "确定退回" in page
