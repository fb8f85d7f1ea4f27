"""`dingxin areas import`."""

from pathlib import Path

import click

from bot.commands.entry import config_option, open_entry
from bot.imports.areas import read_areas
from bot.store.areas import load_tree, replace_or_add


@click.command("import", epilog="Example: dingxin areas import dingxi_areas.csv")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@config_option
def import_areas(file: Path, config: Path | None) -> None:
    """Import the area tree from a CSV file: code,name,kind,parent_code[,risk].

    Kinds: prefecture, county, township, neighbourhood, village. Risk: high, medium, low, or empty: as in the area
    above. All rows are imported or none; importing the same file again changes nothing.
    """
    with open_entry(config) as entry, entry.database.transaction() as session:
        changes = replace_or_add(session, read_areas(file, stored=load_tree(session)))
        entry.note(session, changes, action="areas.imported", subject=file.name)
    click.echo(f"areas: {changes}")
