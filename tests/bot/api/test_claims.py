"""The rumour desk over the API: entered as heard, looked into, published by two people, corrected the same way."""

from typing import Any

import pytest

from bot.runtime import Runtime
from bot.store import sightings
from bot.store.claim_files import open_claim
from tests.bot.api.caller import Caller, Systems
from tests.bot.places import ANDING, BEIJIE, HEPING, TONGWEI
from tests.clocks import TestClock

FINDING = {
    "text": "县里的水库被人投毒",
    "verdict": "false",
    "explanation": {
        "fact": "全县水库水质今天检测全部合格。",
        "claim": "网上有人说水库被投毒。",
        "why": "照片是外省旧闻。",
        "fact_again": "自来水可以放心用。",
    },
    "source": {"issuer": "县水务局（示例）", "title": "水质检测通报", "issued_on": "2022-07-14"},
}


@pytest.fixture
def reviewer(systems: Systems) -> Caller:
    return systems.of("reviewer")


def a_claim(runtime: Runtime, *areas: str, name: str = "20220714-1", area_code: str = "") -> str:
    with runtime.database.transaction() as session:
        claim_id = open_claim(
            session, name, text="县里的水库被人投毒", area_code=area_code, now=runtime.clock()
        )
        for area in areas:
            sightings.count_in(session, claim_id, area, at=runtime.clock())
        return claim_id


def step(caller: Caller, claim_id: str, name: str, /, **said: object) -> dict[str, Any]:
    """One step with the edition the claim has now."""
    edition = caller.done("GET", f"/claims/{claim_id}")["edition"]
    body = {"step": name, "edition": edition, **said}
    return caller.done("POST", f"/claims/{claim_id}/transitions", body)


def published(reviewer: Caller, approver: Caller, claim_id: str, finding: object = FINDING) -> dict[str, Any]:
    step(reviewer, claim_id, "triage", harm="major")
    return told(reviewer, approver, claim_id, finding)


def told(
    reviewer: Caller, approver: Caller, claim_id: str, finding: object, note: str = ""
) -> dict[str, Any]:
    drafted = step(reviewer, claim_id, "draft", finding=finding, note=note)
    seen = drafted["versions"][-1]["fingerprint"]
    step(reviewer, claim_id, "submit", fingerprint=seen)
    step(approver, claim_id, "approve", fingerprint=seen)
    return step(reviewer, claim_id, "publish", fingerprint=seen)


def test_a_claim_becomes_public_by_two_people_and_is_corrected_the_same_way(
    reviewer: Caller, approver: Caller, runtime: Runtime
) -> None:
    claim_id = a_claim(runtime, HEPING.code)
    first = published(reviewer, approver, claim_id)
    second = told(reviewer, approver, claim_id, {**FINDING, "verdict": "misleading"}, note="先前没有说清楚。")

    assert (first["state"], first["verdict"], first["version"]) == ("published", "false", 1)
    assert (second["state"], second["verdict"], second["version"]) == ("corrected", "misleading", 2)
    version = second["versions"][0]
    assert (version["authors"], version["approved_by"]) == (["reviewer"], "approver")
    assert version["finding"]["source"] == {**FINDING["source"], "document_number": "", "url": ""}  # type: ignore[dict-item] # a mapping


def test_an_approver_cannot_approve_their_own_verdict(approver: Caller, runtime: Runtime) -> None:
    claim_id = a_claim(runtime)
    step(approver, claim_id, "triage", harm="minor")
    drafted = step(approver, claim_id, "draft", finding=FINDING)
    seen = drafted["versions"][-1]["fingerprint"]
    after = step(approver, claim_id, "submit", fingerprint=seen)
    response = approver.post(
        f"/claims/{claim_id}/transitions",
        {"step": "approve", "edition": after["edition"], "fingerprint": seen},
    )
    assert response.status_code == 409


def test_a_token_without_that_scope_approves_nothing(
    systems: Systems, reviewer: Caller, runtime: Runtime
) -> None:
    claim_id = a_claim(runtime)
    writing = systems.of("approver", scopes=("read", "write"))
    step(reviewer, claim_id, "triage", harm="minor")
    drafted = step(reviewer, claim_id, "draft", finding=FINDING)
    seen = drafted["versions"][-1]["fingerprint"]
    after = step(reviewer, claim_id, "submit", fingerprint=seen)
    body = {"step": "approve", "edition": after["edition"], "fingerprint": seen}
    response = writing.post(f"/claims/{claim_id}/transitions", body)
    assert (response.status_code, response.get_json(force=True)["code"]) == (403, "insufficient_scope")


def test_two_reviewers_on_one_claim_notice(systems: Systems, reviewer: Caller, runtime: Runtime) -> None:
    claim_id = a_claim(runtime)
    edition = reviewer.done("GET", f"/claims/{claim_id}")["edition"]
    body = {"step": "triage", "edition": edition, "harm": "minor"}
    second = systems.of("reviewer", name="second")
    assert reviewer.post(f"/claims/{claim_id}/transitions", body).status_code == 200
    late = second.post(f"/claims/{claim_id}/transitions", {**body, "harm": "major"})
    assert (late.status_code, late.get_json(force=True)["code"]) == (409, "stale")


