"""The rumour desk in a browser: from a new claim to a verdict by two people, its lists and its forms."""

import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.access import Role
from bot.runtime import Runtime
from bot.store import residents
from bot.store.tables import ClaimRow, ReportRow
from tests.bot.console.conftest import Browser
from tests.bot.office.claims import FINDING, as_it_stands
from tests.bot.office.hearing import a_claim
from tests.bot.store.people import put_report
from tests.scenarios.test_response_loop import the_worker_works

SAID = "听说县里的水库被人投毒了，打13893212345问老王"
OPENID = "oConsole00000000000000000001"
FIELDS: dict[str, object] = {
    "text": FINDING.text,
    "verdict": "false",
    "fact": FINDING.explanation.fact,
    "claim": FINDING.explanation.claim,
    "why": FINDING.explanation.why,
    "fact_again": FINDING.explanation.fact_again,
    "issuer": "县水务局（示例）",
    "area_code": "",
    "topic": "other",
}


def told_by(runtime: Runtime, openid: str, words: str, area_code: str = "621121100201") -> None:
    with runtime.database.transaction() as session:
        found = residents.recognise(session, openid, vault=runtime.vault, now=runtime.clock())
        put_report(
            session, words, resident_id=found.id, area_code=area_code, reasons=("听说",), now=runtime.clock()
        )


@pytest.fixture
def claim_id(runtime: Runtime) -> str:
    """A new claim of one report."""
    told_by(runtime, OPENID, SAID)
    the_worker_works(runtime)
    with runtime.database.reading() as session:
        return session.scalars(select(ClaimRow.id).where(ClaimRow.opened_at.is_not(None))).one()


def edition(runtime: Runtime, claim_id: str) -> int:
    return as_it_stands(runtime, claim_id).edition


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
    assert found is not None
    return found.group(1)


def written(reviewer: Browser, runtime: Runtime, claim_id: str) -> str:
    """Triaged, written, handed over; the fingerprint."""
    path = f"/console/claims/{claim_id}"
    reviewer.post(f"{path}/triage", {"edition": edition(runtime, claim_id), "harm": "major"})
    page = reviewer.post(f"{path}/finding", {**FIELDS, "edition": edition(runtime, claim_id)}).text
    assert FINDING.explanation.why in page
    bytes_seen = seen(page)
    reviewer.post(f"{path}/submit", {"edition": edition(runtime, claim_id), "seen": bytes_seen})
    return bytes_seen


def test_a_reviewer_writes_and_an_approver_publishes_what_they_read(
    signed_in: Callable[..., Browser], runtime: Runtime, claim_id: str
) -> None:
    written(signed_in(Role.REVIEWER), runtime, claim_id)
    approver = signed_in(Role.APPROVER)
    page = approver.get(f"/console/claims/{claim_id}/version").text
    assert "签发并发布" in page
    fields = {"edition": edition(runtime, claim_id), "seen": seen(page), "publish": "yes"}
    assert "已签发并发布" in approver.post(f"/console/claims/{claim_id}/approve", fields).text

    file = as_it_stands(runtime, claim_id)
    assert (file.state, file.version) == ("published", 1)
    again = approver.post(f"/console/claims/{claim_id}/approve", fields)
    assert again.status_code == 409
    assert as_it_stands(runtime, claim_id).version == 1


def test_an_author_is_not_offered_to_approve_and_cannot(
    signed_in: Callable[..., Browser], runtime: Runtime, claim_id: str
) -> None:
    approver = signed_in(Role.APPROVER)
    bytes_seen = written(approver, runtime, claim_id)
    assert "另一位同事签发" in approver.get(f"/console/claims/{claim_id}/version").text
    fields = {"edition": edition(runtime, claim_id), "seen": bytes_seen}
    assert approver.post(f"/console/claims/{claim_id}/approve", fields).status_code == 409
    assert as_it_stands(runtime, claim_id).state == "drafted"


def test_of_two_reviewers_with_the_same_form_the_second_loses_nothing_typed(
    signed_in: Callable[..., Browser], runtime: Runtime, claim_id: str
) -> None:
    first, second = signed_in(Role.REVIEWER, name="甲"), signed_in(Role.REVIEWER, name="乙")
    first.post(f"/console/claims/{claim_id}/triage", {"edition": 0, "harm": "minor"})
    opened = edition(runtime, claim_id)
    first.post(f"/console/claims/{claim_id}/finding", {**FIELDS, "edition": opened})
    answer = second.post(
        f"/console/claims/{claim_id}/finding", {**FIELDS, "why": "第二个人写的理由", "edition": opened}
    )

    assert answer.status_code == 409
    assert "第二个人写的理由" in answer.text


