"""What follows a verdict, in a browser: one click drafts a debunk, an objection is decided by somebody else."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select

from bot.access import Role
from bot.runtime import Runtime
from bot.store import appeals
from bot.store.audit import events_of
from bot.store.claim_actions import ActionKind, actions_of
from bot.store.claim_curve import moments_of
from bot.store.tables import BroadcastRow, ClaimRow
from knowledge.article import Validity
from tests.bot.console.conftest import Browser
from tests.bot.console.test_claims import OPENID, SAID, told_by
from tests.bot.office.claims import FINDING, corrected, found_to_be_private, published
from tests.clocks import TestClock
from tests.scenarios.test_response_loop import the_worker_works

SignedIn = Callable[..., Browser]


@pytest.fixture
def public_claim(runtime: Runtime) -> str:
    """A claim of one report, published by two people."""
    told_by(runtime, OPENID, SAID)
    the_worker_works(runtime)
    with runtime.database.reading() as session:
        claim_id = session.scalars(select(ClaimRow.id).where(ClaimRow.opened_at.is_not(None))).one()
    published(runtime, claim_id)
    the_worker_works(runtime)
    return claim_id


def objection(runtime: Runtime, claim_id: str) -> int:
    with runtime.database.transaction() as session:
        return appeals.add_appeal(
            session,
            resident_id=1,
            claim_id=claim_id,
            version=1,
            area_code=None,
            text="我看见了，打13893212345",
            due_at=runtime.clock(),
            now=runtime.clock(),
        )


def test_one_click_drafts_a_debunk_that_still_needs_a_second_person(
    signed_in: SignedIn, runtime: Runtime, public_claim: str
) -> None:
    editor = signed_in(Role.EDITOR)
    page = editor.post(f"/console/claims/{public_claim}/debunk", {})
    assert page.status_code == 200
    assert "已起草" in page.text
    with runtime.database.reading() as session:
        row = session.scalars(select(BroadcastRow)).one()
    assert row.status == "draft"
    assert "起草推送" in editor.get(f"/console/claims/{public_claim}").text


def test_taking_the_card_is_a_moment_of_response_once_for_each_version(
    signed_in: SignedIn, runtime: Runtime, public_claim: str
) -> None:
    lead = signed_in(Role.AREA_LEAD, name="通渭", area_code="621121000000")
    for _ in range(2):
        card = lead.post(f"/console/claims/{public_claim}/card", {})
        assert (card.request.path, card.mimetype) == (f"/p/rumours/{public_claim}/card.png", "image/png")
    corrected(runtime, public_claim)
    lead.post(f"/console/claims/{public_claim}/card", {})

    with runtime.database.reading() as session:
        taken = [one for one in actions_of(session, public_claim) if one.kind is ActionKind.CARD]
        assert [(one.detail, one.by) for one in taken] == [("1", "通渭"), ("2", "通渭")]
        assert [one.action for one in events_of(session, f"claim {public_claim}")].count("claim.card") == 3
        assert "card" in [moment.kind for moment in moments_of(session, public_claim)]
    assert "转发卡片" in lead.get(f"/console/claims/{public_claim}").text


def test_what_is_not_public_has_no_card_to_take(
    signed_in: SignedIn, runtime: Runtime, public_claim: str
) -> None:
    reviewer = signed_in(Role.REVIEWER)
    found_to_be_private(runtime, public_claim)

    assert reviewer.post(f"/console/claims/{public_claim}/card", {}).status_code == 409
    assert "取转发卡片" not in reviewer.get(f"/console/claims/{public_claim}").text


def test_a_claim_about_a_private_person_is_never_broadcast(
    signed_in: SignedIn, runtime: Runtime, public_claim: str
) -> None:
    reviewer = signed_in(Role.REVIEWER)
    found_to_be_private(runtime, public_claim)
    assert reviewer.post(f"/console/claims/{public_claim}/debunk", {}).status_code == 409


def test_an_objection_is_read_without_contact_data_and_answered_once(
    signed_in: SignedIn, runtime: Runtime, public_claim: str
) -> None:
    number = objection(runtime, public_claim)
    second = signed_in(Role.REVIEWER, name="第二人")
    for path in ("/console/claims/appeals", f"/console/claims/appeals/{number}"):
        page = second.get(path).text
        assert "我看见了" in page
        assert "13893212345" not in page
    fields: dict[str, object] = {"upheld": "no", "answer": "调了监控，结论不变。"}
    assert "已答复" in second.post(f"/console/claims/appeals/{number}", fields).text
    assert second.post(f"/console/claims/appeals/{number}", fields).status_code == 409


def test_an_upheld_objection_leads_to_the_form_of_a_correction(
    signed_in: SignedIn, runtime: Runtime, public_claim: str
) -> None:
    number = objection(runtime, public_claim)
    second = signed_in(Role.REVIEWER, name="第二人")
    page = second.post(f"/console/claims/appeals/{number}", {"upheld": "yes", "answer": "说得对，正在改。"})
    assert page.request.path == f"/console/claims/{public_claim}/finding"
    assert "写更正" in page.text


def test_a_debunk_and_its_claim_show_each_other_and_what_a_correction_did(
    signed_in: SignedIn, runtime: Runtime, public_claim: str
) -> None:
    editor = signed_in(Role.EDITOR)
    page = editor.post(f"/console/claims/{public_claim}/debunk", {})
    path = page.request.path
    assert f'href="/console/claims/{public_claim}"' in page.text
    assert "第 1 版结论" in page.text

    corrected(runtime, public_claim)

    claim_page, broadcast_page = editor.get(f"/console/claims/{public_claim}").text, editor.get(path).text
    assert f'href="{path}"' in claim_page
    for shown in (claim_page, broadcast_page):
        assert "已因更正停止" in shown
        assert "claim_corrected" not in shown
    assert "修改" not in broadcast_page


def test_a_debunk_that_would_go_out_too_late_is_refused_with_the_reason(
    signed_in: SignedIn, runtime: Runtime, clock: TestClock, public_claim: str
) -> None:
    today = clock().astimezone(runtime.settings.service.zone).date()
    published(runtime, public_claim, replace(FINDING, validity=Validity(None, today)), note="只到今天")
    clock.now = datetime.combine(today, time(21), tzinfo=runtime.settings.service.zone)

    answer = signed_in(Role.EDITOR).post(f"/console/claims/{public_claim}/debunk", {})

    assert answer.status_code == 409
    assert "来不及推送了" in answer.text


def test_the_form_of_a_debunk_shows_the_last_day_of_its_verdict(
    signed_in: SignedIn, runtime: Runtime, clock: TestClock, public_claim: str
) -> None:
    last = clock().astimezone(runtime.settings.service.zone).date() + timedelta(days=1)
    published(runtime, public_claim, replace(FINDING, validity=Validity(None, last)), note="只到明天")
    editor = signed_in(Role.EDITOR)

    path = editor.post(f"/console/claims/{public_claim}/debunk", {}).request.path

    (field,) = re.findall(r'<input[^>]*name="valid_to"[^>]*>', editor.get(f"{path}/edit").text)
    assert f'value="{last.isoformat()}"' in field


def test_a_debunk_of_what_is_not_public_any_more_is_refused_with_the_reason(
    signed_in: SignedIn, runtime: Runtime, public_claim: str
) -> None:
    editor = signed_in(Role.EDITOR)
    path = editor.post(f"/console/claims/{public_claim}/debunk", {}).request.path
    with runtime.database.transaction() as session:
        session.get_one(ClaimRow, public_claim).version += 1

    answer = editor.post(f"{path}/submit", {})

    assert answer.status_code == 409
    assert "按现在的结论重新起草" in answer.text
