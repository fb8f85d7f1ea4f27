"""Speed of the staff's pages, the API's lists and the public pages, at the size of a hard year; printed.

Run: python -m benchmarks.bench_office [--claims N --reports N --articles N --deliveries N] [--on sqlite,postgres]
Both databases are measured one after the other and stand side by side. Targets at 100,000 claims, 1,000,000 reports, 5,000
articles and 1,000,000 deliveries: every console list under 200 ms at the server, the home page under 300 ms, API lists under
100 ms.
"""

import argparse
import random
import re
import secrets
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from benchmarks.corpus import Corpus
from benchmarks.deliveries import BROADCAST
from benchmarks.office import Size, fill
from benchmarks.service import postgres, prepare
from bot.access import Role
from bot.app import create_app
from bot.console.blueprint import PAGES
from bot.inbound import Desk
from bot.runtime import build_runtime
from bot.store import staff
from bot.store.api_tokens import add_token
from bot.store.engine import Database, open_database
from bot.store.staff import StaffMember
from bot.store.tables import ClaimRow

TIMES = 15
LIST_MS, HOME_MS, API_MS, PUBLIC_MS = 200, 300, 100, 100
PASSWORD = "a long enough password"  # noqa: S105 - of a database that is thrown away
# Lists as people narrow them; the plain list of every page is measured anyway.
NARROWED = (
    "/console/claims?state=new",
    "/console/claims?due=late",
    "/console/claims?risk=critical",
    "/console/claims?sort=-reports",
    "/console/claims?text=超市",
    "/console/claims?text=没有这句话",
    "/console/articles?text=核酸",
    "/console/claims?area=621121000000",
    "/console/claims?state=public&sort=-published",
    "/console/audit?actor=示例7",
    "/console/audit?action=sign_in",
    f"/console/broadcasts/{BROADCAST}",
    f"/console/broadcasts/{BROADCAST}/deliveries",
    f"/console/broadcasts/{BROADCAST}/deliveries?status=failed",
    f"/console/broadcasts/{BROADCAST}/deliveries?sort=-updated",
)
# What somebody bound to a county asks for; everything else is asked by somebody of the whole prefecture.
OF_A_COUNTY = (
    "/console/",
    "/console/claims",
    "/console/claims?state=new",
    "/console/claims/suggestions",
    "/console/questions",
    "/console/questions/suggestions",
)
COUNTY = "621121000000"
# Lists that are not in the navigation.
FURTHER = (
    "/console/claims/suggestions",
    "/console/claims/suggestions?sort=-number",
    "/console/claims/suggestions?area=621121000000",
    "/console/claims/suggestions?channel=voice",
    "/console/claims/appeals",
    "/console/questions/suggestions",
    "/console/questions/suggestions?sort=-number",
    "/console/questions/suggestions?area=621121000000",
)
OF_REVIEWERS = frozenset({"/console/claims/appeals"})
# Pages of the claim that everybody has heard.
OF_ONE_CLAIM = ("/console/claims/{claim}", "/console/claims/{claim}/reports")
API = (
    "areas",
    "groups",
    "grid-workers",
    "articles",
    "claims",
    "claims?state=new",
    "claims?text=超市",
    "claims?text=没有这句话",
    "broadcasts",
    "relay-tasks",
    "headcount-drives",
    "audit-events",
)
PUBLIC = ("/p/", "/p/rumours", "/p/corrections", "/p/letter")


@dataclass(frozen=True, slots=True)
class Row:
    """One page on one database: milliseconds, and how many they may be."""

    path: str
    median: float
    slowest: float
    target: int