def test_no_page_of_the_desk_shows_whose_a_report_is_or_how_to_reach_anybody(
    signed_in: Callable[..., Browser], runtime: Runtime, claim_id: str
) -> None:
    reviewer = signed_in(Role.REVIEWER)
    for path in (
        "",
        f"/{claim_id}",
        f"/{claim_id}/reports",
        f"/{claim_id}/reports?format=csv",
        "/suggestions",
    ):
        page = reviewer.get(f"/console/claims{path}")
        assert page.status_code == 200, path
        assert OPENID not in page.text
        assert "13893212345" not in page.text
    assert "提问者" in reviewer.get(f"/console/claims/{claim_id}").text
    assert runtime is not None


def test_the_list_filters_by_what_is_asked(signed_in: Callable[..., Browser], claim_id: str) -> None:
    reviewer = signed_in(Role.REVIEWER)
    for query, there in (
        ("state=new", True),
        ("state=open", True),
        ("state=public", False),
        ("text=水库", True),
        ("text=飞机", False),
        ("due=late", False),
        ("assigned=me", False),
        ("area=621121000000", True),
        ("area=621102000000", False),
        ("risk=high", False),
        ("state=public&verdict=false&sort=-published", False),
    ):
        page = reviewer.get(f"/console/claims?{query}")
        assert page.status_code == 200
        assert (claim_id in page.text) == there, query


def test_the_list_begins_with_what_is_open_and_due_first_and_leads_to_all(
    signed_in: Callable[..., Browser], runtime: Runtime
) -> None:
    for late, name in ((3, "open-late"), (1, "open-soon"), (0, "ended"), (2, "open-mid")):
        a_claim(runtime, name)
        with runtime.database.transaction() as session:
            row = session.get_one(ClaimRow, name)
            row.due_at = runtime.clock() + timedelta(hours=late)
            row.state = "closed" if name == "ended" else row.state
    reviewer = signed_in(Role.REVIEWER)

    page = reviewer.get("/console/claims").text
    led = re.search(r'href="([^"]+)">看全部', page)
    assert led is not None
    whole = reviewer.get(led.group(1).replace("&amp;", "&")).text

    assert listed(page) == ["open-soon", "open-mid", "open-late"]
    assert '<option value="open" selected>' in page
    assert not set(listed(whole)) <= set(listed(page))
    turned = re.search(r'href="([^"]+)"[^>]*>期限', whole)
    assert turned is not None
    by_due = listed(reviewer.get(turned.group(1).replace("&amp;", "&")).text)
    assert by_due[:4] == ["ended", "open-soon", "open-mid", "open-late"], "all stays all when it is sorted"


def listed(page: str) -> list[str]:
    return re.findall(r'<td class="said"><a href="/console/claims/([^"]+)"', page)


def test_a_claim_about_a_private_person_is_not_worded_in_the_list(
    signed_in: Callable[..., Browser], runtime: Runtime, claim_id: str
) -> None:
    reviewer = signed_in(Role.REVIEWER)
    fields = {"edition": edition(runtime, claim_id), "restricted": "yes", "reason": "说到了具体的人"}
    reviewer.post(f"/console/claims/{claim_id}/restrict", fields)
    page = reviewer.get("/console/claims?state=new").text
    assert claim_id in page
    assert "水库" not in page


def test_an_area_lead_of_another_county_finds_no_such_claim(
    signed_in: Callable[..., Browser], claim_id: str
) -> None:
    here = signed_in(Role.AREA_LEAD, name="通渭", area_code="621121000000")
    elsewhere = signed_in(Role.AREA_LEAD, name="安定", area_code="621102000000")
    assert here.get(f"/console/claims/{claim_id}").status_code == 200
    assert elsewhere.get(f"/console/claims/{claim_id}").status_code == 404
    assert claim_id not in elsewhere.get("/console/claims").text


