"""Residents who report, and what follow-ups they hear: a batch after the other, as the worker tells them."""

from sqlalchemy import select

from bot.runtime import Runtime
from bot.store import belonging, residents
from bot.store.claim_files import open_claim
from bot.store.outbox import BODY
from bot.store.tables import DeliveryRow
from bot.telling import tell_next
from knowledge.grouping import Fit
from tests.bot.store.people import put_report

HERE = "621121100201"


def a_claim(runtime: Runtime, claim_id: str, *, area_code: str = "") -> str:
    with runtime.database.transaction() as session:
        return open_claim(
            session, claim_id, text=f"示例说法{claim_id}", area_code=area_code, now=runtime.clock()
        )


def reports(runtime: Runtime, who: int, *, area_code: str = HERE) -> int:
    """Somebody reports what belongs nowhere yet; the report's number."""
    with runtime.database.transaction() as session:
        found = residents.recognise(session, f"oHears{who:022}", vault=runtime.vault, now=runtime.clock())
        return put_report(
            session, "听说水库被人投毒了", resident_id=found.id, area_code=area_code, now=runtime.clock()
        )


def asks(runtime: Runtime, who: int, claim_id: str, *, area_code: str = HERE) -> int:
    """Somebody reports what belongs to the claim; the report's number."""
    number = reports(runtime, who, area_code=area_code)
    with runtime.database.transaction() as session:
        belonging.place(session, number, claim_id, fit=Fit.SURE, probability=0.9)
    return number


def everybody_hears(runtime: Runtime) -> None:
    while tell_next(runtime):
        pass


def heard(runtime: Runtime, who: int) -> list[str]:
    """All follow-ups to somebody, the earliest first; parts of one answer joined."""
    with runtime.database.transaction() as session:
        found = residents.recognise(session, f"oHears{who:022}", vault=runtime.vault, now=runtime.clock())
        rows = session.scalars(
            select(DeliveryRow).where(DeliveryRow.resident_id == found.id).order_by(DeliveryRow.id)
        )
        joined: dict[str, str] = {}
        for row in rows:
            key = row.client_msg_id.rpartition(".")[0]
            joined[key] = joined.get(key, "") + runtime.vault.open(row.body_sealed, BODY)
        return list(joined.values())