def main() -> None:
    """Fill, sign in, measure; on each database."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_office")
    parser.add_argument("--claims", type=int, default=Size().claims)
    parser.add_argument("--reports", type=int, default=Size().reports)
    parser.add_argument("--articles", type=int, default=Size().articles)
    parser.add_argument("--deliveries", type=int, default=Size().deliveries)
    parser.add_argument("--on", default="sqlite,postgres", help="which databases, with a comma between them")
    asked = parser.parse_args()
    size = Size(asked.claims, asked.reports, asked.articles, asked.deliveries)
    kinds = asked.on.split(",")
    show(kinds, [measured_on(kind, size) for kind in kinds])


def measured_on(kind: str, size: Size) -> list[Row]:
    """Every page on a filled database of this kind."""
    with TemporaryDirectory(prefix="dingxin-bench-") as folder, ExitStack() as stack:
        url = stack.enter_context(postgres(Path(folder))) if kind == "postgres" else ""
        settings = prepare(Path(folder), Corpus((), ()), url=url)
        database = open_database(settings.database_url)
        began = perf_counter()
        fill(database, size, now=datetime.now(UTC), chance=random.Random(7))
        print(f"{kind}: {size}: filled in {perf_counter() - began:.0f} s", flush=True)
        runtime = build_runtime(settings, enqueue=lambda _work: None)
        desk = Desk(runtime)
        rows = list(all_rows(create_app(runtime, desk), database))
        desk.close()
        runtime.close()
        database.close()
    return rows


def show(kinds: list[str], measured_rows: list[list[Row]]) -> None:
    """One line a page: median and slowest on each database, side by side."""
    heads = " ".join(f"{kind:>10} {'slowest':>8}" for kind in kinds)
    print(f"{'milliseconds at the server, median of ' + str(TIMES):<58} {heads}")
    for row in zip(*measured_rows, strict=True):
        figures = " ".join(f"{one.median:10.1f} {one.slowest:8.1f}" for one in row)
        over = "   over" if any(one.median > one.target for one in row) else ""
        print(f"{row[0].path:<58} {figures}   (target {row[0].target}){over}")


def all_rows(app: Flask, database: Database) -> Iterator[Row]:
    """Page by page."""
    client, member = signed_in(app, database, Role.ADMINISTRATOR)
    reviewer, _ = signed_in(app, database, Role.REVIEWER)
    lead, _ = signed_in(app, database, Role.AREA_LEAD, area_code=COUNTY)
    claim = most_heard(database)
    lists = [
        f"/console{route.path}"
        for pages in PAGES
        for route in pages
        if route.endpoint.endswith(".index") and "<" not in route.path
    ]
    for path, target in (
        ("/console/", HOME_MS),
        *((path, LIST_MS) for path in (*lists, *FURTHER, *NARROWED)),
        *((path.format(claim=claim), LIST_MS) for path in OF_ONE_CLAIM),
        *((path, PUBLIC_MS) for path in PUBLIC),
    ):
        yield measured(reviewer if path in OF_REVIEWERS else client, path, target)
    for path in OF_A_COUNTY:
        yield measured(lead, path, HOME_MS if path == "/console/" else LIST_MS, by="area lead: ")
    for resource in API:
        yield measured(client, f"/api/v1/{resource}", API_MS, bearer=a_token(database, member))


def measured(client: FlaskClient, path: str, target: int, *, bearer: str = "", by: str = "") -> Row:
    """Median and slowest of some calls after the first."""
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    client.get(path, headers=headers)
    times = []
    for _ in range(TIMES):
        began = perf_counter()
        response = client.get(path, headers=headers)
        times.append((perf_counter() - began) * 1000)
        if response.status_code != 200:
            raise RuntimeError(f"{path}: {response.status_code}")
    return Row(by + path, median(times), max(times), target)


def most_heard(database: Database) -> str:
    """The claim with the most reports."""
    with database.reading() as session:
        found = session.scalar(select(ClaimRow.id).order_by(ClaimRow.report_count.desc()).limit(1))
    return found or ""


def a_token(database: Database, member: StaffMember) -> str:
    """One for each list: the limit of calls a minute is a token's."""
    secret, now = secrets.token_urlsafe(), datetime.now(UTC)
    with database.transaction() as session:
        add_token(
            session,
            secret,
            owner=member,
            name="measuring",
            scopes=["read"],
            now=now,
            expires_at=now + timedelta(days=1),
        )
    return secret


def signed_in(
    app: Flask, database: Database, role: Role, *, area_code: str | None = None
) -> tuple[FlaskClient, StaffMember]:
    """The browser of somebody of this role, and who that is."""
    name, now = f"示例·测速{role}", datetime.now(UTC)
    with database.transaction() as session:
        member = staff.add_staff(session, name, role=role, password=PASSWORD, now=now, area_code=area_code)
        staff.keep_password(session, member.id, now=now)
    client = app.test_client()
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/console/sign-in").text)
    if found is None:
        raise RuntimeError("the door has no form")
    fields = {"name": name, "password": PASSWORD, "csrf_token": found.group(1)}
    client.post("/console/sign-in", data=fields)
    return client, member


if __name__ == "__main__":
    main()
