"""Rows of claims as the desk leaves them."""

from datetime import datetime

from bot.store.tables import ClaimRow, ClaimVersionRow
from knowledge.claim import Verdict
from knowledge.verdict_text import Explanation, Finding, finding_data

EXPLANATION = "没有这回事，经市疾控中心核实（示例）。这个说法是把旧消息改了日期。请以官方通知为准。"


def a_row(claim_id: str, text: str, *, now: datetime, **changed: object) -> ClaimRow:
    """A published claim of one version, unless told otherwise."""
    values: dict[str, object] = {
        "id": claim_id,
        "text": text,
        "phrasings": ["我二姨在群里说的" + text],
        "verdict": "false",
        "explanation": EXPLANATION,
        "source_issuer": "市疾控中心（示例）",
        "source_title": "情况说明",
        "source_document_number": "示例〔2022〕3号",
        "source_url": "https://example.gov.cn/notice",
        "published_on": now.date(),
        "topic": "other",
        "state": "published",
        "version": 1,
        "published_at": now,
        "updated_at": now,
    }
    return ClaimRow(**{**values, **changed})


def a_version(claim_id: str, number: int, *, now: datetime, note: str = "") -> ClaimVersionRow:
    """As the desk wrote it, in four parts; the first one with another verdict."""
    finding = Finding(
        text="通渭县明天起封路一个月",
        verdict=Verdict.MISLEADING if number == 1 else Verdict.FALSE,
        explanation=Explanation(
            fact=f"第{number}次说明：没有封路。",
            claim="有人说要封路一个月。",
            why="修路的告示被当成了封路。",
            fact_again="路都通着，放心出门。",
        ),
    )
    return ClaimVersionRow(
        claim_id=claim_id,
        number=number,
        content=finding_data(finding),
        fingerprint="f" * 64,
        authors=["a"],
        note=note,
        drafted_at=now,
        published_at=now,
    )
