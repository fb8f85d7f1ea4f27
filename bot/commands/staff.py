"""`dingxin staff add`."""

from datetime import timedelta
from pathlib import Path

import click

from bot.access import Role
from bot.commands.entry import ACTOR, config_option, new_password, open_entry
from bot.errors import Conflict
from bot.store import audit
from bot.store.staff import LONGEST_NAME, FirstPassword, add_staff


@click.command("add", epilog="Example: dingxin staff add li.lead --role area_lead --area 621121000000")
@click.argument("name")
@click.option(
    "--role", type=click.Choice([role.value for role in Role]), required=True, help="What the account may do."
)
@click.option(
    "--area",
    "area_code",
    help="Division code of the area the account is bound to; an area_lead needs one. Default: the whole prefecture.",
)
@config_option
def add(name: str, role: str, area_code: str | None, config: Path | None) -> None:
    """Open an account for a staff member. The password is made here and shown this once."""
    if not name.strip() or len(name) > LONGEST_NAME:
        raise Conflict(f"a name has 1 to {LONGEST_NAME} characters")
    password = new_password()
    with open_entry(config) as entry, entry.database.transaction() as session:
        now = entry.clock()
        hours = timedelta(hours=entry.settings.console.first_sign_in_hours)
        first = FirstPassword(ACTOR, now + hours)
        member = add_staff(
            session,
            name.strip(),
            role=Role(role),
            password=password,
            now=now,
            area_code=area_code,
            first=first,
        )
        audit.record(
            session,
            at=now,
            actor=ACTOR,
            action="staff.added",
            subject=f"staff {member.name}",
            detail={"role": role, "area": member.area_code},
        )
    bound = f", {member.area_code}" if member.area_code else ""
    click.echo(f"staff member: {member.name} ({role}{bound})")
    click.echo(f"password (shown this once): {password}")
    click.echo(f"it opens until {first.until.astimezone(entry.settings.service.zone):%Y-%m-%d %H:%M}")
