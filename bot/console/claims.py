"""The list of claims, and the page of one with all the desk knows of it."""

import itertools
from collections.abc import Mapping
from dataclasses import replace

from flask.typing import ResponseReturnValue

from bot.access import Permission, prefix_of
from bot.claim_wording import HEARD_WHERE, HOW_MANY
from bot.console import export, labels
from bot.console.broadcast_words import STOPPED
from bot.console.claim_words import ACTIONS, CHANNELS, FITS, LOG_FIELDS, REPORT_STATES, waits_for
from bot.console.differences import Change, differences
from bot.console.export import Column
from bot.console.labels import moment
from bot.console.listing import Choice, Filter, asked_format, choices, listing, wanted
from bot.console.options import place_filter
from bot.console.routing import Route
from bot.console.visit import Visit
from bot.office import claim_account
from bot.office import claims as office
from bot.office.claims import Listed
from bot.store.claim_lists import Sought
from bot.store.claim_versions import ClaimVersion
from bot.store.pages import Wanted
from knowledge.claim import Topic, Verdict
from knowledge.review import ENDED, OPEN, PUBLIC, Step, WorkState
from knowledge.risk import Risk
from knowledge.verdict_text import Finding

GROUPS: Mapping[str, frozenset[WorkState]] = {"open": OPEN, "public": PUBLIC, "ended": ENDED}
GROUP_LABELS = {"open": "在办（全部）", "public": "已公开（全部）", "ended": "已结束（全部）"}
DUE = "due"
ORDERS = {"reported": "最近线索", "reports": "线索", DUE: "期限", "opened": "收到", "published": "发布"}
# Their forms stand on the claim's own page.
OWN_FORMS = frozenset(
    {Step.DRAFT, Step.DRAFT_CORRECTION, Step.APPROVE, Step.PUBLISH, Step.CORRECT, Step.SEND_BACK}
)


def index(visit: Visit) -> ResponseReturnValue:
    filters = _filters(visit)
    sought = _sought(visit, {one.name: one.current for one in filters})
    which = _ordered(wanted(), sought)
    if form := asked_format():
        read = office.take_away(visit.act, sought)
        return export.as_file(form, "claims", _columns(visit), export.all_rows(read, which.order))
    page = office.list_claims(visit.act, sought, which)
    return visit.render(
        "console/claims/index.html",
        {
            "page": page,
            "listing": listing("console.claims_index", page, filters=filters, orders=ORDERS),
            "sorts": office.orders_of(visit.act),
            "now": visit.act.now,
        },
    )


def _ordered(which: Wanted, sought: Sought) -> Wanted:
    """What is open is read to be worked on: what is due first comes first, unless it is sorted otherwise."""
    return replace(which, order=DUE) if sought.states and sought.states <= OPEN and not which.order else which


def show(visit: Visit, claim_id: str) -> ResponseReturnValue:
    account = claim_account.account(visit.act, claim_id)
    record = office.show(visit.act, claim_id)
    waiting = next((one for one in record.versions if one.number == record.file.version + 1), None)
    return visit.render(
        "console/claims/show.html",
        {
            "record": record,
            "account": account,
            "file": record.file,
            "waiting": waiting,
            "changes": changes(record.versions),
            "most": max((count for _, count in record.trend), default=0),
            "now": visit.act.now,
            "own_forms": OWN_FORMS,
            "waits_for": waits_for(record.file.state, waiting.pending if waiting else None),
            "filled_in": {
                label: text for name, label in LOG_FIELDS.items() if (text := getattr(record.file.log, name))
            },
            "words": {
                "actions": ACTIONS,
                "channels": CHANNELS,
                "fits": FITS,
                "report_states": REPORT_STATES,
                "where": HEARD_WHERE,
                "reach": HOW_MANY,
                "log": LOG_FIELDS,
                "stopped": STOPPED,
            },
        },
    )


def changes(versions: tuple[ClaimVersion, ...]) -> dict[int, tuple[Change, ...]]:
    """For each version but the first, what it says otherwise."""
    return {
        after.number: changes_between(before.finding, after.finding)
        for before, after in itertools.pairwise(versions)
    }


def changes_between(before: Finding, after: Finding) -> tuple[Change, ...]:
    """Field by field, those that differ."""
    return differences(_fields(before), _fields(after))


def _fields(finding: Finding) -> dict[str, str]:
    source = finding.source
    return {
        "说法": finding.text,
        "结论": labels.VERDICTS[finding.verdict],
        "事实": finding.explanation.fact,
        "说法复述": finding.explanation.claim,
        "为什么误导": finding.explanation.why,
        "再说事实": finding.explanation.fact_again,
        "其他说法": "；".join(finding.phrasings),
        "依据": "，".join(
            part
            for part in (
                source.issuer,
                source.title,
                source.document_number,
                source.url,
                str(source.issued_on or ""),
            )
            if part
        )
        if source
        else "",
        "有效期": f"{finding.validity.valid_from or ''}—{finding.validity.valid_to or ''}",
        "范围": finding.scope.area_code,
        "类别": labels.TOPICS[finding.topic],
    }


def _filters(visit: Visit) -> tuple[Filter, ...]:
    states = (*(Choice(name, label) for name, label in GROUP_LABELS.items()), *choices(labels.WORK_STATES))
    return (
        Filter("state", "办理状态", states, default="open"),
        Filter("risk", "风险", choices(labels.RISKS)),
        Filter("due", "期限", (Choice("late", "已超时"),)),
        Filter("assigned", "谁在办", (Choice("me", "我在办的"),)),
        Filter("verdict", "结论", choices(labels.VERDICTS)),
        Filter("topic", "类别", choices(labels.TOPICS)),
        place_filter(visit.act),
        Filter("text", "说法里有"),
    )


def _sought(visit: Visit, given: Mapping[str, str]) -> Sought:
    state = given["state"]
    states = GROUPS.get(state) or (frozenset({WorkState(state)}) if state else frozenset())
    area = visit.act.areas.get(given["area"]) if given["area"] else None
    return Sought(
        states=states,
        risk=Risk(given["risk"]) if given["risk"] else None,
        verdict=Verdict(given["verdict"]) if given["verdict"] else None,
        topic=Topic(given["topic"]) if given["topic"] else None,
        assigned_to=visit.act.member.name if given["assigned"] else "",
        overdue_at=visit.act.now if given["due"] else None,
        within=prefix_of(area.code) if area else "",
        text=given["text"],
    )


def _columns(visit: Visit) -> tuple[Column[Listed], ...]:
    zone = visit.act.runtime.settings.service.zone
    return (
        Column("编号", lambda one: one.file.id),
        Column("说法", lambda one: one.text or "（涉及个人，不列出）"),
        Column("办理状态", lambda one: labels.WORK_STATES[one.file.state]),
        Column("结论", lambda one: labels.VERDICTS[one.file.published.verdict] if one.file.published else ""),
        Column("风险", lambda one: labels.RISKS[one.file.risk] if one.file.risk else ""),
        Column("期限", lambda one: moment(one.file.due_at, zone)),
        Column("线索", lambda one: one.count),
        Column("最近线索", lambda one: moment(one.file.last_reported_at, zone)),
        Column("谁在办", lambda one: one.file.assigned_to or ""),
        Column("发布", lambda one: moment(one.file.published_at, zone)),
    )


ROUTES = (
    Route("/claims", "claims.index", index, Permission.CLAIM_READ),
    Route("/claims/<claim_id>", "claims.show", show, Permission.CLAIM_READ),
)
