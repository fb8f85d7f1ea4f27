"""A claim as the desk has it: what people say, where the work stands, how urgent it is, whose it is.

`bot.store.claims` says what the public is told; nothing of that is changed here but by `publish`. Every change raises the
row's edition, and a change made to an older edition is refused, so that two people who work at once notice. The counts of
reports are kept by `bot.store.sightings`.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.errors import NotFound, Stale
from bot.store.claims import claim_of
from bot.store.revisions import CLAIMS, KNOWLEDGE, raise_revision
from bot.store.sources import dated_columns
from bot.store.tables import ClaimRow
from knowledge.claim import Claim, Topic
from knowledge.review import OPEN, PUBLIC, WorkState
from knowledge.risk import UNASSESSED, Harm, Risk
from knowledge.rumour_log import RumourLog, log_data, log_from


@dataclass(frozen=True, slots=True)
class ClaimFile:
    """`published`: what the public is told, or was before it was withdrawn. `edition` is what a form was opened with.

    `risk_reason` is given when a person set another risk than the matrix. Of a restricted claim, which speaks of a private
    person, lists do not show the text.
    """

    id: str
    text: str
    state: WorkState
    version: int
    edition: int
    area_code: str
    topic: Topic
    published: Claim | None
    harm: Harm | None
    risk: Risk | None
    risk_reason: str
    due_at: datetime | None
    look_again_at: datetime | None
    assigned_to: str | None
    verified_with: str
    restricted: bool
    merged_into: str | None
    log: RumourLog
    report_count: int
    first_reported_at: datetime | None
    last_reported_at: datetime | None
    opened_at: datetime | None
    published_at: datetime | None
    closed_at: datetime | None
    closed_by: str | None
    updated_at: datetime

    def is_overdue(self, now: datetime) -> bool:
        """Whether the clock of its risk ran out while nothing is public."""
        return self.state in OPEN and self.due_at is not None and self.due_at <= now


def open_claim(session: Session, claim_id: str, *, text: str, area_code: str, now: datetime) -> str:
    """A new claim to look into; its id, which is `claim_id` or the first free one after it.

    Its clock runs from the start: that nobody has said how urgent it is makes nothing less urgent.
    """
    number, free = 1, claim_id
    while session.get(ClaimRow, free) is not None:
        number += 1
        free = f"{claim_id}-{number}"
    session.add(
        ClaimRow(
            id=free,
            text=text,
            phrasings=[],
            area_code=area_code,
            topic=Topic.OTHER,
            state=WorkState.NEW,
            due_at=now + UNASSESSED,
            log={},
            opened_at=now,
            updated_at=now,
        )
    )
    session.flush()
    raise_revision(session, CLAIMS)
    return free


def find_file(session: Session, claim_id: str) -> ClaimFile:
    """Raises NotFound."""
    row = session.get(ClaimRow, claim_id, populate_existing=True)
    if row is None:
        raise NotFound(f"there is no claim {claim_id}")
    return file_of(row)


def hold_file(session: Session, claim_id: str, *, edition: int | None = None) -> ClaimFile:
    """The claim, for changing it: others wait until this transaction ends.

    Raises NotFound, and Stale when somebody has changed it since that edition.
    """
    row = session.get(ClaimRow, claim_id, populate_existing=True, with_for_update=True)
    if row is None:
        raise NotFound(f"there is no claim {claim_id}")
    if edition is not None and row.edition != edition:
        raise Stale(f"claim {claim_id} was changed since it was opened")
    return file_of(row)


def save_file(session: Session, file: ClaimFile, *, now: datetime) -> ClaimFile:
    """Write how the work stands. What the public is told is not written; what is counted neither."""
    row = session.get_one(ClaimRow, file.id)
    if row.edition != file.edition:
        raise Stale(f"claim {file.id} was changed since it was opened")
    if (row.state in OPEN, row.text) != (file.state in OPEN, file.text):
        raise_revision(session, CLAIMS)
    if (row.state in PUBLIC) != (file.state in PUBLIC):
        raise_revision(session, KNOWLEDGE)
    if not row.version:
        # Of a claim that was never public text, place and topic belong to the desk; afterwards to what is told.
        row.text, row.area_code, row.topic = file.text, file.area_code, file.topic.value
    _write(row, file)
    row.edition += 1
    row.updated_at = now
    session.flush()
    return replace(file, edition=row.edition, updated_at=now)


def save_clocks(session: Session, file: ClaimFile) -> None:
    """Write what the clock and the counts have made of a claim. Nobody edited it, so nobody's open form goes stale."""
    row = session.get_one(ClaimRow, file.id)
    row.risk = file.risk.value if file.risk else None
    row.due_at, row.look_again_at = file.due_at, file.look_again_at
    session.flush()


