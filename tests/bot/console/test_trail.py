"""The trail as an auditor looks for something in it, and reads what stands beside it."""

from collections.abc import Callable, Mapping

import pytest

from bot.access import Role
from bot.runtime import Runtime
from bot.store import audit
from tests.bot.console.conftest import Browser

SignedIn = Callable[..., Browser]


def noted(runtime: Runtime, action: str, subject: str, detail: Mapping[str, object] | None = None) -> None:
    with runtime.database.transaction() as session:
        audit.record(session, at=runtime.clock(), actor="示例", action=action, subject=subject, detail=detail)


@pytest.mark.parametrize(
    "typed", ["20220714-3", "传言 20220714-3", "传言20220714-3", "claim 20220714-3", " 20220714-3 "]
)
def test_a_thing_is_found_by_the_number_that_its_row_shows(
    signed_in: SignedIn, runtime: Runtime, typed: str
) -> None:
    noted(runtime, "claim.triage", "claim 20220714-3")
    noted(runtime, "claim.triage", "claim 20220714-31")

    rows = signed_in(Role.AUDITOR).get(f"/console/audit?subject={typed}").text.partition("<tbody>")[2]

    assert "传言 20220714-3<" in rows
    assert "20220714-31" not in rows


def test_a_bare_number_finds_things_of_every_kind_and_other_filters_still_narrow(
    signed_in: SignedIn, runtime: Runtime
) -> None:
    for action, subject in (("question.answer", "question 7"), ("alert.acknowledged", "alert 7")):
        noted(runtime, action, subject)
    auditor = signed_in(Role.AUDITOR)

    both = auditor.get("/console/audit?subject=7").text
    one = auditor.get("/console/audit?subject=7&action=alert").text

    assert "问题 7" in both
    assert "紧急情况 7" in both
    assert "问题 7" not in one


def test_the_field_says_that_a_number_will_do(signed_in: SignedIn) -> None:
    assert 'placeholder="编号，如' in signed_in(Role.AUDITOR).get("/console/audit").text


@pytest.mark.parametrize(
    ("action", "subject", "detail", "said"),
    [
        ("broadcast.drafted", "broadcast b1", {"kind": "notice"}, "通知"),
        ("claim.triage", "claim 20220714-3", {"harm": "major", "risk": "critical"}, "紧急"),
        ("area.risk", "area 621121100000", {"was": "low", "risk": "high"}, "高"),
    ],
)
def test_what_a_row_tells_is_told_in_chinese(
    signed_in: SignedIn, runtime: Runtime, action: str, subject: str, detail: dict[str, object], said: str
) -> None:
    noted(runtime, action, subject, detail)

    rows = signed_in(Role.AUDITOR).get(f"/console/audit?subject={subject}").text.partition("<tbody>")[2]

    assert said in rows
    assert not [value for value in detail.values() if f"{value}<" in rows or f" {value}；" in rows]
