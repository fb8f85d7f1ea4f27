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


def test_a_correction_begins_with_each_part_of_what_is_public_in_its_own_box(
    signed_in: SignedIn, runtime: Runtime
) -> None:
    a_claim(runtime, CLAIM)
    published(runtime, CLAIM)

    page = signed_in(Role.REVIEWER).get(f"{PATH}/finding").text

    said = FINDING.explanation
    assert boxes(page) == (said.fact, said.claim, said.why, said.fact_again)


def test_a_correction_that_changes_one_part_is_compared_part_by_part(
    signed_in: SignedIn, runtime: Runtime
) -> None:
    a_claim(runtime, CLAIM)
    published(runtime, CLAIM)
    why = replace(FINDING.explanation, why="照片是外省三年前的。")
    written(runtime, CLAIM, replace(FINDING, explanation=why), note="说清楚照片。")

    page = signed_in(Role.APPROVER).get(f"{PATH}/version").text

    compared = page.partition("和现在公开的相比")[2]
    assert re.findall(r"<dt>([^<]+)</dt>", compared) == ["为什么误导"]


@pytest.mark.parametrize(
    ("explanation", "expected"),
    [
        (
            "水质合格。\n有人说有毒。\n照片是旧的。\n可以放心用。",
            ("水质合格。", "有人说有毒。", "照片是旧的。", "可以放心用。"),
        ),
        ("水质合格。照片是旧的。", ("水质合格。照片是旧的。", "", "", "")),
    ],
)
def test_what_an_import_made_public_comes_back_in_four_parts_where_it_has_four(
    signed_in: SignedIn, runtime: Runtime, clock: TestClock, explanation: str, expected: tuple[str, ...]
) -> None:
    with runtime.database.transaction() as session:
        upsert_claims(session, [Claim(CLAIM, "水库有毒", Verdict.FALSE, explanation)], now=clock())

    assert boxes(signed_in(Role.REVIEWER).get(f"{PATH}/finding").text) == expected


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


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"issued_on": "2040-01-01"}, "发布日期不能晚于今天"),
        ({"valid_to": "2020-12-01"}, "结束日期已经过了"),
    ],
)
def test_a_day_that_cannot_be_is_told_at_its_field(
    signed_in: SignedIn, runtime: Runtime, changed: dict[str, object], said: str
) -> None:
    reviewer = signed_in(Role.REVIEWER)
    triaged(reviewer, runtime)

    status, answer = saved(reviewer, runtime, changed)

    assert status == 422
    assert re.search(rf'id="{next(iter(changed))}-fault">[^<]*{said}', answer)


def test_whoever_signs_reads_every_field_of_the_source_and_finds_the_copy(
    signed_in: SignedIn, runtime: Runtime
) -> None:
    a_claim(runtime, CLAIM)
    written(runtime, CLAIM, replace(FINDING, source=WHOLE))
    reviewer = signed_in(Role.REVIEWER)
    copy = (BytesIO(b"%PDF-1.4 a notice"), "notice.pdf", "application/pdf")
    reviewer.post(f"{PATH}/evidence", {"issuer": WHOLE.issuer, "file": copy})

    page = signed_in(Role.APPROVER).get(f"{PATH}/version").text

    shown = dict(re.findall(r"<dt>([^<]+)</dt><dd[^>]*>(.*?)</dd>", page, re.DOTALL))
    assert shown["发布机构"] == WHOLE.issuer
    assert shown["标题"] == WHOLE.title
    assert shown["文号"] == WHOLE.document_number
    assert shown["发布日期"] == "2022-07-14"
    assert WHOLE.url in shown["网址"]
    assert f'href="{PATH}/evidence/' in shown["原文副本"]
    assert "依据还缺" not in page


def test_whoever_signs_is_warned_of_all_that_the_source_lacks_at_once(
    signed_in: SignedIn, runtime: Runtime
) -> None:
    a_claim(runtime, CLAIM)
    written(runtime, CLAIM, replace(FINDING, source=Source(WHOLE.issuer)))

    page = signed_in(Role.APPROVER).get(f"{PATH}/version").text

    assert "依据还缺：标题或文号、发布日期（不晚于今天）、网址或原文副本。" in page
    assert "签发并发布" in page, "what an import or another system wrote is still for people to decide"


def test_a_copy_among_the_evidence_stands_for_an_address(signed_in: SignedIn, runtime: Runtime) -> None:
    a_claim(runtime, CLAIM)
    written(runtime, CLAIM, replace(FINDING, source=replace(WHOLE, url="")))
    reviewer = signed_in(Role.REVIEWER)
    before = reviewer.get(f"{PATH}/version").text
    reviewer.post(f"{PATH}/evidence", {"issuer": WHOLE.issuer, "pasted": "通报全文"})

    after = reviewer.get(f"{PATH}/version").text

    assert "依据还缺：网址或原文副本。" in before
    assert "依据还缺" not in after
