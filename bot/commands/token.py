"""`dingxin token`: ways in for neighbouring systems, each on behalf of a staff member."""

from pathlib import Path

import click

from bot.commands.entry import ACTOR, config_option, open_entry
from bot.errors import NotFound
from bot.office.tokens import DAYS, MOST_DAYS, SCOPES, Access, issue
from bot.store import api_tokens, audit, staff


@click.command(
    "create",
    epilog="Example: dingxin token create --staff zhang.editor --name 大数据局 --scope read --scope broadcasts:write",
)
@click.option(
    "--staff", "owner_name", required=True, help="On whose behalf it acts, never beyond their rights."
)
@click.option("--name", default="API", show_default=True, help="Which system it is for.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(SCOPES),
    default=tuple(access.value for access in Access),
    show_default=True,
    metavar="SCOPE",
    help="read, write, approve, or one of them for a resource, as broadcasts:write; may be given several times.",
)
@click.option(
    "--days", type=click.IntRange(1, MOST_DAYS), default=DAYS, show_default=True, help="How long it lasts."
)
@config_option
def create(owner_name: str, name: str, scopes: tuple[str, ...], days: int, config: Path | None) -> None:
    """Make a token and print it, this once: only its hash is kept."""
    with open_entry(config) as entry, entry.database.transaction() as session:
        owner = staff.find_staff(session, owner_name)
        if owner is None or owner.disabled_at is not None:
            raise NotFound(f"there is no staff member called {owner_name}; see staff add")
        made = issue(session, owner, name=name, scopes=scopes, days=days, by=ACTOR, now=entry.clock())
        zone = entry.settings.service.zone
    click.echo(
        f"token {made.token.id} for {owner.name}, until {made.token.expires_at.astimezone(zone):%Y-%m-%d}"
    )
    click.echo(f"token (shown this once): {made.secret}")


@click.command("list", epilog="Example: dingxin token list")
@config_option
def list_tokens(config: Path | None) -> None:
    """Every token there ever was, the newest first: number, state, owner, scopes, last use."""
    with open_entry(config) as entry, entry.database.reading() as session:
        now, zone = entry.clock(), entry.settings.service.zone
        for one in api_tokens.all_tokens(session):
            state = "revoked" if one.revoked_at else "expired" if one.expires_at <= now else "in force"
            used = f"{one.last_used_at.astimezone(zone):%Y-%m-%d %H:%M}" if one.last_used_at else "never"
            scopes = ",".join(sorted(one.scopes))
            click.echo(f"{one.id:<5} {state:<9} {one.owner.name:<20} {one.name}  {scopes}  last used: {used}")


@click.command("revoke", epilog="Example: dingxin token revoke 3")
@click.argument("number", type=click.IntRange(1, 2**31 - 1))
@config_option
def revoke(number: int, config: Path | None) -> None:
    """A token is worth nothing from now on."""
    with open_entry(config) as entry, entry.database.transaction() as session:
        now = entry.clock()
        api_tokens.revoke(session, number, now=now)
        audit.record(session, at=now, actor=ACTOR, action="token.revoked", subject=f"token {number}")
    click.echo(f"token {number} is revoked")
