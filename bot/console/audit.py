"""The trail of who did what, for those who look after it."""

import json
from collections.abc import Mapping
from urllib.parse import quote

from flask import url_for
from flask.typing import ResponseReturnValue

from bot.access import Permission
from bot.console import export
from bot.console.broadcast_words import KINDS
from bot.console.export import Column
from bot.console.labels import HARMS, RISKS, ROLES, moment
from bot.console.listing import Filter, asked_format, choices, listing, wanted
from bot.console.routing import Route
from bot.console.trail_words import (
    DETAILS,
    REASONS,
    of_any_kind,
    plain_subject,
    spoken,
    spoken_subject,
    things,
)
from bot.console.visit import Visit
from bot.office import audit as office
from bot.store.audit import AuditEvent, AuditQuery

# By the words a subject begins with: the list below which what it names has its page.
LISTS: Mapping[str, str] = {
    "area": "console.areas_index",
    "article": "console.articles_index",
    "broadcast": "console.broadcasts_index",
    "claim": "console.claims_index",
    "drive": "console.headcounts_index",
    "question group": "console.questions_index",
}
# What a detail holds that is one of the program's own words, by the detail's name.
VALUES: Mapping[str, Mapping[str, str]] = {
    "harm": {harm.value: word for harm, word in HARMS.items()},
    "kind": {kind.value: word for kind, word in KINDS.items()},
    "reason": REASONS,
    "risk": {risk.value: word for risk, word in RISKS.items()},
    "role": {role.value: word for role, word in ROLES.items()},
    "was": {one.value: word for one, word in (*ROLES.items(), *RISKS.items())},
}


class SubjectFilter(Filter):
    """Links name a subject as the trail has it; the field shows it as people read it, and either is found."""

    @property
    def current(self) -> str:
        return spoken_subject(super().current)


def index(visit: Visit) -> ResponseReturnValue:
    actor, action = Filter("actor", "谁"), Filter("action", "哪一类", choices(things()))
    subject = SubjectFilter("subject", "对象", hint="编号，如 20220714-3")
    said = subject.current
    query = AuditQuery(actor.current, action.current, plain_subject(said), of_any_kind(said))
    if form := asked_format():
        read = office.take_away(visit.act, query)
        return export.as_file(form, "audit", _columns(visit), export.all_rows(read, wanted().order))
    page = office.events(visit.act, query, wanted())
    return visit.render(
        "console/audit/index.html",
        {
            "page": page,
            "listing": listing(
                "console.audit_index", page, filters=(actor, action, subject), orders={"at": "时间"}
            ),
            "last_hash": office.last_hash(visit.act),
            "spoken": spoken,
            "spoken_subject": spoken_subject,
            "address_of": _address,
            "details": DETAILS,
            "values": VALUES,
        },
    )


def _address(subject: str) -> str:
    """The page of what a subject names; empty where there is none."""
    begins, _, name = subject.rpartition(" ")
    return f"{url_for(LISTS[begins])}/{quote(name, safe='')}" if begins in LISTS and name else ""


def _columns(visit: Visit) -> tuple[Column[AuditEvent], ...]:
    zone = visit.act.runtime.settings.service.zone
    return (
        Column("时间", lambda event: moment(event.at, zone)),
        Column("谁", lambda event: event.actor),
        Column("做了什么", lambda event: spoken(event.action)),
        Column("对象", lambda event: spoken_subject(event.subject)),
        Column("详情", lambda event: json.dumps(dict(event.detail), ensure_ascii=False)),
    )


ROUTES = (Route("/audit", "audit.index", index, Permission.AUDIT_READ),)
