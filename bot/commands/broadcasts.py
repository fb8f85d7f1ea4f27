"""`dingxin broadcasts`: an initiative letter or customs guidance, drafted by one person and approved by another."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import click

from bot.access import Permission
from bot.commands.entry import Entry, config_option, open_entry
from bot.commands.signing import Signature, signed, signed_option
from bot.office import broadcasts as office
from bot.office.act import Act
from bot.office.broadcast_form import Delivered, LetterForm
from bot.store import broadcasts, deliveries, relay_tasks
from broadcasts.bodies import LetterKind
from broadcasts.broadcast import Broadcast, Status
from broadcasts.content import Channel, Content, Once, Recurring, Schedule
from broadcasts.fingerprint import fingerprint

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
    code: str | None,
    config: Path | None,
) -> None:
    """Draft a broadcast from a letter; one for each wording where areas of different risk are named."""
    with open_entry(config) as entry:
        until = entry.clock() + timedelta(days=days)
        form = LetterForm(
            letter=LetterKind(kind),
            channels=tuple(Channel(channel) for channel in channels),
            delivered=Delivered(
                area_codes=frozenset(areas), schedule=_schedule(entry, at, cron, until), valid_until=until
            ),
        )
        with signed(entry, Signature(name, password, code), needs=Permission.BROADCAST_WRITE) as act:
            drafted = office.draft(act, form)
        for one in drafted:
            click.echo(f"{one.id}  {one.content.title}  {_places(one.content, entry)}")


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
    broadcast_id: str, seen: str | None, name: str, password: str, code: str | None, config: Path | None
) -> None:
    """Hand a draft to a second person; prints the fingerprint of what was handed over."""

    def submit(act: Act) -> Broadcast:
        bytes_of = seen or fingerprint(office.read(act, broadcast_id).revision)
        return office.submit(act, broadcast_id, seen=bytes_of)

    after = _step(config, Signature(name, password, code), Permission.BROADCAST_WRITE, submit)
    click.echo(f"fingerprint: {fingerprint(after.revision)}")


@click.command(
    "approve", epilog="Example: dingxin broadcasts approve 3f9a12c07b11 --fingerprint 9c1d… --by NAME"
)
@click.argument("broadcast_id")
@click.option(
    "--fingerprint", "seen", required=True, help="As `broadcasts show` printed it: exactly these bytes."
)
@signed_option
@config_option
def approve_broadcast(
    broadcast_id: str, seen: str, name: str, password: str, code: str | None, config: Path | None
) -> None:
    """Say yes to exactly what was shown; only somebody who wrote none of it can."""
    _step(
        config,
        Signature(name, password, code),
        Permission.BROADCAST_APPROVE,
        lambda act: office.approve(act, broadcast_id, seen=seen),
    )


@click.command(
    "reject", epilog='Example: dingxin broadcasts reject 3f9a12c07b11 --reason "wrong date" --by NAME'
)
@click.argument("broadcast_id")
@click.option("--reason", required=True, help="What the author should mend.")
@signed_option
@config_option
def reject_broadcast(
    broadcast_id: str, reason: str, name: str, password: str, code: str | None, config: Path | None
) -> None:
    """Send a submitted broadcast back to its authors."""
    _step(
        config,
        Signature(name, password, code),
        Permission.BROADCAST_APPROVE,
        lambda act: office.reject(act, broadcast_id, reason=reason),
    )


@click.command(
    "halt", epilog='Example: dingxin broadcasts halt 3f9a12c07b11 --reason "rule changed" --by NAME'
)
@click.argument("broadcast_id")
@click.option("--reason", required=True, help="Why it must stop.")
@signed_option
@config_option
def halt_broadcast(
    broadcast_id: str, reason: str, name: str, password: str, code: str | None, config: Path | None
) -> None:
    """Stop a broadcast at once; one person is enough. What is on phones stays there."""
    _step(
        config,
        Signature(name, password, code),
        Permission.BROADCAST_HALT,
        lambda act: office.halt(act, broadcast_id, reason=reason),
    )
    with open_entry(config) as entry, entry.database.reading() as session:
        counts = deliveries.count_of(session, broadcast_id)
    called_back = sum(one.count for one in counts if one.reason == Status.HALTED)
    click.echo(f"{called_back} deliveries called back")


def _step(
    config: Path | None, signature: Signature, needs: Permission, step: Callable[[Act], Broadcast]
) -> Broadcast:
    """Take it as whoever signs; where the broadcast stands by that."""
    with open_entry(config) as entry, signed(entry, signature, needs=needs) as act:
        after = step(act)
    click.echo(f"{after.id}  {after.status.value}")
    return after


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