def test_a_rumour_heard_on_the_telephone_becomes_a_claim_without_a_name(
    signed_in: Callable[..., Browser], runtime: Runtime
) -> None:
    editor = signed_in(Role.EDITOR)
    fields = {"text": "听说要停水三天", "where": "telephone", "reach": "a_few", "area_code": "621121100201"}
    assert "已登记" in editor.post("/console/claims/new", fields).text
    assert editor.post("/console/claims/new", {**fields, "text": ""}).status_code == 422
    the_worker_works(runtime)
    with runtime.database.reading() as session:
        row = session.scalars(select(ReportRow)).one()
    assert (row.resident_id, row.entered_by, row.heard_where) == (None, "示例editor", "telephone")
    assert "停水三天" in editor.get("/console/claims").text


def test_ticked_reports_become_a_claim_of_their_own_and_merge_back(
    signed_in: Callable[..., Browser], runtime: Runtime, claim_id: str
) -> None:
    told_by(runtime, OPENID, "县里的水库被人投毒了，真的假的")
    the_worker_works(runtime)
    assert as_it_stands(runtime, claim_id).report_count == 2
    reviewer = signed_in(Role.REVIEWER)
    with runtime.database.reading() as session:
        number = max(session.scalars(select(ReportRow.number)))
    page = reviewer.post(f"/console/claims/{claim_id}/reports", {"number": number, "text": "另一件事"})
    other = page.request.path.rpartition("/")[2]
    assert (as_it_stands(runtime, claim_id).report_count, as_it_stands(runtime, other).report_count) == (1, 1)

    fields = {"edition": edition(runtime, other), "into": claim_id}
    reviewer.post(f"/console/claims/{other}/merge", fields)
    assert (as_it_stands(runtime, other).state, as_it_stands(runtime, claim_id).report_count) == ("merged", 2)


def test_evidence_keeps_a_copy_that_is_only_ever_downloaded(
    signed_in: Callable[..., Browser], claim_id: str
) -> None:
    reviewer = signed_in(Role.REVIEWER)
    upload = (io.BytesIO(b"%PDF-1.4 a notice"), "notice.pdf", "application/pdf")
    page = reviewer.post(
        f"/console/claims/{claim_id}/evidence", {"issuer": "县水务局（示例）", "file": upload}
    )
    link = re.search(rf"/console/claims/{claim_id}/evidence/[0-9a-f]{{64}}", page.text)
    assert link is not None
    copy = reviewer.get(link.group(0))
    assert copy.data == b"%PDF-1.4 a notice"
    assert "attachment" in copy.headers["Content-Disposition"]
    lie = (io.BytesIO(b"<script>"), "x.pdf", "application/pdf")
    page = reviewer.post(f"/console/claims/{claim_id}/evidence", {"issuer": "某局", "file": lie})
    assert "5 MB 以内" in page.text


def title(page: str) -> str:
    found = re.search(r"<title>(.*?) · ", page)
    assert found is not None
    return found.group(1)


def test_a_tab_says_which_claim_it_holds_and_nothing_of_a_private_person(
    signed_in: Callable[..., Browser], runtime: Runtime, claim_id: str
) -> None:
    reviewer, path = signed_in(Role.REVIEWER), f"/console/claims/{claim_id}"
    before = title(reviewer.get(path).text)
    fields = {"edition": edition(runtime, claim_id), "restricted": "yes", "reason": "说到了具体的人"}
    reviewer.post(f"{path}/restrict", fields)
    after = title(reviewer.get(path).text)

    assert "水库" in before
    assert claim_id in before
    assert "水库" not in after
    assert claim_id in after


def test_the_tab_of_a_verdict_says_how_far_it_has_come(
    signed_in: Callable[..., Browser], runtime: Runtime, claim_id: str
) -> None:
    reviewer, path = signed_in(Role.REVIEWER), f"/console/claims/{claim_id}"
    reviewer.post(f"{path}/triage", {"edition": edition(runtime, claim_id), "harm": "major"})
    draft = reviewer.post(f"{path}/finding", {**FIELDS, "edition": edition(runtime, claim_id)}).text
    fields = {"edition": edition(runtime, claim_id), "seen": seen(draft)}
    reviewer.post(f"{path}/submit", fields)
    handed_over = reviewer.get(f"{path}/version").text

    assert "草稿" in title(draft)
    assert "签发" not in title(draft)
    assert "待签发的核实结论" in title(handed_over)
