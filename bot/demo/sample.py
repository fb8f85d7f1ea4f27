"""What the demo begins with: the real area tree, the starter knowledge, a drive, staff, groups and a grid worker.

Persons and documents are made up and say so (示例); places are public facts. Everything made up is dated relative to
the day the demo starts.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path

from bot.access import Role
from bot.demo.cast import OFFICE_WEBHOOK_KEY, VILLAGE_GROUP
from bot.drafting import contents_of
from bot.imports.areas import read_areas
from bot.store import (
    areas,
    audit,
    broadcasts,
    grid_workers,
    groups,
    headcounts,
    households,
    second_factor,
    staff,
)
from bot.store.areas import AreaTree
from bot.store.articles import upsert_articles
from bot.store.claims import upsert_claims
from bot.store.engine import Session
from bot.store.grid_workers import Appointment
from bot.store.groups import GroupEntry, GroupKind
from bot.store.headcounts import HeadcountDrive
from bot.store.households import Household
from bot.store.vault import Vault
from broadcasts.bodies import Letter, LetterKind
from broadcasts.content import Channel, Content, Once, Recurring, Schedule
from broadcasts.fingerprint import fingerprint
from broadcasts.lifecycle import approve, draft, submit
from knowledge.claim_seeds import sample_claims
from knowledge.seeds import sample_articles

PREFECTURE = "621100000000"
# Where the sample people live: a village in a closed county, a neighbourhood and a village in low-risk ones.
VILLAGE = "621121100201"
NEIGHBOURHOOD = "621102001003"
HOUSEHOLDS = 12
WORKER = Appointment(VILLAGE, "一网格", "示例网格员", "0000")
AUTHOR, REVIEWER, APPROVER = "示例·起草员", "示例·审核员", "示例·签发员"
COUNTY = "621121000000"


@dataclass(frozen=True, slots=True)
class Sample:
    """What the demo must be told once: passwords, the grid worker's bind code, the secret of the approver's phone."""

    passwords: tuple[tuple[str, Role, str], ...]
    bind_code: str
    phone_secret: str


def area_file() -> Path:
    """The area tree of Dingxi as it ships."""
    return Path(str(files("bot.demo") / "data" / "dingxi_areas.csv"))


def load_sample(session: Session, *, vault: Vault, now: datetime, day: date) -> Sample:
    """Fill an empty database; everything in the caller's transaction."""
    areas.replace_or_add(session, read_areas(area_file(), stored=AreaTree(())))
    upsert_articles(session, sample_articles(day=day), now=now)
    upsert_claims(session, sample_claims(day=day), now=now)
    groups.put_groups(session, _groups(), vault=vault)
    households.put_households(session, _households())
    headcounts.add_drive(session, _drive(day))
    _, issued = grid_workers.appoint(session, [WORKER], vault=vault, choose=secrets.choice)
    phone_secret = second_factor.new_secret()
    passwords = _staff(session, now, vault=vault, phone_secret=phone_secret)
    return Sample(passwords, issued[0].code, phone_secret)


def schedule_letters(session: Session, letters: tuple[Letter, ...], *, soon: datetime, now: datetime) -> None:
    """The initiative letter soon, the wedding guidance every morning; drafted by one person, approved by another."""
    until = now + timedelta(days=7)
    everywhere = (Channel.OFFICIAL_ACCOUNT, Channel.WECOM_WEBHOOK, Channel.RELAY)
    plans: tuple[tuple[LetterKind, tuple[Channel, ...], Schedule], ...] = (
        (LetterKind.INITIATIVE, everywhere, Once(soon)),
        (LetterKind.WEDDING, (Channel.RELAY,), Recurring("0 9 * * *", until)),
    )
    tree = areas.load_tree(session)
    by_kind = {letter.kind: letter for letter in letters}
    for kind, channels, schedule in plans:
        contents = contents_of(
            by_kind[kind],
            tree,
            area_codes=frozenset({PREFECTURE}),
            channels=channels,
            schedule=schedule,
            valid_until=until,
        )
        for content in contents:
            _approve(session, content, now)


def _approve(session: Session, content: Content, now: datetime) -> None:
    """Through every step of its life, as two people would take them."""
    first = draft(secrets.token_hex(6), content, by=AUTHOR, at=now)
    submitted = submit(first, by=AUTHOR, at=now)
    approved = approve(submitted, by=APPROVER, at=now, fingerprint=fingerprint(submitted.revision))
    broadcasts.save(session, approved, now=now)
    for actor, action in ((AUTHOR, "broadcast.submitted"), (APPROVER, "broadcast.approved")):
        audit.record(session, at=now, actor=actor, action=action, subject=f"broadcast {first.id}")


def _groups() -> tuple[GroupEntry, ...]:
    return (
        GroupEntry(VILLAGE, VILLAGE_GROUP, GroupKind.WECHAT, members=186),
        GroupEntry(
            VILLAGE,
            "平襄镇工作群（示例）",
            GroupKind.WECOM_INTERNAL,
            webhook_key=OFFICE_WEBHOOK_KEY,
            members=23,
        ),
    )


def _households() -> tuple[Household, ...]:
    return tuple(Household(VILLAGE, f"{number:03}", "一网格") for number in range(1, HOUSEHOLDS + 1))


def _drive(day: date) -> HeadcountDrive:
    return HeadcountDrive(
        id="sample-1",
        title="示例：住户人数登记",
        purpose="安排物资和上门服务",
        basis="示例〔2022〕8号通知",
        area_code=PREFECTURE,
        owner="市民政局（示例）",
        starts_on=day - timedelta(days=1),
        ends_on=day + timedelta(days=14),
        delete_on=day + timedelta(days=44),
        notice_version="1",
    )


def _staff(
    session: Session, now: datetime, *, vault: Vault, phone_secret: str
) -> tuple[tuple[str, Role, str], ...]:
    """One of each role, ready for work: their passwords count as their own, the approver's phone is set up."""
    people = (
        (AUTHOR, Role.EDITOR, None),
        (REVIEWER, Role.REVIEWER, None),
        (APPROVER, Role.APPROVER, None),
        ("示例·通渭县负责人", Role.AREA_LEAD, COUNTY),
        ("示例·监督员", Role.AUDITOR, None),
        ("示例·管理员", Role.ADMINISTRATOR, None),
    )
    named: list[tuple[str, Role, str]] = []
    for name, role, area_code in people:
        password = secrets.token_urlsafe(9)
        member = staff.add_staff(session, name, role=role, password=password, now=now, area_code=area_code)
        staff.keep_password(session, member.id, now=now)
        if role is Role.APPROVER:
            # The code of a moment ago: the one shown now stays good for the first sign-in.
            code = second_factor.code_at(phone_secret, now - timedelta(seconds=second_factor.STEP_SECONDS))
            second_factor.confirm(session, member.id, phone_secret, code, vault=vault, now=now)
        named.append((name, role, password))
    return tuple(named)
