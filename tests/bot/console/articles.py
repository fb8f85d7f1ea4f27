"""Articles in the console: what is typed into the form, and the steps of two people."""

import re
from collections.abc import Mapping

from bot.runtime import Runtime
from bot.store.article_files import ArticleFile, find_file
from tests.bot.console.conftest import Browser

TONGWEI, ANDING, VILLAGE = "621121000000", "621102000000", "621121100201"
ASKED = "村里的澡堂子几点开门"
TOLD = "澡堂每天早上八点到晚上八点开门，进门登记。"
ENTERED: Mapping[str, object] = {
    "question": ASKED,
    "phrasings": "浴池几时开\r\n\r\n澡堂开着没",
    "answer": TOLD,
    "category": "other",
    "area_code": "",
    "issuer": "县商务局（示例）",
    "title": "示例通知",
    "url": "https://example.org/1",
    "issued_on": "2022-07-12",
}


def as_it_stands(runtime: Runtime, article_id: str) -> ArticleFile:
    with runtime.database.reading() as session:
        return find_file(session, article_id)


def edition(runtime: Runtime, article_id: str) -> int:
    return as_it_stands(runtime, article_id).edition


def drafted(browser: Browser, **changed: object) -> str:
    """The id of an article drafted by this person."""
    response = browser.post("/console/articles/new", {**ENTERED, **changed})
    assert response.status_code == 200, response.text
    return response.request.path.split("/")[3]


def version_page(browser: Browser, article_id: str, number: int = 1) -> str:
    return browser.get(f"/console/articles/{article_id}/versions/{number}").text


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found is not None
    return found.group(1)


def fields_on(page: str) -> dict[str, str]:
    return {"seen": hidden(page, "seen"), "edition": hidden(page, "edition")}


def submitted(browser: Browser, article_id: str, number: int = 1) -> None:
    fields = fields_on(version_page(browser, article_id, number))
    assert "已送审" in browser.post(f"/console/articles/{article_id}/submit", fields).text


def published(browser: Browser, article_id: str, number: int = 1) -> None:
    fields = fields_on(version_page(browser, article_id, number))
    assert "已发布，几秒内" in browser.post(f"/console/articles/{article_id}/publish", fields).text