def test_a_verdict_rests_on_nothing_that_is_not_out_yet(reviewer: Caller, runtime: Runtime) -> None:
    claim_id = a_claim(runtime)
    edition = step(reviewer, claim_id, "triage", harm="minor")["edition"]
    finding = {**FINDING, "source": {"issuer": "县水务局（示例）", "issued_on": "2022-07-15"}}
    body = {"step": "draft", "edition": edition, "finding": finding}
    response = reviewer.post(f"/claims/{claim_id}/transitions", body)
    assert response.status_code == 422
    assert set(response.get_json(force=True)["errors"]) == {"issued_on"}


def test_a_step_that_is_not_possible_now_is_a_conflict(reviewer: Caller, runtime: Runtime) -> None:
    claim_id = a_claim(runtime)
    body = {"step": "reopen", "edition": 0, "reason": "再看一次"}
    assert reviewer.post(f"/claims/{claim_id}/transitions", body).status_code == 409


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("take_up", {}),
        ("assign", {"name": "reviewer"}),
        ("set_risk", {"risk": "critical", "reason": "牵涉饮水"}),
        ("set_aside", {"reason": "是投诉"}),
        ("close", {"reason": "已经过去"}),
    ],
)
def test_the_steps_of_the_desk_can_be_taken(
    reviewer: Caller, runtime: Runtime, name: str, said: dict[str, object]
) -> None:
    claim_id = a_claim(runtime)
    before = reviewer.done("GET", f"/claims/{claim_id}")
    after = step(reviewer, claim_id, name, **said)
    assert after["edition"] > before["edition"]


def test_merged_and_reopened_claims_say_so(reviewer: Caller, runtime: Runtime) -> None:
    one, other = a_claim(runtime, name="one"), a_claim(runtime, name="other")
    assert step(reviewer, one, "merge", into=other)["merged_into"] == other
    step(reviewer, other, "close", reason="已经过去")
    assert step(reviewer, other, "reopen", reason="又有人问")["state"] == "triaged"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"step": "fly", "edition": 1},
        {"step": "triage", "edition": "1", "harm": "minor"},
        {"step": "triage", "edition": 0, "harm": "minor", "reason": "x"},
        {"step": "draft", "edition": 0, "finding": {**FINDING, "source": None}},
        {"step": "draft", "edition": 0, "finding": {**FINDING, "area_code": "999999000000"}},
        {"step": "assign", "edition": 0, "name": "nobody"},
    ],
)
def test_what_is_no_step_is_told(reviewer: Caller, runtime: Runtime, body: dict[str, object]) -> None:
    response = reviewer.post(f"/claims/{a_claim(runtime)}/transitions", body)
    assert response.status_code == 422
    assert response.get_json(force=True)["errors"]


def test_an_editor_may_read_but_take_no_step(editor: Caller, runtime: Runtime) -> None:
    claim_id = a_claim(runtime)
    assert editor.get(f"/claims/{claim_id}").status_code == 200
    body = {"step": "triage", "edition": 0, "harm": "minor"}
    assert editor.post(f"/claims/{claim_id}/transitions", body).status_code == 403


def test_a_rumour_heard_is_entered_without_who_said_it(editor: Caller) -> None:
    heard = {"text": "明天超市全关门", "area_code": HEPING.code, "where": "market", "reach": "a_few"}
    assert editor.post("/claims", heard).status_code == 201
    assert editor.post("/claims", {**heard, "speaker": "张三"}).status_code == 422


def test_a_lead_sees_the_claims_and_counts_of_their_county_alone(systems: Systems, runtime: Runtime) -> None:
    both = a_claim(runtime, HEPING.code, HEPING.code, BEIJIE.code, name="both")
    theirs = a_claim(runtime, BEIJIE.code, name="theirs")
    lead = systems.of("area_lead", area_code=TONGWEI.code)

    assert [(one["id"], one["reports"]) for one in lead.all_items("/claims")] == [(both, 2)]
    assert lead.get(f"/claims/{theirs}").status_code == 404
    assert lead.get("/claims", {"area_code": ANDING.code}).status_code == 403


def test_lists_filter_sort_and_turn_pages(reviewer: Caller, runtime: Runtime, clock: TestClock) -> None:
    ids = []
    for number in range(5):
        ids.append(a_claim(runtime, *[HEPING.code] * (number + 1), name=f"c{number}"))
        clock.advance(minutes=1)
    step(reviewer, ids[0], "triage", harm="major")

    assert [one["id"] for one in reviewer.all_items("/claims", {"limit": 2})] == ids[::-1]
    assert [one["id"] for one in reviewer.all_items("/claims", {"sort": "reports", "limit": 2})] == ids
    assert [one["id"] for one in reviewer.all_items("/claims", {"state": "triaged"})] == [ids[0]]
    assert reviewer.all_items("/claims", {"text": "没有的字"}) == []
    clock.advance(days=2)
    assert len(reviewer.all_items("/claims", {"overdue": "yes"})) == 5
