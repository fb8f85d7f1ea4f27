"""A published verdict as the draft of a broadcast: one click, and still two people before anything goes out."""

from datetime import datetime, timedelta

from bot.access import Permission
from bot.debunk_standing import BECAME, last_moment, overtaken_by
from bot.errors import Conflict, TooLate
from bot.handlers.verdicts import forwardable, verdict
from bot.office import broadcasts
from bot.office.act import Act
from bot.office.broadcast_form import BroadcastForm, Delivered
from bot.office.claim_scope import hold, subject
from bot.store import claim_actions, debunks, sightings
from bot.store.claim_actions import ActionKind
from bot.store.claim_files import ClaimFile
from bot.store.debunks import StoppedBy
from broadcasts.broadcast import Broadcast
from broadcasts.calendar import Quiet, next_allowed
from broadcasts.content import BroadcastKind, Channel, Once
from knowledge.claim import Claim

# Time to read it through and have it approved; whoever edits the draft may set another.
SOON = timedelta(hours=1)
HOLDS = timedelta(days=2)
TITLE = "核实结果：{text}"
LONGEST_SHOWN = 60


def draft_debunk(act: Act, claim_id: str) -> Broadcast:
    """For where the claim was reported, or for where it holds. Raises Conflict for what is not public, is over or as good as
    over, or about a person.
    """
    act.require(Permission.BROADCAST_WRITE)
    # Nobody corrects it until the draft stands there to be stopped.
    file = hold(act, claim_id, None)
    told = _to_be_told(act, file)
    (drafted,) = broadcasts.draft(act, _form(act, file, told))
    debunks.tie(act.session, drafted.id, claim_id=claim_id, version=file.version)
    claim_actions.add_action(
        act.session, claim_id, ActionKind.BROADCAST, by=act.member.name, now=act.now, detail=drafted.id
    )
    act.note("claim.debunk", subject(claim_id), detail={"broadcast": drafted.id})
    return drafted


def _to_be_told(act: Act, file: ClaimFile) -> Claim:
    """What is public of the claim. Raises Conflict where nobody is to be told."""
    why = overtaken_by(file, file.version, days=(act.today,))
    if why or file.published is None:
        raise Conflict(f"claim {file.id} {BECAME[why or StoppedBy.WITHDRAWN]}; nothing is told of it")
    return file.published


def _form(act: Act, file: ClaimFile, told: Claim) -> BroadcastForm:
    service, tree = act.runtime.settings.service, act.areas
    passed_on = forwardable(told, service=service, today=act.today, tree=tree)
    to_followers = verdict(told, service=service, today=act.today, tree=tree, has_page=True)
    return BroadcastForm(
        kind=BroadcastKind.DEBUNK,
        title=TITLE.format(text=told.text[:LONGEST_SHOWN]),
        texts={
            Channel.OFFICIAL_ACCOUNT: to_followers,
            Channel.WECOM_WEBHOOK: passed_on,
            Channel.RELAY: passed_on,
        },
        delivered=Delivered(
            area_codes=_where(act, file), schedule=Once(act.now + SOON), valid_until=_until(act, told)
        ),
    )


def _until(act: Act, told: Claim) -> datetime:
    """Two days at most, and no longer than the verdict holds. Raises Conflict when that ends before a draft of now could go
    out, the hours in which nobody is disturbed left out.
    """
    last, hours = (
        last_moment(told.validity, act.runtime.settings.service.zone),
        act.runtime.settings.broadcasts,
    )
    quiet = Quiet(hours.quiet_hours.starts_at, hours.quiet_hours.ends_at)
    until = min(act.now + HOLDS, last) if last else act.now + HOLDS
    if next_allowed(act.now + SOON, quiet) >= until:
        raise TooLate(f"what is public of claim {told.id} ends before a draft of now could go out")
    return until


def _where(act: Act, file: ClaimFile) -> frozenset[str]:
    """The member's own area where there is one; else the counties it was reported from, or the place it holds for."""
    if act.member.area_code:
        return frozenset({act.member.area_code})
    if file.area_code:
        return frozenset({file.area_code})
    seen = {
        one.area_code for one in sightings.sightings_of(act.session, file.id) if act.areas.get(one.area_code)
    }
    counties = frozenset(act.areas.path(code)[1] for code in seen if len(act.areas.path(code)) > 1)
    return counties or frozenset(area.code for area in act.areas if area.parent_code is None)
