"""Claims as callers read them: how the work stands, and what is or may become public. Never who reported one."""

from datetime import date, datetime

from bot.api.findings import FindingOut, SourceOut, told_finding, told_source
from bot.api.shapes import Told
from bot.office.claims import Listed, Record
from bot.store.claim_actions import ActionKind
from bot.store.claim_files import ClaimFile
from bot.store.claim_versions import ClaimVersion
from bot.store.evidence import Evidence
from knowledge.claim import Topic, Verdict
from knowledge.review import Step, WorkState
from knowledge.risk import Harm, Risk


class ClaimOut(Told):
    """`verdict`: what the public is told, or was before it was withdrawn. `edition` is what a transition is asked with.

    `reports` counts those of the owner's area. In lists `text` is empty where a private person is spoken of.
    """

    id: str
    text: str
    state: WorkState
    verdict: Verdict | None
    version: int
    edition: int
    area_code: str
    topic: Topic
    harm: Harm | None
    risk: Risk | None
    risk_reason: str
    due_at: datetime | None
    look_again_at: datetime | None
    assigned_to: str | None
    verified_with: str
    restricted: bool
    merged_into: str | None
    reports: int
    first_reported_at: datetime | None
    last_reported_at: datetime | None
    opened_at: datetime | None
    published_at: datetime | None
    closed_at: datetime | None
    updated_at: datetime


class SightingOut(Told):
    """`area_code` is a community's, or empty when it is not known."""

    area_code: str
    count: int
    first_at: datetime
    last_at: datetime


class DayOut(Told):
    begins_at: datetime
    reports: int


class VersionOut(Told):
    """`fingerprint` is what is handed over, approved and published. Without `published_at` it is being written."""

    number: int
    finding: FindingOut
    fingerprint: str
    authors: tuple[str, ...]
    submitted_by: str | None
    approved_by: str | None
    approved_at: datetime | None
    note: str
    drafted_at: datetime
    published_at: datetime | None


class EvidenceOut(Told):
    """`snapshot`: the SHA-256 of the page or file as it was kept."""

    number: int
    source: SourceOut | None
    expires_on: date | None
    snapshot: str | None
    added_by: str
    added_at: datetime


class ActionOut(Told):
    kind: ActionKind
    detail: str
    by: str
    at: datetime


class ClaimRecordOut(ClaimOut):
    """`told`: how many askers have heard; `steps`: what can be done with it now."""

    sightings: tuple[SightingOut, ...]
    trend: tuple[DayOut, ...]
    versions: tuple[VersionOut, ...]
    evidence: tuple[EvidenceOut, ...]
    actions: tuple[ActionOut, ...]
    told: int
    steps: tuple[Step, ...]


def told_listed(listed: Listed) -> ClaimOut:
    return ClaimOut(**_fields(listed.file, text=listed.text, reports=listed.count))


def told_record(record: Record) -> ClaimRecordOut:
    return ClaimRecordOut(
        **_fields(record.file, text=record.file.text, reports=record.count),
        sightings=tuple(SightingOut.model_validate(place) for place in record.sightings),
        trend=tuple(DayOut(begins_at=day, reports=count) for day, count in record.trend),
        versions=tuple(_version(version) for version in record.versions),
        evidence=tuple(_evidence(one) for one in record.evidence),
        actions=tuple(ActionOut.model_validate(action) for action in record.actions),
        told=record.told,
        steps=record.steps,
    )


def _fields(file: ClaimFile, *, text: str, reports: int) -> dict[str, object]:
    given = {name: getattr(file, name) for name in ClaimOut.model_fields if hasattr(file, name)}
    verdict = file.published.verdict if file.published else None
    return {**given, "text": text, "reports": reports, "verdict": verdict}


def _version(version: ClaimVersion) -> VersionOut:
    pending = version.pending
    return VersionOut(
        number=version.number,
        finding=told_finding(version.finding),
        fingerprint=pending.fingerprint,
        authors=tuple(sorted(pending.authors)),
        submitted_by=pending.submitted_by,
        approved_by=pending.approved_by,
        approved_at=pending.approved_at,
        note=version.note,
        drafted_at=version.drafted_at,
        published_at=version.published_at,
    )


def _evidence(one: Evidence) -> EvidenceOut:
    return EvidenceOut(
        number=one.number,
        source=told_source(one.source),
        expires_on=one.expires_on,
        snapshot=one.snapshot,
        added_by=one.added_by,
        added_at=one.added_at,
    )
