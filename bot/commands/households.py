"""`dingxin households import`."""

from pathlib import Path

import click

from bot.commands.entry import config_option, open_entry
from bot.commands.progress import tracked
from bot.imports.households import read_households
from bot.store.households import put_households


@click.command("import", epilog="Example: dingxin households import households.csv")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@config_option
def import_households(file: Path, config: Path | None) -> None:
    """Import household codes from a CSV file: community_code,household_code,grid. Codes only, never names.

    All rows are imported or none; the same file again changes nothing. With SQLite nothing else is written meanwhile,
    some ten seconds for half a million households: import a whole prefecture when residents are asleep.
    """
    with open_entry(config) as entry:
        households = read_households(file, tree=entry.tree())
        with entry.database.transaction() as session:
            changes = put_households(session, tracked(households, "households"))
            entry.note(session, changes, action="households.imported", subject=file.name)
    click.echo(f"households: {changes}")
