"""`dingxin init`: a database to work with and somebody to administer it."""

from pathlib import Path

import click

from bot.access import Role
from bot.commands.entry import ACTOR, Entry, config_option, new_password, open_entry
from bot.commands.versions import store_of
from bot.learning.card import PACKAGED
from bot.store import audit, schema
from bot.store.staff import add_staff, has_staff


@click.command(epilog="Example: dingxin init --config /etc/dingxin/config.toml")
@click.option("--administrator", default="admin", show_default=True, help="Name of the first administrator.")
@config_option
def init(administrator: str, config: Path | None) -> None:
    """Create or upgrade the database, and make the first administrator. Run it again after every update."""
    with open_entry(config, migrated=False) as entry:
        schema.upgrade(entry.database)
        click.echo("the database is up to date")
        password = _first_administrator(entry, administrator)
        _fit_models(entry)
        entry.read_ahead()
    if password:
        click.echo(f"administrator: {administrator}")
        click.echo(f"password (shown this once): {password}")


def _fit_models(entry: Entry) -> None:
    """An update may have made the current version of the models unfit; those that come with the program always fit."""
    if store_of(entry).current != PACKAGED:
        from bot.commands.training import learn_again  # noqa: PLC0415 - loads the libraries that fit

        learn_again(entry)


def _first_administrator(entry: Entry, name: str) -> str:
    """The new administrator's password; empty when there is an administrator already."""
    password = new_password()
    now = entry.clock()
    with entry.database.transaction() as session:
        if has_staff(session, Role.ADMINISTRATOR):
            return ""
        add_staff(session, name, role=Role.ADMINISTRATOR, password=password, now=now)
        audit.record(session, at=now, actor=ACTOR, action="staff.added", subject=f"staff {name}")
    return password
