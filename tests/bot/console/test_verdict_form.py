"""The form of a verdict and the page it is signed on: nothing written is lost, nothing is chosen for anybody, all is shown."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from html import unescape
from io import BytesIO

import pytest

from bot.access import Role
from bot.runtime import Runtime
from bot.store.claims import upsert_claims
from knowledge.article import Source
from knowledge.claim import Claim, Verdict
from tests.bot.console.conftest import Browser
from tests.bot.console.test_claims import FIELDS
from tests.bot.office.claims import FINDING, edition, published, written
from tests.bot.office.hearing import a_claim
from tests.clocks import TestClock

SignedIn = Callable[..., Browser]
CLAIM = "one"
PATH = f"/console/claims/{CLAIM}"
PARTS = ("fact", "claim", "why", "fact_again")
WHOLE = Source(
    "县水务局（示例）",
    title="水质检测通报",
    document_number="示例〔2022〕8号",
    url="https://example.org/water",
    issued_on=date(2022, 7, 14),
)


def boxes(page: str) -> tuple[str, ...]:
    """What stands in the boxes of the four parts."""
    found = (re.search(rf'<textarea[^>]*name="{name}"[^>]*>([^<]*)</textarea>', page) for name in PARTS)
    return tuple(unescape(one.group(1)).strip() if one else "?" for one in found)


def triaged(reviewer: Browser, runtime: Runtime) -> None:
    a_claim(runtime, CLAIM)
    reviewer.post(f"{PATH}/triage", {"edition": edition(runtime, CLAIM), "harm": "minor"})


def saved(reviewer: Browser, runtime: Runtime, changed: Mapping[str, object]) -> tuple[int, str]:
    answer = reviewer.post(f"{PATH}/finding", {**FIELDS, "edition": edition(runtime, CLAIM), **changed})
    return answer.status_code, answer.text


def test_no_verdict_is_chosen_before_somebody_chooses_one(signed_in: SignedIn, runtime: Runtime) -> None:
    reviewer = signed_in(Role.REVIEWER)
    triaged(reviewer, runtime)

    page = reviewer.get(f"{PATH}/finding").text
    status, answer = saved(reviewer, runtime, {"verdict": ""})

    (select,) = re.findall(r'<select[^>]*name="verdict".*?</select>', page, re.DOTALL)
    first = re.search(r"<option([^>]*)>([^<]+)</option>", select)
    assert first is not None
    assert ('value=""' in first.group(1), first.group(2)) == (True, "请选")
    assert 'selected value="false"' not in select
    assert (status, "请选一个结论" in answer) == (422, True)
