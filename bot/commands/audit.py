"""`dingxin audit verify`: whether the trail of who did what is whole."""

from pathlib import Path

import click

from bot.commands.entry import config_option, open_entry
from bot.errors import Conflict
from bot.store import audit


@click.command("verify", epilog="Example: dingxin audit verify")
@config_option
def verify(config: Path | None) -> None:
    """Recompute every event's hash from the one before; say which is the first that does not fit.

    The last hash is printed: written down elsewhere, it shows later whether the end was cut off.
    """
    with open_entry(config) as entry, entry.database.reading() as session:
        broken = audit.verify(session)
        if broken is not None:
            raise Conflict(
                f"audit event {broken} does not fit the chain: it, or the one before it, was changed"
            )
        click.echo(f"whole; last hash {audit.last_hash(session)}")
