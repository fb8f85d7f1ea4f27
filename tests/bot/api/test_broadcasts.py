"""Broadcasts over the API: drafted by one system's person, approved by another's, each step once."""

from datetime import timedelta

import pytest

from bot.planning import plan_due
from bot.runtime import Runtime
from tests.bot.api.caller import Caller, Systems
from tests.bot.api.letters import a_broadcast, written
from tests.bot.offices import followers, worker
from tests.bot.places import ANDING, BEIJIE, HEPING, PREFECTURE, TONGWEI
from tests.clocks import TestClock


def drafted(editor: Caller, runtime: Runtime, *areas: str, **changes: object) -> str:
    return str(editor.done("POST", "/broadcasts", a_broadcast(runtime, *areas, **changes))["id"])


def submitted(caller: Caller, broadcast_id: str) -> dict[str, object]:
    """Handed over as it was read."""
    seen = caller.done("GET", f"/broadcasts/{broadcast_id}")["fingerprint"]
    return caller.done("POST", f"/broadcasts/{broadcast_id}/submit", {"fingerprint": seen})


def test_a_broadcast_is_drafted_submitted_approved_and_halted(
    editor: Caller, approver: Caller, runtime: Runtime
) -> None:
    made = editor.post("/broadcasts", a_broadcast(runtime))
    assert made.status_code == 201
    broadcast_id = made.get_json()["id"]
    assert submitted(editor, broadcast_id)["status"] == "submitted"

    seen = approver.done("GET", f"/broadcasts/{broadcast_id}")
    approved = approver.done(
        "POST", f"/broadcasts/{broadcast_id}/approve", {"fingerprint": seen["fingerprint"]}
    )
    halted = editor.done("POST", f"/broadcasts/{broadcast_id}/halt", {"reason": "规定变了"})

    assert (approved["status"], approved["approved_by"]) == ("approved", "approver")
    assert (halted["status"], halted["reason"]) == ("halted", "规定变了")


def test_what_was_read_back_is_what_was_sent(editor: Caller, runtime: Runtime) -> None:
    sent = a_broadcast(runtime)
    made = editor.done("POST", "/broadcasts", sent)
    read = editor.done("GET", f"/broadcasts/{made['id']}")

    assert read["texts"] == {"official_account": sent["body"], "relay": sent["body"]}
    assert (read["title"], read["audience"], read["channels"]) == (
        sent["title"],
        sent["audience"],
        sent["channels"],
    )
    assert (read["revision"], read["authors"], read["created_by"]) == (1, ["editor"], "editor")


def test_other_bytes_than_those_read_are_not_handed_over(editor: Caller, runtime: Runtime) -> None:
    broadcast_id = drafted(editor, runtime)

    response = editor.post(f"/broadcasts/{broadcast_id}/submit", {"fingerprint": "0" * 64})

    assert (response.status_code, response.get_json(force=True)["code"]) == (409, "stale")
    assert editor.done("GET", f"/broadcasts/{broadcast_id}")["status"] == "draft"


def test_an_approver_cannot_approve_what_they_wrote(approver: Caller, runtime: Runtime) -> None:
    broadcast_id = drafted(approver, runtime)
    seen = submitted(approver, broadcast_id)
    response = approver.post(f"/broadcasts/{broadcast_id}/approve", {"fingerprint": seen["fingerprint"]})
    assert (response.status_code, response.get_json(force=True)["code"]) == (409, "self_approval")


def test_a_token_that_may_write_may_not_approve(systems: Systems, runtime: Runtime) -> None:
    broadcast_id = drafted(systems.of("editor"), runtime)
    writing = systems.of("approver", scopes=("read", "write"))
    response = writing.post(f"/broadcasts/{broadcast_id}/approve", {"fingerprint": "0" * 64})
    assert (response.status_code, response.get_json(force=True)["code"]) == (403, "insufficient_scope")


def test_an_edit_needs_the_revision_it_was_read_with(editor: Caller, runtime: Runtime) -> None:
    broadcast_id = drafted(editor, runtime)
    change = {**a_broadcast(runtime, body="明晚停水。"), "revision": 1}
    assert editor.put(f"/broadcasts/{broadcast_id}", change).get_json()["revision"] == 2
    again = editor.put(f"/broadcasts/{broadcast_id}", change)
    assert (again.status_code, again.get_json(force=True)["code"]) == (409, "stale")


def test_each_channel_may_have_its_own_text(editor: Caller, runtime: Runtime) -> None:
    texts = {"relay": "请转发：今晚停水。", "official_account": "今晚停水。"}
    made = editor.done("POST", "/broadcasts", a_broadcast(runtime, body=None, channels=[], texts=texts))
    assert made["texts"] == texts


