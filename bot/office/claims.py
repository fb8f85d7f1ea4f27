"""Claims as the desk works on them before there is a verdict: looked through, weighed, given to somebody, closed.

Every change takes the edition the form was opened with. What is found out goes through `bot.office.verdicts`, what belongs
together through `bot.office.belonging`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.access import Permission
from bot.claim_watch import assessed, day_bounds, reach_now, tell_office_of_risk, with_risk
from bot.debunk_watch import stop_overtaken
from bot.errors import Conflict, Forbidden, Unacceptable
from bot.office.act import Act
from bot.office.broadcast_scope import touches
from bot.office.claim_scope import as_seen, find, hold, hold_whole, moved, subject
from bot.scrubbing import scrub
from bot.store import (
    appeals,
    askers,
    claim_actions,
    claim_curve,
    claim_versions,
    comments,
    evidence,
    report_lists,
    sightings,
    staff,
)
from bot.store.appeals import Appeal
from bot.store.claim_actions import ActionKind, ClaimAction
from bot.store.claim_files import ClaimFile, mark_untold, save_file
from bot.store.claim_lists import ORDERS, Sought, page_of_claims
from bot.store.claim_versions import ClaimVersion
from bot.store.comments import Comment
from bot.store.debunks import Debunk, debunks_of
from bot.store.evidence import Evidence
from bot.store.pages import Page, Wanted
from bot.store.report_lists import ReportLine
from bot.store.sightings import Sighting
from knowledge.review import PUBLIC, Step, steps_from
from knowledge.risk import Harm, Reach, Risk
from knowledge.rumour_log import RumourLog

TREND_DAYS = 14
SHOWN_REPORTS = 20
MOST_TOLD = 10_000
LONGEST_REMARK = 2_000
OF_EVERYWHERE = frozenset({"reports", "reported"})
AS_OPENED = "-opened"
LONGEST_INSTITUTION = 120


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list. `text` is empty for a claim about a private person; `count` and what the file says of when it was
    reported are those of the member's own area.
    """

    file: ClaimFile
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Record:
    """A claim with all the desk knows of it, as far as the member may see. `trend`: reports per day, today last."""

    file: ClaimFile
    count: int
    reach: Reach
    sightings: tuple[Sighting, ...]
    trend: tuple[tuple[datetime, int], ...]
    reports: Page[ReportLine]
    versions: tuple[ClaimVersion, ...]
    evidence: tuple[Evidence, ...]
    comments: tuple[Comment, ...]
    actions: tuple[ClaimAction, ...]
    appeals: tuple[Appeal, ...]
    told: int
    debunks: tuple[Debunk, ...]
    steps: tuple[Step, ...]


def list_claims(act: Act, sought: Sought, wanted: Wanted) -> Page[Listed]:
    """A page of the claims that touch the member's area."""
    act.require(Permission.CLAIM_READ)
    if sought.within and not sought.within.startswith(act.area_prefix):
        raise Forbidden("this lies outside the area of the account")
    if wanted.order.removeprefix("-") not in orders_of(act):
        wanted = replace(wanted, order=AS_OPENED)
    page = page_of_claims(act.session, replace(sought, within=sought.within or act.area_prefix), wanted)
    listed = (
        Listed(file, "" if file.restricted else file.text, file.report_count)
        for file in as_seen(act, page.items)
    )
    return Page(tuple(listed), page.following)


def take_away(act: Act, sought: Sought) -> Callable[[Wanted], Page[Listed]]:
    """The same as a file, read page by page: it leaves one trace, however many there are."""
    act.require(Permission.CLAIM_READ)
    act.note("claims.exported", "claims")
    return partial(list_claims, act, sought)


def orders_of(act: Act) -> frozenset[str]:
    """By what the member's list may be sorted: how often and when a claim was reported elsewhere would show in the order,
    and in the cursor.
    """
    return frozenset(ORDERS) - OF_EVERYWHERE if act.member.area_code else frozenset({*ORDERS, ""})


