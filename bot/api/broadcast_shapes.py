"""Broadcasts as callers write and read them, and the way from there to the office's forms and back."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from bot.api.shapes import PRINTABLE, AreaCode, Asked, Moment, Name, Number, Told, Words
from bot.drafting import KINDS
from bot.errors import Unacceptable
from bot.office.broadcast_form import LONGEST_TITLE, BroadcastForm, Delivered, LetterForm
from bot.office.broadcasts import Preview, Record
from bot.store.deliveries import DeliveryCount
from broadcasts.bodies import LetterKind
from broadcasts.broadcast import Broadcast, Status
from broadcasts.content import BroadcastKind, Channel, Content, Once, Recurring, Schedule
from broadcasts.delivery import DeliveryStatus
from broadcasts.fingerprint import fingerprint
from broadcasts.planning import RefusalCode
from broadcasts.relay import Coverage

LongText = Annotated[str, StringConstraints(pattern=PRINTABLE, max_length=20_000)]


class BroadcastPath(Asked):
    broadcast_id: Name


class Audience(Asked):
    area_codes: tuple[AreaCode, ...] = Field(max_length=2_000)
    tags: tuple[Words, ...] = Field((), max_length=20)


class At(Asked):
    """Once."""

    at: Moment


class Again(Asked):
    """At every moment the cron expression names on Shanghai's clock, up to and including `until`."""

    cron: Annotated[str, StringConstraints(pattern=PRINTABLE, max_length=100)]
    until: Moment


class BroadcastIn(Asked):
    """Exactly one of: `body`, the same text on every channel; `texts`, one for each; `letter`, one of the letters."""

    kind: BroadcastKind
    title: Annotated[str, StringConstraints(pattern=PRINTABLE, max_length=LONGEST_TITLE)] = ""
    body: LongText | None = None
    texts: dict[Channel, LongText] | None = None
    letter: LetterKind | None = None
    audience: Audience
    channels: tuple[Channel, ...] = Field((), max_length=len(Channel))
    schedule: At | Again
    valid_until: Moment
    urgent: bool = False

    def form(self) -> BroadcastForm | LetterForm:
        """For the office. Raises Unacceptable."""
        if sum(given is not None for given in (self.body, self.texts, self.letter)) != 1:
            raise Unacceptable({"body": "give exactly one of body, texts and letter"})
        if self.letter is None:
            return self._own(self._texts())
        if KINDS[self.letter] is not self.kind:
            raise Unacceptable({"kind": f"the letter {self.letter} is of the kind {KINDS[self.letter]}"})
        return LetterForm(
            letter=self.letter,
            title=self.title,
            channels=tuple(dict.fromkeys(self.channels)),
            delivered=self._delivered(),
        )

    def own_form(self) -> BroadcastForm:
        """For an edit: what is stored is one wording already. Raises Unacceptable for a letter."""
        form = self.form()
        if isinstance(form, LetterForm):
            raise Unacceptable({"letter": "is only for a new draft; an edit changes the texts"})
        return form

    def _own(self, texts: Mapping[Channel, str]) -> BroadcastForm:
        return BroadcastForm(kind=self.kind, title=self.title, texts=texts, delivered=self._delivered())

    def _texts(self) -> Mapping[Channel, str]:
        if self.texts is None:
            return dict.fromkeys(self.channels, self.body or "")
        if self.channels and set(self.channels) != set(self.texts):
            raise Unacceptable({"channels": "are not those of texts"})
        return self.texts

    def _delivered(self) -> Delivered:
        when = self.schedule
        return Delivered(
            area_codes=frozenset(self.audience.area_codes),
            tags=frozenset(self.audience.tags),
            schedule=Once(when.at) if isinstance(when, At) else Recurring(when.cron, when.until),
            valid_until=self.valid_until,
            urgent=self.urgent,
        )


class BroadcastEdit(BroadcastIn):
    """`revision` is the one it was read with; any other is a conflict."""

    revision: Number


class ScheduleOut(Told):
    """`at` alone, or `cron` and `until`."""

    at: datetime | None = None
    cron: str | None = None
    until: datetime | None = None


class AudienceOut(Told):
    area_codes: tuple[str, ...]
    tags: tuple[str, ...]


class BroadcastOut(Told):
    """`fingerprint` is what an approval of it as it stands binds."""

    id: str
    kind: BroadcastKind
    title: str
    status: Status
    revision: int
    authors: tuple[str, ...]
    created_by: str
    created_at: datetime
    submitted_by: str | None
    approved_by: str | None
    approved_at: datetime | None
    reason: str | None
    texts: dict[Channel, str]
    audience: AudienceOut
    channels: tuple[Channel, ...]
    schedule: ScheduleOut
    valid_until: datetime
    urgent: bool
    fingerprint: str