def test_a_letter_tells_of_its_other_wordings(editor: Caller, runtime: Runtime) -> None:
    letter = a_broadcast(
        runtime, PREFECTURE.code, kind="initiative_letter", body=None, title=None, letter="initiative"
    )
    made = editor.done("POST", "/broadcasts", letter)
    assert made["title"]
    others = made["also_drafted"]
    assert others
    assert {editor.done("GET", f"/broadcasts/{one}")["status"] for one in others} == {"draft"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"letter": "initiative"}, "body"),
        ({"body": None}, "body"),
        ({"body": None, "letter": "wedding"}, "kind"),
        ({"audience": {"area_codes": ["999999000000"]}}, "audience.area_codes"),
        ({"audience": {"area_codes": ["621121000000"], "tags": ["老人"]}}, "audience.tags"),
        ({"valid_until": "2022-07-20T00:00:00"}, "valid_until"),
        ({"valid_until": "9999-12-31T23:59:59-12:00"}, "valid_until"),
        ({"title": "长" * 121}, "title"),
        ({"title": "a\u0000b"}, "title"),
    ],
)
def test_what_cannot_be_is_told_by_field(
    editor: Caller, runtime: Runtime, changes: dict[str, object], field: str
) -> None:
    response = editor.post("/broadcasts", a_broadcast(runtime, **changes))
    assert response.status_code == 422
    assert field in response.get_json(force=True)["errors"]


def test_an_incomplete_draft_is_taken_and_not_submitted(editor: Caller, runtime: Runtime) -> None:
    broadcast_id = drafted(editor, runtime, title="", channels=[])
    seen = editor.done("GET", f"/broadcasts/{broadcast_id}")["fingerprint"]
    response = editor.post(f"/broadcasts/{broadcast_id}/submit", {"fingerprint": seen})
    said = response.get_json(force=True)
    assert (response.status_code, said["code"]) == (422, "incomplete")
    assert "title" in said["detail"]


def test_an_unreadable_schedule_is_told(editor: Caller, runtime: Runtime, clock: TestClock) -> None:
    schedule = {"cron": "often", "until": written(clock.now + timedelta(days=2))}
    response = editor.post("/broadcasts", a_broadcast(runtime, schedule=schedule))
    assert (response.status_code, response.get_json(force=True)["code"]) == (422, "bad_schedule")


def test_a_preview_counts_before_anything_is_stored(editor: Caller, runtime: Runtime) -> None:
    followers(runtime, 4, community=HEPING.code)
    worker(runtime, HEPING.code)
    (seen,) = editor.done("POST", "/broadcasts/preview", a_broadcast(runtime))["items"]

    assert {line["channel"]: line["recipients"] for line in seen["channels"]} == {
        "official_account": 4,
        "relay": 1,
    }
    assert editor.all_items("/broadcasts") == []


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_stored_broadcast_has_its_preview(editor: Caller, runtime: Runtime, method: str) -> None:
    seen = editor.done(method, f"/broadcasts/{drafted(editor, runtime)}/preview")
    assert (seen["communities"], [refusal["code"] for refusal in seen["refusals"]]) == (3, ["nobody"] * 2)


def test_deliveries_tasks_and_coverage_are_those_of_the_owners_area(
    systems: Systems, editor: Caller, approver: Caller, runtime: Runtime, clock: TestClock
) -> None:
    followers(runtime, 3, community=HEPING.code)
    followers(runtime, 2, community=BEIJIE.code, first=10)
    worker(runtime, HEPING.code)
    worker(runtime, BEIJIE.code)
    broadcast_id = drafted(editor, runtime, PREFECTURE.code, urgent=True)
    seen = submitted(editor, broadcast_id)
    approver.done("POST", f"/broadcasts/{broadcast_id}/approve", {"fingerprint": seen["fingerprint"]})
    clock.advance(hours=1)
    plan_due(runtime)
    lead = systems.of("area_lead", area_code=TONGWEI.code)

    assert len(editor.all_items(f"/broadcasts/{broadcast_id}/deliveries", {"limit": 2})) == 5
    assert len(lead.all_items(f"/broadcasts/{broadcast_id}/deliveries")) == 3
    assert [task["community_code"] for task in lead.all_items("/relay-tasks")] == [HEPING.code]
    assert len(editor.all_items("/relay-tasks", {"broadcast_id": broadcast_id, "status": "open"})) == 2
    covered = editor.done("GET", f"/broadcasts/{broadcast_id}/coverage")["items"]
    assert {one["area_code"]: one["coverage"]["undone"] for one in covered} == {
        ANDING.code: 1,
        TONGWEI.code: 1,
    }


def test_a_lead_of_one_county_sees_nothing_of_another(
    systems: Systems, editor: Caller, runtime: Runtime
) -> None:
    theirs = drafted(editor, runtime, ANDING.code)
    lead = systems.of("area_lead", area_code=TONGWEI.code)
    assert lead.all_items("/broadcasts") == []
    assert lead.get(f"/broadcasts/{theirs}").status_code == 404
    assert {area["code"][:6] for area in lead.all_items("/areas")} == {"621121"}


def test_lists_filter_sort_and_turn_pages(editor: Caller, runtime: Runtime, clock: TestClock) -> None:
    ids = []
    for _ in range(5):
        ids.append(drafted(editor, runtime))
        clock.advance(minutes=1)
    submitted(editor, ids[2])

    assert [one["id"] for one in editor.all_items("/broadcasts", {"limit": 2})] == ids[::-1]
    assert [one["id"] for one in editor.all_items("/broadcasts", {"sort": "created", "limit": 3})] == ids
    assert [one["id"] for one in editor.all_items("/broadcasts", {"status": "submitted"})] == [ids[2]]
    assert len(editor.all_items("/broadcasts", {"status": ["submitted", "draft"]})) == 5
