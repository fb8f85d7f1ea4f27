"""Relay tasks: a grid worker carries the text into a village group by hand, and says so.

Ordinary WeChat groups have no interface, so what reached them is known only from the person who carried it. Only a
confirmation counts as coverage: a task created, or taken, has reached nobody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from broadcasts.calendar import Quiet
from broadcasts.errors import Incomplete, TransitionRefused

MOST_REMINDERS = 3
REMINDER_PERIOD = timedelta(hours=24)
REMINDER_GAP = timedelta(hours=1)


class RelayStatus(StrEnum):
    """OPEN: nobody has taken it. CLAIMED: the worker has the text. CANNOT: with a reason, for the township."""

    OPEN = "open"
    CLAIMED = "claimed"
    FORWARDED = "forwarded"
    CANNOT = "cannot"
    CANCELLED = "cancelled"


_UNDONE = frozenset({RelayStatus.OPEN, RelayStatus.CLAIMED})

SOURCES: Mapping[RelayStatus, frozenset[RelayStatus]] = {
    RelayStatus.CLAIMED: frozenset({RelayStatus.OPEN, RelayStatus.CANNOT}),
    RelayStatus.FORWARDED: _UNDONE | {RelayStatus.CANNOT},
    RelayStatus.CANNOT: _UNDONE,
    RelayStatus.CANCELLED: _UNDONE | {RelayStatus.CANNOT},
}
"""From where each status is reached. Workers answer 已转发 without taking the task first, and that is fine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelayTask:
    """One text for one worker and one group, by our own ids. `reminders` counts those sent for this task."""

    id: int
    run_id: int
    worker: int
    created_at: datetime
    group: int | None = None
    status: RelayStatus = RelayStatus.OPEN
    claimed_at: datetime | None = None
    confirmed_at: datetime | None = None
    reason: str = ""
    reminders: int = 0
    reminded_at: datetime | None = None

    @property
    def is_undone(self) -> bool:
        return self.status in _UNDONE


@dataclass(frozen=True, slots=True)
class Coverage:
    """What became of a broadcast's relay tasks; cancelled ones count nowhere."""

    forwarded: int
    cannot: int
    undone: int

    @property
    def total(self) -> int:
        return self.forwarded + self.cannot + self.undone

    @property
    def share(self) -> float:
        """Confirmed over all, 0 to 1; 0 when there is nothing to cover."""
        return self.forwarded / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Digest:
    """One reminder for one worker about everything they still owe."""

    worker: int
    task_ids: tuple[int, ...]


def claim(task: RelayTask, *, at: datetime) -> RelayTask:
    """The worker has the text. Taking it again changes nothing."""
    if task.status is RelayStatus.CLAIMED:
        return task
    return replace(_moved(task, RelayStatus.CLAIMED), claimed_at=at, reason="")


def confirm(task: RelayTask, *, at: datetime) -> RelayTask:
    """The worker forwarded it. Said twice, the first time stands."""
    if task.status is RelayStatus.FORWARDED:
        return task
    return replace(_moved(task, RelayStatus.FORWARDED), confirmed_at=at, reason="")


def cannot(task: RelayTask, *, reason: str) -> RelayTask:
    """The worker cannot forward it; without a reason nobody could help. Said again, the later reason holds: it is nearer to
    what the township finds. Raises Incomplete.
    """
    if not reason.strip():
        raise Incomplete(("Say why it cannot be forwarded.",))
    if task.status is RelayStatus.CANNOT:
        return replace(task, reason=reason.strip())
    return replace(_moved(task, RelayStatus.CANNOT), reason=reason.strip())


def cancel(task: RelayTask, *, reason: str) -> RelayTask:
    """The broadcast was halted or corrected: nobody shall forward this any more."""
    return replace(_moved(task, RelayStatus.CANCELLED), reason=reason)


def reminded(task: RelayTask, *, at: datetime) -> RelayTask:
    """The task after a reminder about it went out. Raises TransitionRefused when nothing is owed."""
    if not task.is_undone:
        raise TransitionRefused(f"A relay task that is {task.status} is owed nothing.")
    return replace(task, reminders=task.reminders + 1, reminded_at=at)


def may_remind(reminded_at: Sequence[datetime], *, now: datetime) -> bool:
    """Whether a worker, reminded at these moments about anything, may be reminded again now."""
    recent = [moment for moment in reminded_at if moment > now - REMINDER_PERIOD]
    return len(recent) < MOST_REMINDERS and all(moment <= now - REMINDER_GAP for moment in recent)


def reminders_due(
    tasks: Iterable[RelayTask],
    reminded_at: Mapping[int, Sequence[datetime]],
    *,
    now: datetime,
    patience: timedelta,
    quiet: Quiet,
) -> tuple[Digest, ...]:
    """Whom to remind now: one digest per worker who owes something older than `patience`, never in quiet hours.

    `reminded_at`: per worker, every reminder of the last day, whatever it was about.
    """
    if quiet.covers(now):
        return ()
    owed: dict[int, list[int]] = {}
    for task in tasks:
        if task.is_undone and task.created_at <= now - patience:
            owed.setdefault(task.worker, []).append(task.id)
    return tuple(
        Digest(worker, tuple(task_ids))
        for worker, task_ids in owed.items()
        if may_remind(reminded_at.get(worker, ()), now=now)
    )


def coverage(tasks: Iterable[RelayTask]) -> Coverage:
    """How far the text was carried, by what workers confirmed."""
    statuses = [task.status for task in tasks]
    return Coverage(
        forwarded=statuses.count(RelayStatus.FORWARDED),
        cannot=statuses.count(RelayStatus.CANNOT),
        undone=sum(status in _UNDONE for status in statuses),
    )


def _moved(task: RelayTask, target: RelayStatus) -> RelayTask:
    if task.status not in SOURCES[target]:
        raise TransitionRefused(f"A relay task that is {task.status} cannot become {target}.")
    return replace(task, status=target)
