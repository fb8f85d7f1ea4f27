"""`dingxin groups import`."""

from pathlib import Path

import click

from bot.commands.entry import config_option, open_entry
from bot.imports.groups import read_groups
from bot.store.groups import put_groups


@click.command("import", epilog="Example: dingxin groups import groups.csv")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@config_option
def import_groups(file: Path, config: Path | None) -> None:
    """Import chat groups from a CSV file: community_code,group_name,kind[,chat_id,owner_userid,webhook_key,members].

    Kinds: wecom_customer (needs chat_id and owner_userid), wecom_internal (may have a webhook_key), wechat (a grid
    worker carries texts in by hand). All rows are imported or none; the same file again changes nothing.
    """
    with open_entry(config) as entry:
        entries = read_groups(file, tree=entry.tree())
        with entry.database.transaction() as session:
            changes = put_groups(session, entries, vault=entry.vault)
            entry.note(session, changes, action="groups.imported", subject=file.name)
    click.echo(f"groups: {changes}")
