"""`dingxin backup` and `dingxin restore`."""

import os
from pathlib import Path

import click

from bot.commands.entry import ACTOR, config_option, open_entry
from bot.commands.versions import store_of
from bot.errors import Conflict
from bot.private_file import OWNER_ONLY
from bot.store import audit, schema
from bot.store.backup import back_up, restore

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("backup", epilog="Example: dingxin backup /srv/backups/dingxin-2022-07-14.zip")
@click.argument("file", type=FILE)
@config_option
def make_backup(file: Path, config: Path | None) -> None:
    """Write the whole state to one file, as it stands at one moment; the service may go on running.

    The encryption key is not in it: keep a copy of the configuration elsewhere.
    """
    if file.exists():
        raise Conflict(f"{file}: is there already; backups are not overwritten")
    part = file.with_name(f"{file.name}.part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY))
        with open_entry(config) as entry:
            versions = store_of(entry).exported()
            manifest = back_up(entry.database, part, now=entry.clock(), files=versions)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    rows = sum(member.rows for member in manifest.tables.values())
    click.echo(f"backup: {rows} rows of {len(manifest.tables)} tables written to {file}")
    click.echo("the encryption key is not in it; keep it apart")


@click.command("restore", epilog="Example: dingxin restore /srv/backups/dingxin-2022-07-14.zip")
@click.argument("file", type=FILE)
@click.option(
    "--nothing-sent-since",
    is_flag=True,
    help="The service was stopped before the backup was made: what was waiting to go out goes out.",
)
@config_option
def restore_backup(file: Path, *, nothing_sent_since: bool, config: Path | None) -> None:
    """Read a backup into an empty database of either kind, all or nothing.

    Deliveries that were waiting in the backup are not sent by themselves, for they may have gone out since; staff see
    them with an unknown outcome. Versions of the models come back where there are none.
    """
    with open_entry(config, migrated=False) as entry:
        schema.upgrade(entry.database)
        now = entry.clock()
        restored = restore(
            entry.database, file, vault=entry.vault, now=now, nothing_sent_since=nothing_sent_since
        )
        with entry.database.transaction() as session:
            audit.record(
                session,
                at=now,
                actor=ACTOR,
                action="backup.restored",
                subject=file.name,
                detail={"rows": restored.rows, "held_back": restored.held_back},
            )
        taken = store_of(entry).take_over(restored.files)
    click.echo(f"restored: {restored.rows} rows; {restored.held_back} deliveries held back")
    if restored.files and not taken:
        click.echo("the versions of the models that are here already were kept")
