"""Broadcasts as the office works on them: drafted by one person, approved by another, stopped by anybody.

`broadcasts.lifecycle` says what may happen and who may not do it twice; what somebody bound to an area sees and changes
stands in `bot.office.broadcast_scope`, what became of a broadcast in `bot.office.broadcast_results`.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice

from bot import planning
from bot.access import Permission
from bot.debunk_standing import outlasts, require_standing
from bot.errors import Stale, Unacceptable
from bot.office.act import Act
from bot.office.broadcast_form import BroadcastForm, LetterForm, content_of, contents_of_letter
from bot.office.broadcast_results import coverage_of
from bot.office.broadcast_scope import codes_that_touch, find, find_own, touches
from bot.office.claim_scope import sees_claim
from bot.store import broadcasts, deliveries, reach
from bot.store.broadcasts import Run
from bot.store.claim_files import find_file
from bot.store.debunks import Debunk, debunk_of
from bot.store.deliveries import DeliveryCount
from bot.store.pages import Page, Wanted
from broadcasts import lifecycle
from broadcasts.broadcast import Broadcast, Status
from broadcasts.calendar import SHANGHAI, due_times
from broadcasts.content import BroadcastKind, Content
from broadcasts.errors import StaleRevision
from broadcasts.fingerprint import fingerprint
from broadcasts.planning import QuotaPlan, plan
from broadcasts.quota import Limits, month_start
from broadcasts.relay import Coverage

ID_BYTES = 6
OCCURRENCES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Record:
    """A broadcast with what became of it; `fingerprint` is what an approval of it as it stands would bind, `debunks` the
    verdict it was drafted from, where the member has a page of that claim to open.
    """

    broadcast: Broadcast
    fingerprint: str
    counts: tuple[DeliveryCount, ...]
    coverage: Coverage
    runs: tuple[Run, ...]
    debunks: Debunk | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What sending would take, in counts: `plan` says per channel who is reached and what refuses it."""

    content: Content
    communities: int
    opted_out: int
    plan: QuotaPlan
    occurrences: tuple[datetime, ...]


def list_broadcasts(
    act: Act, wanted: Wanted, *, statuses: Sequence[Status] = (), kinds: Sequence[BroadcastKind] = ()
) -> Page[Broadcast]:
    """A page of those that reach into the member's area; it may be shorter than asked for though more follow."""
    act.require(Permission.BROADCAST_READ)
    page = broadcasts.read(
        act.session, wanted=wanted, statuses=statuses, kinds=kinds, naming=codes_that_touch(act)
    )
    return Page(tuple(one for one in page.items if touches(act, one)), page.following)


def take_away(
    act: Act, *, statuses: Sequence[Status] = (), kinds: Sequence[BroadcastKind] = ()
) -> Callable[[Wanted], Page[Broadcast]]:
    """The same as a file, read page by page: it leaves one trace, however many there are."""
    act.require(Permission.BROADCAST_READ)
    act.note("broadcasts.exported", "broadcasts")
    return partial(list_broadcasts, act, statuses=statuses, kinds=kinds)


def read(act: Act, broadcast_id: str) -> Broadcast:
    """One broadcast without what became of it: counting a million deliveries takes its time. Raises NotFound."""
    act.require(Permission.BROADCAST_READ)
    return find(act, broadcast_id)


def show(act: Act, broadcast_id: str) -> Record:
    """One broadcast and what became of it in the member's area. Raises NotFound, also for what lies elsewhere."""
    act.require(Permission.BROADCAST_READ)
    found = find(act, broadcast_id)
    return Record(
        broadcast=found,
        fingerprint=fingerprint(found.revision),
        counts=deliveries.count_of(act.session, found.id, area_prefix=act.area_prefix),
        coverage=coverage_of(act, found),
        runs=tuple(broadcasts.runs_of(act.session, found.id)),
        debunks=_told_verdict(act, found),
    )


def preview(act: Act, broadcast_id: str) -> Preview:
    """What a stored broadcast would take if it were sent."""
    act.require(Permission.BROADCAST_READ)
    return _preview(act, find(act, broadcast_id).content)


def preview_form(act: Act, form: BroadcastForm | LetterForm) -> tuple[Preview, ...]:
    """The same before anything is stored; a letter gives one for each of its wordings."""
    act.require(Permission.BROADCAST_WRITE)
    return tuple(_preview(act, content) for content in _contents(act, form))


def draft(act: Act, form: BroadcastForm | LetterForm) -> tuple[Broadcast, ...]:
    """Stored as drafts: one, or one for each wording of a letter."""
    act.require(Permission.BROADCAST_WRITE)
    drafted = tuple(
        lifecycle.draft(secrets.token_hex(ID_BYTES), content, by=act.member.name, at=act.now)
        for content in _contents(act, form)
    )
    for one in drafted:
        broadcasts.save(act.session, one, now=act.now)
        act.note("broadcast.drafted", f"broadcast {one.id}", detail={"kind": one.content.kind})
    return drafted