def show(act: Act, claim_id: str) -> Record:
    """One claim. Having seen what residents wrote leaves a trace."""
    act.require(Permission.CLAIM_READ)
    (file,), session = as_seen(act, [find(act, claim_id)]), act.session
    zone, bound = act.runtime.settings.service.zone, act.member.area_code
    act.note("claim.viewed", subject(claim_id))
    return Record(
        file=file,
        count=file.report_count,
        reach=reach_now(session, claim_id, now=act.now, zone=zone, within=bound),
        sightings=sightings.sightings_of(session, claim_id, within=bound),
        trend=_trend(act, claim_id),
        reports=_first_reports(act, claim_id),
        versions=claim_versions.versions_of(session, claim_id),
        evidence=evidence.evidence_of(session, claim_id),
        comments=comments.comments_on(session, subject(claim_id)),
        actions=claim_actions.actions_of(session, claim_id),
        appeals=_objections(act, claim_id),
        told=askers.told_of(session, claim_id, most=MOST_TOLD, area_prefix=act.area_prefix),
        debunks=tuple(debunk for debunk in debunks_of(session, claim_id) if touches(act, debunk.broadcast)),
        steps=steps_from(file.state),
    )


def triage(act: Act, claim_id: str, edition: int, *, harm: Harm) -> ClaimFile:
    """Say what harm it does if believed; the matrix gives the risk, the risk the clock."""
    act.require(Permission.CLAIM_REVIEW)
    file = moved(hold(act, claim_id, edition), Step.TRIAGE)
    reach = reach_now(act.session, claim_id, now=act.now, zone=act.runtime.settings.service.zone)
    weighed = assessed(replace(file, harm=harm), reach, now=act.now)
    saved = _save(act, weighed, "claim.triage", detail={"harm": harm, "risk": weighed.risk or ""})
    tell_office_of_risk(act.session, saved, now=act.now)
    return saved


def set_risk(act: Act, claim_id: str, edition: int, *, risk: Risk, reason: str) -> ClaimFile:
    """Another risk than the matrix gives, with the reason; it stays until somebody sets another."""
    act.require(Permission.CLAIM_REVIEW)
    told = _required(reason, "reason")
    file = replace(with_risk(hold(act, claim_id, edition), risk, now=act.now), risk_reason=told)
    saved = _save(act, file, "claim.risk", reason=told, detail={"risk": risk})
    tell_office_of_risk(act.session, saved, now=act.now)
    return saved


def take_up(act: Act, claim_id: str, edition: int) -> ClaimFile:
    """Begin to look into it; it is the member's from now on."""
    act.require(Permission.CLAIM_REVIEW)
    file = replace(moved(hold(act, claim_id, edition), Step.TAKE_UP), assigned_to=act.member.name)
    return _save(act, file, "claim.take_up")


def assign(act: Act, claim_id: str, edition: int, *, name: str) -> ClaimFile:
    """Give it to a colleague who may review, or take it over by naming oneself. Raises Unacceptable."""
    act.require(Permission.CLAIM_REVIEW)
    colleague = staff.find_staff(act.session, name)
    if colleague is None or colleague.disabled_at is not None:
        raise Unacceptable({"name": "there is no such colleague"})
    if not replace(act, member=colleague).may(Permission.CLAIM_REVIEW):
        raise Unacceptable({"name": "this colleague does not review claims"})
    file = hold(act, claim_id, edition)
    detail = {"to": colleague.name, "from": file.assigned_to or ""}
    return _save(act, replace(file, assigned_to=colleague.name), "claim.assign", detail=detail)


def restrict(act: Act, claim_id: str, edition: int, *, restricted: bool, reason: str) -> ClaimFile:
    """It speaks of a private person: lists do not show its text, and no page of it is public."""
    act.require(Permission.CLAIM_REVIEW)
    told = _required(reason, "reason")
    held = hold_whole(act, claim_id, edition)
    if held.state in PUBLIC and not restricted:
        # Its page becomes public by it.
        act.require(Permission.CLAIM_APPROVE)
    saved = save_file(act.session, replace(held, restricted=restricted), now=act.now)
    stop_overtaken(act.session, {claim_id}, by=act.member.name, now=act.now)
    act.note("claim.restrict", subject(claim_id), reason=told, detail={"restricted": restricted})
    return saved


def put_on_record(act: Act, claim_id: str, edition: int, *, log: RumourLog, verified_with: str) -> ClaimFile:
    """The further fields of the rumour log, and the institution it was checked with. Raises Conflict: that one stands on
    the public page, where nothing changes but by a correction.
    """
    act.require(Permission.CLAIM_REVIEW)
    held, checked_with = hold(act, claim_id, edition), verified_with.strip()[:LONGEST_INSTITUTION]
    if held.state in PUBLIC and checked_with != held.verified_with:
        raise Conflict("a public claim's institution changes by a correction only")
    file = replace(held, log=log, verified_with=checked_with)
    return _save(act, file, "claim.log")


