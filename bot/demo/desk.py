"""Everything at a glance, for whoever watches the demo: open reports, questions, deliveries, headcounts. Read-only."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, render_template

from bot.households.progress import CommunityProgress, summarise
from bot.households.register import current
from bot.runtime import Runtime
from bot.store import broadcasts, headcounts, households, inquiries, relay_tasks, reports
from bot.store.areas import AreaTree
from bot.store.engine import Session
from bot.store.headcounts import HeadcountDrive
from bot.store.inquiries import Alert, Question, Report
from broadcasts.broadcast import Broadcast
from broadcasts.calendar import SHANGHAI
from broadcasts.content import Recurring
from broadcasts.cron import occurrences, parse
from broadcasts.relay import Coverage

MOST = 50
MOST_NAMES = 3
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'"
REFRESH_SECONDS = 5


@dataclass(frozen=True, slots=True)
class SentOut:
    """A broadcast with what became of it."""

    broadcast: Broadcast
    tally: Mapping[tuple[str, str], int]
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on the page. No person is in it: text, area, channel and counts."""

    alerts: list[Alert]
    reports: list[Report]
    questions: list[Question]
    sent_out: list[SentOut]
    drive: HeadcountDrive | None
    progress: tuple[CommunityProgress, ...]


def make_blueprint(runtime: Runtime) -> Blueprint:
    """`/demo/desk`."""
    blueprint = Blueprint("desk", __name__, template_folder="templates")

    @blueprint.get("/demo/desk")
    def page() -> Response:
        tree = runtime.places.get().tree
        with runtime.database.reading() as session:
            desk = _gather(session, tree)
        zone = runtime.settings.service.zone

        def clock(at: datetime) -> str:
            return at.astimezone(zone).strftime("%m-%d %H:%M")

        def place(code: str | None) -> str:
            return tree.full_name(code) if code and tree.get(code) else "未登记社区"

        def places(codes: frozenset[str]) -> str:
            return _places(tree, codes)

        now = runtime.clock()

        def due(broadcast: Broadcast) -> str:
            return _due(broadcast, now, clock)

        page = render_template(
            "desk.html", desk=desk, clock=clock, place=place, places=places, due=due, now=now
        )
        response = Response(
            page, headers={"Content-Security-Policy": POLICY, "Refresh": str(REFRESH_SECONDS)}
        )
        response.headers["Cache-Control"] = "no-store"
        return response

    return blueprint


def _gather(session: Session, tree: AreaTree) -> Desk:
    drives = headcounts.drives(session)
    drive = drives[0] if drives else None
    return Desk(
        alerts=inquiries.open_alerts(session, limit=MOST),
        reports=reports.open_reports(session, limit=MOST),
        questions=inquiries.open_questions(session, limit=MOST),
        sent_out=[_sent_out(session, broadcast) for broadcast in broadcasts.recent(session, limit=MOST)],
        drive=drive,
        progress=_progress(session, drive, tree) if drive else (),
    )


def _sent_out(session: Session, broadcast: Broadcast) -> SentOut:
    return SentOut(
        broadcast,
        broadcasts.tally(session, broadcast.id),
        relay_tasks.coverage_of(session, broadcast.id),
    )


def _progress(session: Session, drive: HeadcountDrive, tree: AreaTree) -> tuple[CommunityProgress, ...]:
    codes = [community.code for community in tree.communities_under(drive.area_code)]
    known = households.count_households(session, codes)
    return summarise(current(headcounts.confirmed(session, drive.id)), known)


def _places(tree: AreaTree, codes: frozenset[str]) -> str:
    """Where a broadcast goes, in names; many are counted."""
    names = [tree.full_name(code) for code in sorted(codes) if tree.get(code)]
    shown = "、".join(names[:MOST_NAMES])
    return shown if len(names) <= MOST_NAMES else f"{shown}等{len(names)}处"


def _due(broadcast: Broadcast, now: datetime, clock: Callable[[datetime], str]) -> str:
    """When it goes out: its one moment, or of several the next."""
    schedule = broadcast.content.schedule
    if not isinstance(schedule, Recurring):
        return clock(schedule.at)
    coming = occurrences(parse(schedule.cron), after=now, until=schedule.until, zone=SHANGHAI)
    following = next(iter(coming), None)
    return f"定期，下一次 {clock(following)}" if following else "定期，已到期"