def edit(act: Act, broadcast_id: str, form: BroadcastForm, *, edition: int) -> Broadcast:
    """A new revision, a draft again. `edition` is the revision's number it was opened with. Raises Stale, and Unacceptable
    where it would outlast the verdict it tells.
    """
    act.require(Permission.BROADCAST_WRITE)
    content = content_of(act, form)
    was = find_own(act, broadcast_id)
    if was.revision.number != edition:
        raise Stale(f"broadcast {broadcast_id} is at revision {was.revision.number} by now")
    _require_ending(act, was, content)
    return _save(act, was, lifecycle.edit(was, content, by=act.member.name), "broadcast.edited")


def submit(act: Act, broadcast_id: str, *, seen: str) -> Broadcast:
    """Hand the bytes whose fingerprint was seen to a second person. Raises what `broadcasts.lifecycle` raises, and
    Overtaken.
    """
    return _step(
        act,
        broadcast_id,
        Permission.BROADCAST_WRITE,
        "broadcast.submitted",
        lambda one: lifecycle.submit(_seen(_not_overtaken(act, one), seen), by=act.member.name, at=act.now),
        detail={"fingerprint": seen},
    )


def approve(act: Act, broadcast_id: str, *, seen: str) -> Broadcast:
    """Yes to exactly the bytes whose fingerprint was seen; by somebody who wrote and submitted none of it. Raises Overtaken
    where these bytes tell a verdict that is not public any more.
    """
    return _step(
        act,
        broadcast_id,
        Permission.BROADCAST_APPROVE,
        "broadcast.approved",
        lambda one: lifecycle.approve(
            _not_overtaken(act, one), by=act.member.name, at=act.now, fingerprint=seen
        ),
        detail={"fingerprint": seen},
    )


def reject(act: Act, broadcast_id: str, *, reason: str) -> Broadcast:
    """Back to its authors, with a reason."""
    return _step(
        act,
        broadcast_id,
        Permission.BROADCAST_APPROVE,
        "broadcast.rejected",
        lambda one: lifecycle.reject(one, reason=reason),
        reason=reason,
    )


def halt(act: Act, broadcast_id: str, *, reason: str) -> Broadcast:
    """Stop it at once, and call back what has not gone out; what is on telephones stays there."""
    halted = _step(
        act,
        broadcast_id,
        Permission.BROADCAST_HALT,
        "broadcast.halted",
        lambda one: lifecycle.halt(one, reason=reason),
        reason=reason,
    )
    planning.call_back(act.session, broadcast_id, now=act.now)
    return halted


def _seen(one: Broadcast, seen: str) -> Broadcast:
    if one.status is Status.DRAFT and fingerprint(one.revision) != seen:
        raise StaleRevision(
            "It was edited since you opened it; read the current revision and hand that over."
        )
    return one


def _not_overtaken(act: Act, one: Broadcast) -> Broadcast:
    require_standing(act.session, one, now=act.now, zone=act.runtime.settings.service.zone)
    return one


def _told_verdict(act: Act, one: Broadcast) -> Debunk | None:
    debunk = debunk_of(act.session, one.id)
    return debunk if debunk and sees_claim(act, debunk.claim_id) else None


def _require_ending(act: Act, was: Broadcast, content: Content) -> None:
    """Said while it is written, not only when it is handed over."""
    debunk = debunk_of(act.session, was.id)
    published = find_file(act.session, debunk.claim_id).published if debunk else None
    if published and outlasts(content.valid_until, published.validity, act.runtime.settings.service.zone):
        raise Unacceptable({"valid_until": f"the verdict it tells ends on {published.validity.valid_to}"})


def _contents(act: Act, form: BroadcastForm | LetterForm) -> tuple[Content, ...]:
    return contents_of_letter(act, form) if isinstance(form, LetterForm) else (content_of(act, form),)


def _preview(act: Act, content: Content) -> Preview:
    settings = act.runtime.settings.broadcasts
    codes = sorted(
        {area.code for code in content.audience.area_codes for area in act.areas.communities_under(code)}
    )
    codes = [code for code in codes if act.covers(code)]
    midnight = act.now.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    ledger = reach.ledger_of(act.session, codes, month_start=month_start(act.now), day_start=midnight)
    limits = Limits(
        mass_per_month=settings.mass_per_month, reserve=settings.reserve, mass_batch=settings.mass_batch
    )
    upcoming = due_times(content.schedule, after=act.now, until=content.valid_until)
    return Preview(
        content=content,
        communities=len(codes),
        opted_out=reach.count_opted_out(act.session, codes),
        plan=plan(content, ledger, limits=limits, now=act.now),
        occurrences=tuple(islice(upcoming, OCCURRENCES_SHOWN)),
    )


def _step(
    act: Act,
    broadcast_id: str,
    needs: Permission,
    action: str,
    step: Callable[[Broadcast], Broadcast],
    *,
    reason: str = "",
    detail: dict[str, object] | None = None,
) -> Broadcast:
    act.require(needs)
    was = find_own(act, broadcast_id)
    return _save(act, was, step(was), action, reason=reason, detail=detail)


def _save(
    act: Act,
    was: Broadcast,
    after: Broadcast,
    action: str,
    *,
    reason: str = "",
    detail: dict[str, object] | None = None,
) -> Broadcast:
    broadcasts.save(act.session, after, now=act.now, was=was)
    noted = {"revision": after.revision.number, **(detail or {})}
    act.note(action, f"broadcast {after.id}", reason=reason, detail=noted)
    return after