def publish(session: Session, file: ClaimFile, claim: Claim, *, now: datetime) -> ClaimFile:
    """Tell the public `claim` from now on, as the next version of it; whoever asked is to be told.

    `file` carries the state it goes to: published or corrected.
    """
    row = session.get_one(ClaimRow, file.id)
    row.text, row.phrasings, row.verdict = claim.text, list(claim.phrasings), claim.verdict.value
    row.explanation, row.published_on, row.topic = claim.explanation, claim.published_on, claim.topic.value
    for name, value in dated_columns(claim).items():
        setattr(row, name, value)
    row.version += 1
    row.published_at = row.published_at or now
    row.untold_since = now
    raise_revision(session, KNOWLEDGE)
    raise_revision(session, CLAIMS)
    saved = replace(file, version=row.version, published=claim, published_at=row.published_at)
    return save_file(session, saved, now=now)


def mark_untold(session: Session, claim_id: str, *, now: datetime) -> None:
    """Some who asked have something to hear: a verdict, a correction, or when we look again."""
    row = session.get_one(ClaimRow, claim_id, with_for_update=True)
    row.untold_since = row.untold_since or now
    session.flush()


def files_among(session: Session, claim_ids: tuple[str, ...]) -> dict[str, ClaimFile]:
    """Those of `claim_ids` that there are."""
    rows = session.scalars(select(ClaimRow).where(ClaimRow.id.in_(claim_ids)))
    return {row.id: file_of(row) for row in rows}


def file_of(row: ClaimRow) -> ClaimFile:
    """The desk's view of a row."""
    return ClaimFile(
        id=row.id,
        text=row.text,
        state=WorkState(row.state),
        version=row.version,
        edition=row.edition,
        area_code=row.area_code,
        topic=Topic(row.topic),
        published=claim_of(row) if row.version else None,
        harm=Harm(row.harm) if row.harm else None,
        risk=Risk(row.risk) if row.risk else None,
        risk_reason=row.risk_reason,
        due_at=row.due_at,
        look_again_at=row.look_again_at,
        assigned_to=row.assigned_to,
        verified_with=row.verified_with,
        restricted=row.restricted,
        merged_into=row.merged_into,
        log=log_from(row.log),
        report_count=row.report_count,
        first_reported_at=row.first_reported_at,
        last_reported_at=row.last_reported_at,
        opened_at=row.opened_at,
        published_at=row.published_at,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        updated_at=row.updated_at,
    )


def _write(row: ClaimRow, file: ClaimFile) -> None:
    row.state = file.state.value
    row.harm = file.harm.value if file.harm else None
    row.risk, row.risk_reason = file.risk.value if file.risk else None, file.risk_reason
    row.due_at, row.look_again_at = file.due_at, file.look_again_at
    row.assigned_to, row.verified_with = file.assigned_to, file.verified_with
    row.restricted, row.merged_into = file.restricted, file.merged_into
    row.log = log_data(file.log)
    row.closed_at, row.closed_by = file.closed_at, file.closed_by
