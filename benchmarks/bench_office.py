"""Speed of the staff's pages, the API's lists and the public pages, at the size of a hard year; printed.

Run: python -m benchmarks.bench_office [--claims N --reports N --articles N] [--postgres]
Targets at 100,000 claims, 1,000,000 reports and 5,000 articles: every console list under 200 ms at the server, the home
page under 300 ms, API lists under 100 ms.
"""

import argparse
import random
import re
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from flask import Flask
from flask.testing import FlaskClient

from benchmarks.corpus import Corpus
from benchmarks.office import Size, fill
from benchmarks.service import postgres, prepare
from bot.access import Role
from bot.app import create_app
from bot.console.blueprint import PAGES
from bot.inbound import Desk
from bot.runtime import build_runtime
from bot.store import staff
from bot.store.engine import Database, open_database

TIMES = 15
LIST_MS, HOME_MS, API_MS, PUBLIC_MS = 200, 300, 100, 100
PASSWORD = "a long enough password"  # noqa: S105 - of a database that is thrown away
# Lists as people narrow them; the plain list of every page is measured anyway.
NARROWED = (
    "/console/claims?state=new",
    "/console/claims?overdue=1",
    "/console/claims?risk=critical",
    "/console/claims?sort=-reports",
    "/console/claims?q=超市",
    "/console/articles?q=核酸",
    "/console/audit?actor=示例7",
    "/console/audit?action=sign_in",
)
PUBLIC = ("/p/", "/p/rumours", "/p/corrections", "/p/letter")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: how long, and how long it may take."""

    path: str
    milliseconds: float
    slowest: float
    target: int

    def __str__(self) -> str:
        """As it is printed."""
        verdict = "" if self.milliseconds <= self.target else "   over"
        return (
            f"{self.path:<48} {self.milliseconds:8.1f} {self.slowest:8.1f}   (target {self.target}){verdict}"
        )


def main() -> None:
    """Fill, sign in, measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_office")
    parser.add_argument("--claims", type=int, default=Size().claims)
    parser.add_argument("--reports", type=int, default=Size().reports)
    parser.add_argument("--articles", type=int, default=Size().articles)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    size = Size(asked.claims, asked.reports, asked.articles)
    with TemporaryDirectory(prefix="dingxin-bench-") as folder, ExitStack() as stack:
        url = stack.enter_context(postgres(Path(folder))) if asked.postgres else ""
        settings = prepare(Path(folder), Corpus((), ()), url=url)
        database = open_database(settings.database_url)
        began = perf_counter()
        fill(database, size, now=datetime.now(UTC), chance=random.Random(7))
        print(f"{size}: filled in {perf_counter() - began:.0f} s")
        runtime = build_runtime(settings, enqueue=lambda _work: None)
        desk = Desk(runtime)
        report(create_app(runtime, desk), database)
        desk.close()
        runtime.close()
        database.close()


def report(app: Flask, database: Database) -> None:
    """A table: path, median, slowest."""
    client = signed_in(app, database)
    print(f"{'milliseconds at the server':<48} {'median':>8} {'slowest':>8}")
    lists = [
        f"/console{route.path}"
        for pages in PAGES
        for route in pages
        if route.endpoint.endswith(".index") and "<" not in route.path
    ]
    for path, target in (
        ("/console/", HOME_MS),
        *((path, LIST_MS) for path in (*lists, *NARROWED)),
        *((path, PUBLIC_MS) for path in PUBLIC),
    ):
        if row := measured(client, path, target):
            print(row)


def measured(client: FlaskClient, path: str, target: int) -> Row | None:
    """Median and slowest of some calls after the first; none for a page there is not."""
    if client.get(path).status_code == 404:
        return None
    times = []
    for _ in range(TIMES):
        began = perf_counter()
        response = client.get(path)
        times.append((perf_counter() - began) * 1000)
        if response.status_code != 200:
            raise RuntimeError(f"{path}: {response.status_code}")
    return Row(path, median(times), max(times), target)


def signed_in(app: Flask, database: Database) -> FlaskClient:
    """An administrator's browser."""
    now = datetime.now(UTC)
    with database.transaction() as session:
        member = staff.add_staff(session, "示例·测速", role=Role.ADMINISTRATOR, password=PASSWORD, now=now)
        staff.keep_password(session, member.id, now=now)
    client = app.test_client()
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/console/sign-in").text)
    if found is None:
        raise RuntimeError("the door has no form")
    fields = {"name": "示例·测速", "password": PASSWORD, "csrf_token": found.group(1)}
    client.post("/console/sign-in", data=fields)
    return client


if __name__ == "__main__":
    main()