class DraftedOut(BroadcastOut):
    """A letter that reads differently where risk levels differ becomes several drafts: `also_drafted` are the others."""

    also_drafted: tuple[str, ...]


class CountOut(Told):
    channel: Channel
    status: DeliveryStatus
    reason: str
    count: int


class CoverageOut(Told):
    """Of relay tasks: `share` is forwarded over all. A task created, or taken, has reached nobody."""

    forwarded: int
    cannot: int
    undone: int
    share: float


class RunOut(Told):
    due_at: datetime
    skipped_because: str | None


class DebunkedOut(Told):
    """The verdict a debunk broadcast was drafted from, where the owner may read that claim. What overtakes it stops the
    broadcast (`reason` says claim_…).
    """

    claim_id: str
    version: int


class RecordOut(BroadcastOut):
    """With what became of it in the owner's area."""

    debunks: DebunkedOut | None

    deliveries: tuple[CountOut, ...]
    relay: CoverageOut
    runs: tuple[RunOut, ...]


class ChannelPlanOut(Told):
    """`held_back` have used up the month; `calls` is what one occurrence takes of the platform, or of people."""

    channel: Channel
    recipients: int
    held_back: int
    calls: int


class PlanRefusalOut(Told):
    channel: Channel
    code: RefusalCode
    message: str


class PreviewOut(Told):
    """What sending would take, in counts; `refusals` says why it could not."""

    title: str
    texts: dict[Channel, str]
    communities: int
    opted_out: int
    channels: tuple[ChannelPlanOut, ...]
    refusals: tuple[PlanRefusalOut, ...]
    occurrences: tuple[datetime, ...]


class PreviewsOut(Told):
    """One for each wording."""

    items: tuple[PreviewOut, ...]


def told(one: Broadcast) -> BroadcastOut:
    return BroadcastOut(**_fields(one))


def told_drafted(drafted: tuple[Broadcast, ...]) -> DraftedOut:
    first, *others = drafted
    return DraftedOut(**_fields(first), also_drafted=tuple(one.id for one in others))


def told_record(record: Record) -> RecordOut:
    return RecordOut(
        **_fields(record.broadcast),
        debunks=DebunkedOut.model_validate(record.debunks) if record.debunks else None,
        deliveries=told_counts(record.counts),
        relay=told_coverage(record.coverage),
        runs=tuple(RunOut.model_validate(run) for run in record.runs),
    )


def told_counts(counts: Iterable[DeliveryCount]) -> tuple[CountOut, ...]:
    return tuple(CountOut.model_validate(count) for count in counts)


def told_coverage(coverage: Coverage) -> CoverageOut:
    return CoverageOut.model_validate(coverage)


def told_preview(seen: Preview) -> PreviewOut:
    return PreviewOut(
        title=seen.content.title,
        texts=_texts(seen.content),
        communities=seen.communities,
        opted_out=seen.opted_out,
        channels=tuple(ChannelPlanOut.model_validate(line) for line in seen.plan.channels),
        refusals=tuple(PlanRefusalOut.model_validate(refusal) for refusal in seen.plan.refusals),
        occurrences=seen.occurrences,
    )


def _fields(one: Broadcast) -> dict[str, object]:
    content, approval = one.content, one.approval
    return {
        "id": one.id,
        "kind": content.kind,
        "title": content.title,
        "status": one.status,
        "revision": one.revision.number,
        "authors": tuple(sorted(one.revision.authors)),
        "created_by": one.created_by,
        "created_at": one.created_at,
        "submitted_by": one.submitted_by,
        "approved_by": approval.by if approval else None,
        "approved_at": approval.at if approval else None,
        "reason": one.reason,
        "texts": _texts(content),
        "audience": AudienceOut(
            area_codes=tuple(sorted(content.audience.area_codes)), tags=tuple(sorted(content.audience.tags))
        ),
        "channels": content.channels,
        "schedule": _schedule(content.schedule),
        "valid_until": content.valid_until,
        "urgent": content.urgent,
        "fingerprint": fingerprint(one.revision),
    }


def _texts(content: Content) -> dict[Channel, str]:
    return {item.channel: item.text for item in content.texts}


def _schedule(schedule: Schedule) -> ScheduleOut:
    if isinstance(schedule, Once):
        return ScheduleOut(at=schedule.at)
    return ScheduleOut(cron=schedule.cron, until=schedule.until)
