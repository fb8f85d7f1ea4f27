"""New reports to the claims they repeat, within seconds and off the resident's path.

The open claims stand on a shelf in memory, kept up by the revision counter "claims". Thinking is done outside of any write
transaction; what was thought is written only if nobody changed the claims meanwhile, and each report is placed once, by a
condition on its own row, however many workers try.
"""

from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.kept_shelf import KeptShelf
from bot.runtime import Runtime
from bot.scrubbing import first_text
from bot.store import belonging
from bot.store.belonging import OpenClaim, Unplaced
from bot.store.claim_files import open_claim
from bot.store.engine import Session
from bot.store.revisions import CLAIMS, revision
from bot.store.turns import take_turn
from knowledge.grouping import Fit, group
from knowledge.library import Library
from knowledge.shelf import Shelf

log = structlog.get_logger()

TURN = "grouping"
BATCH = 20


@dataclass(frozen=True, slots=True)
class Placing:
    """What is to become of a report. `claim_id`: of a claim there is, or of the new one it founds."""

    report: Unplaced
    fit: Fit
    claim_id: str
    probability: float


class Grouper:
    """One a process; calls take turns on the caller's side (a worker's step)."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._shelf = KeptShelf(CLAIMS, belonging.open_claims)

    def place_next(self) -> bool:
        """One batch of new reports; whether there may be more."""
        with self._runtime.database.reading() as session:
            reports = belonging.unplaced(session, limit=BATCH)
            if not reports:
                return False
            shelf, current = self._shelf.as_of_now(session, segmenter=self._library.profiler.segmenter)
        placings, shelf = self._think(reports, shelf)
        with self._runtime.database.transaction() as session:
            take_turn(session, TURN)
            if revision(session, CLAIMS) != current:
                return True
            founded = put_down(session, placings, self._runtime.clock())
            raised = revision(session, CLAIMS)
        # Only if nothing but these came in between does the shelf at hand say what the database says.
        if raised == current + founded:
            self._shelf.keep(shelf, raised)
        return True

    @property
    def _library(self) -> Library:
        return self._runtime.library.get()

    def _think(
        self, reports: tuple[Unplaced, ...], shelf: Shelf[OpenClaim]
    ) -> tuple[list[Placing], Shelf[OpenClaim]]:
        """In the order in which they came: the second of two new ones that say the same finds the first one's claim."""
        library, placings = self._library, []
        zone = self._runtime.settings.service.zone
        for report in reports:
            found = group(
                report.text,
                shelf,
                profiler=library.profiler,
                judge=library.models.claims,
                thresholds=self._runtime.thresholds,
            )
            if found.fit is Fit.NEW:
                claim_id = f"{report.reported_at.astimezone(zone):%Y%m%d}-{report.number}"
                placings.append(Placing(report, Fit.NEW, claim_id, 0.0))
                claim = OpenClaim(claim_id, (first_text(report.text),))
                shelf = shelf.with_item(claim, segmenter=library.profiler.segmenter)
            else:
                best = found.candidates[0]
                placings.append(Placing(report, found.fit, best.pair.item.id, best.probability))
        return placings, shelf


def put_down(session: Session, placings: list[Placing], now: datetime) -> int:
    """How many new claims were founded as they were thought of; -1 when one had to take another id."""
    names: dict[str, str] = {}
    belonging.hold_claims(session, (one.claim_id for one in placings))
    for one in placings:
        number, claim_id = one.report.number, names.get(one.claim_id, one.claim_id)
        if one.fit is Fit.SUGGESTED:
            belonging.suggest(session, number, claim_id, probability=one.probability)
            continue
        if one.fit is Fit.NEW:
            text, area = first_text(one.report.text), ""
            names[claim_id] = claim_id = open_claim(session, claim_id, text=text, area_code=area, now=now)
        belonging.place(session, number, claim_id, fit=one.fit, probability=one.probability or None)
    if placings:
        log.info("reports_placed", count=len(placings), new=len(names))
    return len(names) if all(wanted == given for wanted, given in names.items()) else -1
