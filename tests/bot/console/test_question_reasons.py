"""The questions desk says what the articles nearest to a question are, and why none of them was given."""

import re
from collections.abc import Callable
from html import unescape

import pytest

from bot.access import Role
from bot.question_grouping import QuestionGrouper
from bot.runtime import Runtime
from bot.store import inquiries, question_groups
from bot.store.questions import sort_into
from knowledge.grouping import Fit
from tests.bot.console.conftest import Browser
from tests.bot.office.hearing import HERE

SignedIn = Callable[..., Browser]
PATH = "/console/questions/1"


def read(page: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


@pytest.fixture(autouse=True)
def _asked(runtime: Runtime) -> None:
    with runtime.database.transaction() as session:
        inquiries.add_question(
            session,
            resident_id=None,
            text="饭馆不能进去吃饭吗？",
            area_code=HERE,
            now=runtime.clock(),
        )
    assert QuestionGrouper(runtime).sort_next()


def test_the_nearest_articles_say_why_they_were_not_given(signed_in: SignedIn) -> None:
    page = read(signed_in(Role.EDITOR).get(PATH).text)

    assert "住在通渭县平襄镇城关村的人现在再问这一句，会：给几个选项" in page
    assert re.search("饭馆能进去吃饭吗？ 全市 · .{23} 列为选项 没有直接回答：意思有出入", page)
    assert "允许与否不同：这句话说“不能”，那条说“能”" in page


def test_the_question_is_tried_by_one_button_as_if_asked_from_there(signed_in: SignedIn) -> None:
    editor = signed_in(Role.EDITOR)
    form = editor.get(PATH).text.partition('action="/console/trials"')[2].partition("</form>")[0]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))

    tried = editor.post("/console/trials", {name: unescape(value) for name, value in fields.items()})

    assert tried.status_code == 200
    assert "按住在通渭县平襄镇城关村的人来答" in tried.text
    assert f'<option selected value="{HERE}">' in tried.text
    assert "饭馆" not in tried.request.full_path


def test_what_is_done_with_says_nothing_of_it(signed_in: SignedIn) -> None:
    editor = signed_in(Role.EDITOR)
    editor.post(f"{PATH}/close", {"reason": "重复"})

    assert "最像的知识" not in editor.get(PATH).text


def test_what_is_only_suggested_says_what_is_shared_and_what_differs(
    signed_in: SignedIn, runtime: Runtime
) -> None:
    now = runtime.clock()
    with runtime.database.transaction() as session:
        number = inquiries.add_question(
            session, resident_id=None, text="渭源的浴池早上几点开门", area_code=HERE, now=now
        )
        group_id = question_groups.open_group(session, text="通渭的浴池几点开门", asked_at=now)
        asked = inquiries.add_question(
            session, resident_id=None, text="通渭的浴池几点开门", area_code=HERE, now=now
        )
        assert sort_into(session, asked, group_id, fit=Fit.SURE)
        assert sort_into(session, number, group_id, fit=Fit.SUGGESTED)

    page = read(signed_in(Role.EDITOR).get("/console/questions/suggestions").text)

    assert re.search("像这一组： 通渭的浴池几点开门 .* 都说到 .*浴池", page)
    assert "地点不同：这句话说“渭源”，那条说“通渭”" in page
