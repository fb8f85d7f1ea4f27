"""The knowledge desk over the API: written by one, published by another, edited beside what is public."""

from typing import Any

import pytest

from bot.runtime import Runtime
from tests.bot.api.caller import Caller, Systems
from tests.bot.places import ANDING, HEPING, TONGWEI

ARTICLE = {
    "question": "婚礼现在能办吗",
    "answer": "目前请缓办，确需举办的先向社区登记。",
    "phrasings": ["能不能摆酒席"],
    "source": {
        "issuer": "市民政局（示例）",
        "title": "红白事简办指引",
        "document_number": "",
        "url": "https://example.org/guidance",
        "issued_on": "2022-07-10",
    },
    "category": "wedding",
}


@pytest.fixture
def reviewer(systems: Systems) -> Caller:
    return systems.of("reviewer")


def step(caller: Caller, article_id: str, name: str, /, **said: object) -> dict[str, Any]:
    """One step with the edition the article has now."""
    edition = caller.done("GET", f"/articles/{article_id}")["edition"]
    return caller.done(
        "POST", f"/articles/{article_id}/transitions", {"step": name, "edition": edition, **said}
    )


def drafted(editor: Caller, **changes: object) -> dict[str, Any]:
    return editor.done("POST", "/articles", {**ARTICLE, **changes})


def published(editor: Caller, reviewer: Caller, article_id: str) -> dict[str, Any]:
    written = editor.done("GET", f"/articles/{article_id}")["written"]
    step(editor, article_id, "submit", fingerprint=written["fingerprint"])
    return step(reviewer, article_id, "publish", fingerprint=written["fingerprint"])


def test_an_article_becomes_public_by_two_people(editor: Caller, reviewer: Caller) -> None:
    made = drafted(editor)
    done = published(editor, reviewer, made["id"])

    assert (made["state"], made["version"]) == ("draft", 0)
    assert (done["state"], done["version"], done["written"]) == ("published", 1, None)
    assert {name: done[name] for name in ARTICLE} == ARTICLE
    (version,) = done["versions"]
    assert (version["authors"], version["approved_by"]) == (["editor"], "reviewer")


def test_nobody_publishes_what_they_wrote(reviewer: Caller) -> None:
    made = drafted(reviewer)
    seen = made["written"]["fingerprint"]
    after = step(reviewer, made["id"], "submit", fingerprint=seen)
    body = {"step": "publish", "edition": after["edition"], "fingerprint": seen}
    assert reviewer.post(f"/articles/{made['id']}/transitions", body).status_code == 409


def test_a_token_without_that_scope_publishes_nothing(systems: Systems, editor: Caller) -> None:
    made = drafted(editor)
    seen = made["written"]["fingerprint"]
    after = step(editor, made["id"], "submit", fingerprint=seen)
    writing = systems.of("reviewer", scopes=("read", "write"))
    body = {"step": "publish", "edition": after["edition"], "fingerprint": seen}
    response = writing.post(f"/articles/{made['id']}/transitions", body)
    assert (response.status_code, response.get_json(force=True)["code"]) == (403, "insufficient_scope")


def test_an_edit_stands_beside_what_is_public_and_is_stale_the_second_time(
    editor: Caller, reviewer: Caller
) -> None:
    made = drafted(editor)
    edition = published(editor, reviewer, made["id"])["edition"]
    change = {**ARTICLE, "answer": "已经可以办，每桌不超过十人。", "edition": edition}
    after = editor.put(f"/articles/{made['id']}", change).get_json()

    assert (after["answer"], after["written"]["text"]["answer"]) == (ARTICLE["answer"], change["answer"])
    assert editor.put(f"/articles/{made['id']}", change).get_json(force=True)["code"] == "stale"


def test_an_earlier_version_is_restored_and_the_public_one_withdrawn(
    editor: Caller, reviewer: Caller
) -> None:
    article_id = drafted(editor)["id"]
    published(editor, reviewer, article_id)
    assert step(editor, article_id, "restore", number=1)["written"]["text"]["answer"] == ARTICLE["answer"]
    assert step(editor, article_id, "drop", reason="不改了")["written"] is None
    assert step(editor, article_id, "give", name="reviewer")["owner"] == "reviewer"
    assert step(reviewer, article_id, "withdraw", reason="规定变了")["state"] == "withdrawn"


def test_what_is_sent_back_says_why(editor: Caller, reviewer: Caller) -> None:
    made = drafted(editor)
    step(editor, made["id"], "submit", fingerprint=made["written"]["fingerprint"])
    after = step(reviewer, made["id"], "send_back", reason="没有写电话")
    assert (after["state"], after["written"]["note"]) == ("draft", "没有写电话")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"question": ""}, "question"),
        ({"answer": "长" * 2_001}, "answer"),
        ({"area_code": "999999000000"}, "area_code"),
        ({"valid_from": "2022-08-01", "valid_to": "2022-07-01"}, "valid_to"),
        ({"source": {"issuer": ""}}, "source.issuer"),
        ({"source": {"issuer": "市民政局（示例）", "issued_on": "2040-01-01"}}, "issued_on"),
        ({"valid_to": "2020-12-01"}, "valid_to"),
        ({"id": "mine"}, "id"),
    ],
)
def test_what_cannot_be_is_told_by_field(editor: Caller, changes: dict[str, object], field: str) -> None:
    response = editor.post("/articles", {**ARTICLE, **changes})
    assert response.status_code == 422
    assert field in response.get_json(force=True)["errors"]


def test_an_article_without_a_source_is_a_draft_and_goes_no_further(editor: Caller) -> None:
    made = drafted(editor, source=None)
    body = {
        "step": "submit",
        "edition": made["edition"],
        "fingerprint": made["written"]["fingerprint"],
    }
    assert editor.post(f"/articles/{made['id']}/transitions", body).status_code == 422


def test_somebody_of_one_county_reads_what_holds_there_and_writes_nothing_for_another(
    systems: Systems, editor: Caller, runtime: Runtime
) -> None:
    del runtime
    everywhere = drafted(editor)["id"]
    here = drafted(editor, area_code=HEPING.code)["id"]
    elsewhere = drafted(editor, area_code=ANDING.code)["id"]
    bound = systems.of("editor", name="bound", area_code=TONGWEI.code)

    assert {one["id"] for one in bound.all_items("/articles")} == {everywhere, here}
    assert bound.get(f"/articles/{elsewhere}").status_code == 404
    assert bound.post("/articles", {**ARTICLE, "area_code": ANDING.code}).status_code == 403
    assert bound.post("/articles", {**ARTICLE, "area_code": HEPING.code}).status_code == 201


def test_lists_filter_sort_and_turn_pages(editor: Caller, reviewer: Caller) -> None:
    ids = [drafted(editor, question=f"问题{number}", category="travel")["id"] for number in range(4)]
    published(editor, reviewer, ids[0])

    assert sorted(one["id"] for one in editor.all_items("/articles", {"limit": 3})) == sorted(ids)
    assert [one["id"] for one in editor.all_items("/articles", {"state": "published"})] == [ids[0]]
    assert len(editor.all_items("/articles", {"category": "travel", "sort": "id", "limit": 1})) == 4
    assert [one["id"] for one in editor.all_items("/articles", {"text": "问题2"})] == [ids[2]]
    assert editor.all_items("/articles", {"handed_over": "yes"}) == []
