"""`dingxin broadcasts`: an initiative letter or customs guidance, drafted by one person and approved by another."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import click

from bot.access import Permission
from bot.commands.entry import Entry, config_option, open_entry
from bot.commands.signing import note, require_area, sign, signed_option
from bot.debunk_standing import require_standing
from bot.drafting import contents_of
from bot.errors import NotFound
from bot.office.broadcast_scope import require_inside
from bot.planning import call_back
from bot.store import broadcasts, relay_tasks
from bot.store.engine import Session
from bot.store.staff import StaffMember
from broadcasts.bodies import Letter, LetterKind, sample_letters
from broadcasts.broadcast import Broadcast
from broadcasts.content import Channel, Content, Once, Recurring, Schedule
from broadcasts.errors import StaleRevision
from broadcasts.fingerprint import fingerprint
from broadcasts.lifecycle import approve, draft, halt, reject, submit

ID_BYTES = 6
LISTED = 50
LONGEST_DAYS = 366
CHANNELS = tuple(channel.value for channel in Channel)


@click.command(
    "draft",
    epilog=(
        "Example: dingxin broadcasts draft --letter initiative --area 621121000000 --at 2022-07-14T18:00 --by NAME"
    ),
)
@click.option("--letter", "kind", type=click.Choice([one.value for one in LetterKind]), required=True)
@click.option(
    "--area", "areas", multiple=True, required=True, help="Division code; may be given several times."
)
@click.option(
    "--channel", "channels", multiple=True, type=click.Choice(CHANNELS), default=CHANNELS, show_default=True
)
@click.option("--at", help="Once, at this time of the service's clock: 2022-07-14T18:00.")
@click.option("--cron", help="Recurring: minute hour day month weekday, on Shanghai's clock.")
@click.option(
    "--days",
    type=click.IntRange(1, LONGEST_DAYS),
    default=7,
    show_default=True,
    help="How many days it stays valid.",
)
@signed_option
@config_option
def draft_letter(
    kind: str,
    areas: tuple[str, ...],
    channels: tuple[str, ...],
    at: str | None,
    cron: str | None,
    days: int,
    name: str,
    password: str,
    config: Path | None,
) -> None:
    """Draft a broadcast from a letter; one for each wording where areas of different risk are named."""
    with open_entry(config) as entry, entry.database.transaction() as session:
        member = sign(session, name, password=password, needs=Permission.BROADCAST_WRITE)
        require_area(member, *areas)
        tree, now = entry.tree(), entry.clock()
        if empty := [code for code in areas if not tree.communities_under(code)]:
            raise NotFound(f"there is no village or neighbourhood in {', '.join(empty)}; see areas import")
        until = now + timedelta(days=days)
        contents = contents_of(
            _letter(entry, LetterKind(kind)),
            tree,
            area_codes=frozenset(areas),
            channels=tuple(Channel(channel) for channel in channels),
            schedule=_schedule(entry, at, cron, until),
            valid_until=until,
        )
        for content in contents:
            drafted = draft(secrets.token_hex(ID_BYTES), content, by=member.name, at=now)
            broadcasts.save(session, drafted, now=now)
            subject, detail = f"broadcast {drafted.id}", {"kind": content.kind}
            note(session, entry, member, action="broadcast.draft", subject=subject, detail=detail)
            click.echo(f"{drafted.id}  {content.title}  {_places(content, entry)}")


@click.command("list", epilog="Example: dingxin broadcasts list")
@config_option
def list_broadcasts(config: Path | None) -> None:
    """The newest broadcasts: id, status, title."""
    with open_entry(config) as entry, entry.database.reading() as session:
        for one in broadcasts.recent(session, limit=LISTED):
            click.echo(f"{one.id}  {one.status.value:<10} {one.content.title}")


@click.command("show", epilog="Example: dingxin broadcasts show 3f9a12c07b11")
@click.argument("broadcast_id")
@config_option
def show(broadcast_id: str, config: Path | None) -> None:
    """Everything approval binds, its fingerprint, and what became of it."""
    with open_entry(config) as entry, entry.database.reading() as session:
        one = broadcasts.find(session, broadcast_id)
        coverage = relay_tasks.coverage_of(session, one.id)
        click.echo(_described(one, entry))
        for (channel, status), count in sorted(broadcasts.tally(session, one.id).items()):
            click.echo(f"{channel:<22} {status:<10} {count}")
        if coverage.total:
            click.echo(f"relay: {coverage.forwarded} of {coverage.total} confirmed, {coverage.cannot} cannot")


@click.command("submit", epilog="Example: dingxin broadcasts submit 3f9a12c07b11 --by NAME")
@click.argument("broadcast_id")
@click.option(
    "--fingerprint",
    "seen",
    help="As `broadcasts show` printed it: exactly these bytes. Without it, the draft as it is by now.",
)
@signed_option
@config_option
def submit_broadcast(
    broadcast_id: str, seen: str | None, name: str, password: str, config: Path | None
) -> None:
    """Hand a draft to a second person; prints the fingerprint of what was handed over."""
    _step(
        config,
        broadcast_id,
        name,
        password,
        Permission.BROADCAST_WRITE,
        "broadcast.submit",
        lambda one, member, now: submit(_seen(one, seen), by=member.name, at=now),
        must_stand=True,
        handed=True,
        shows=True,
    )


@click.command(
    "approve", epilog="Example: dingxin broadcasts approve 3f9a12c07b11 --fingerprint 9c1d… --by NAME"
)
@click.argument("broadcast_id")
@click.option(
    "--fingerprint", "seen", required=True, help="As `broadcasts show` printed it: exactly these bytes."
)
@signed_option
@config_option
def approve_broadcast(broadcast_id: str, seen: str, name: str, password: str, config: Path | None) -> None:
    """Say yes to exactly what was shown; only somebody who wrote none of it can."""
    _step(
        config,
        broadcast_id,
        name,
        password,
        Permission.BROADCAST_APPROVE,
        "broadcast.approve",
        lambda one, member, now: approve(one, by=member.name, at=now, fingerprint=seen),
        must_stand=True,
        handed=True,
    )


@click.command(
    "reject", epilog='Example: dingxin broadcasts reject 3f9a12c07b11 --reason "wrong date" --by NAME'
)
@click.argument("broadcast_id")
@click.option("--reason", required=True, help="What the author should mend.")
@signed_option
@config_option
def reject_broadcast(broadcast_id: str, reason: str, name: str, password: str, config: Path | None) -> None:
    """Send a submitted broadcast back to its authors."""
    _step(
        config,
        broadcast_id,
        name,
        password,
        Permission.BROADCAST_APPROVE,
        "broadcast.reject",
        lambda one, _member, _now: reject(one, reason=reason),
        reason=reason,
    )


@click.command(
    "halt", epilog='Example: dingxin broadcasts halt 3f9a12c07b11 --reason "rule changed" --by NAME'
)
@click.argument("broadcast_id")
@click.option("--reason", required=True, help="Why it must stop.")
@signed_option
@config_option
def halt_broadcast(broadcast_id: str, reason: str, name: str, password: str, config: Path | None) -> None:
    """Stop a broadcast at once; one person is enough. What is on phones stays there."""
    _step(
        config,
        broadcast_id,
        name,
        password,
        Permission.BROADCAST_HALT,
        "broadcast.halt",
        lambda one, _member, _now: halt(one, reason=reason),
        reason=reason,
        also=_call_back,
    )


def _step(
    config: Path | None,
    broadcast_id: str,
    name: str,
    password: str,
    needs: Permission,
    action: str,
    step: Callable[[Broadcast, StaffMember, datetime], Broadcast],
    *,
    also: Callable[[Session, str, datetime], None] | None = None,
    reason: str = "",
    must_stand: bool = False,
    handed: bool = False,
    shows: bool = False,
) -> None:
    """Sign, take the step, save and note it: all or nothing. `must_stand`: the verdict it tells is still public. `handed`: the
    fingerprint of what it was taken with is kept in the trail, and with `shows` printed.
    """
    with open_entry(config) as entry, entry.database.transaction() as session:
        member = sign(session, name, password=password, needs=needs)
        before, now = broadcasts.find(session, broadcast_id), entry.clock()
        require_inside(member, before)
        if must_stand:
            require_standing(session, before, now=now, zone=entry.settings.service.zone)
        after = step(before, member, now)
        broadcasts.save(session, after, now=now, was=before)
        bytes_of = fingerprint(after.revision)
        detail: dict[str, object] = {"revision": after.revision.number}
        detail |= {"fingerprint": bytes_of} if handed else {}
        detail |= {"reason": reason} if reason else {}
        note(session, entry, member, action=action, subject=f"broadcast {broadcast_id}", detail=detail)
        click.echo(f"{broadcast_id}  {after.status.value}")
        if shows:
            click.echo(f"fingerprint: {bytes_of}")
        if also is not None:
            also(session, broadcast_id, now)


def _seen(one: Broadcast, seen: str | None) -> Broadcast:
    """It, if these are the bytes that were seen. Raises StaleRevision."""
    if seen is not None and fingerprint(one.revision) != seen:
        raise StaleRevision(f"{one.id} was edited since; see broadcasts show")
    return one


def _call_back(session: Session, broadcast_id: str, now: datetime) -> None:
    click.echo(f"{call_back(session, broadcast_id, now=now)} deliveries called back")


def _letter(entry: Entry, kind: LetterKind) -> Letter:
    return next(letter for letter in sample_letters(day=entry.today) if letter.kind is kind)


def _schedule(entry: Entry, at: str | None, cron: str | None, until: datetime) -> Schedule:
    if (at is None) == (cron is None):
        raise click.UsageError("say when: either --at or --cron")
    if cron is not None:
        return Recurring(cron, until)
    try:
        moment = datetime.fromisoformat(str(at))
    except ValueError:
        raise click.BadParameter(f"{at} is no time; write 2022-07-14T18:00", param_hint="--at") from None
    return Once(moment if moment.tzinfo else moment.replace(tzinfo=entry.settings.service.zone))


def _places(content: Content, entry: Entry) -> str:
    tree = entry.tree()
    return "、".join(tree.full_name(code) for code in sorted(content.audience.area_codes))


def _described(one: Broadcast, entry: Entry) -> str:
    content = one.content
    texts = "\n".join(f"--- {item.channel.value}\n{item.text}" for item in content.texts)
    return "\n".join(
        (
            f"{one.id}  {one.status.value}  revision {one.revision.number}",
            f"title: {content.title}",
            f"areas: {_places(content, entry)}",
            f"schedule: {content.schedule}",
            f"valid until: {content.valid_until.astimezone(entry.settings.service.zone):%Y-%m-%d %H:%M}",
            f"written by: {', '.join(sorted(one.revision.authors))}",
            texts,
            f"fingerprint: {fingerprint(one.revision)}",
        )
    )