def comment(act: Act, claim_id: str, *, text: str) -> None:
    """A remark to colleagues; nobody's form goes stale over it."""
    act.require(Permission.REPORT_ENTER)
    find(act, claim_id)
    said = _required(text, "text")[:LONGEST_REMARK]
    comments.add_comment(act.session, subject(claim_id), author=act.member.name, text=said, now=act.now)
    act.note("claim.comment", subject(claim_id))


def close(act: Act, claim_id: str, edition: int, *, reason: str) -> ClaimFile:
    """Done with. One that is public is withdrawn by it: like a halt, an approver alone is enough to take words back."""
    act.require(Permission.CLAIM_REVIEW)
    file = hold_whole(act, claim_id, edition)
    if file.state in PUBLIC:
        act.require(Permission.CLAIM_APPROVE)
        claim_actions.add_action(
            act.session,
            claim_id,
            ActionKind.WITHDRAWN,
            by=act.member.name,
            now=act.now,
            detail=reason.strip(),
        )
    return _end(act, file, Step.CLOSE, reason)


def set_aside(act: Act, claim_id: str, edition: int, *, reason: str) -> ClaimFile:
    """Not ours to verify: a question, a complaint, a plea."""
    act.require(Permission.CLAIM_REVIEW)
    return _end(act, hold_whole(act, claim_id, edition), Step.SET_ASIDE, reason)


def reopen(act: Act, claim_id: str, edition: int, *, reason: str) -> ClaimFile:
    """Look into it again. What was public before stays withdrawn until a new version is published."""
    act.require(Permission.CLAIM_REVIEW)
    told = _required(reason, "reason")
    file = replace(moved(hold_whole(act, claim_id, edition), Step.REOPEN), closed_at=None, closed_by=None)
    return _save(act, file, "claim.reopen", reason=told)


def record_field_action(act: Act, claim_id: str, *, what: str) -> None:
    """What was done outside: the loudspeaker, a visit, a talk with the shop."""
    act.require(Permission.CLAIM_REVIEW)
    find(act, claim_id)
    told = _required(what, "what")[:LONGEST_REMARK]
    claim_actions.add_action(
        act.session, claim_id, ActionKind.FIELD, by=act.member.name, now=act.now, detail=told
    )
    act.note("claim.field_action", subject(claim_id))


def _trend(act: Act, claim_id: str) -> tuple[tuple[datetime, int], ...]:
    days = day_bounds(act.now, act.runtime.settings.service.zone, days=TREND_DAYS)
    counts = claim_curve.counts_between(act.session, claim_id, days, area_prefix=act.area_prefix)
    return tuple(zip(days, counts, strict=False))


def _first_reports(act: Act, claim_id: str) -> Page[ReportLine]:
    vault, wanted = act.runtime.vault, Wanted(limit=SHOWN_REPORTS)
    return report_lists.reports_of(act.session, claim_id, within=act.area_prefix, vault=vault, wanted=wanted)


def _objections(act: Act, claim_id: str) -> tuple[Appeal, ...]:
    """For whoever decides about them, without what could point to a person."""
    if not act.may(Permission.APPEAL_DECIDE):
        return ()
    found = appeals.appeals_of(act.session, claim_id, area_prefix=act.area_prefix)
    return tuple(replace(one, text=scrub(one.text)) for one in found)


def _end(act: Act, file: ClaimFile, step: Step, reason: str) -> ClaimFile:
    told = _required(reason, "reason")
    ended = replace(moved(file, step), closed_at=act.now, closed_by=act.member.name)
    saved = save_file(act.session, ended, now=act.now)
    mark_untold(act.session, file.id, now=act.now)
    stop_overtaken(act.session, {file.id}, by=act.member.name, now=act.now)
    act.note(f"claim.{step}", subject(file.id), reason=told)
    return saved


def _save(
    act: Act, file: ClaimFile, action: str, *, reason: str = "", detail: Mapping[str, object] | None = None
) -> ClaimFile:
    saved = save_file(act.session, file, now=act.now)
    act.note(action, subject(file.id), reason=reason, detail=detail)
    return saved


def _required(said: str, field: str) -> str:
    if not said.strip():
        raise Unacceptable({field: "must be said"})
    return said.strip()
