"""`dingxin headcounts`: open a drive, and see how far it has come."""

from datetime import datetime, timedelta
from pathlib import Path

import click

from bot.access import Permission
from bot.commands.entry import config_option, open_entry
from bot.commands.signing import Signature, signed, signed_option
from bot.errors import Conflict, NotFound
from bot.households.progress import CommunityProgress, summarise
from bot.households.register import current
from bot.store import headcounts, households
from bot.store.headcounts import HeadcountDrive

DAY = click.DateTime(["%Y-%m-%d"])
HEADING = "community\tanswered\tknown\tpeople\tpresent\taway\tchildren\telderly\tconflicts"


@click.command(
    "open",
    epilog=(
        "Example: dingxin headcounts open summer --title 住户人数登记 --purpose 安排物资 --basis 〔2022〕8号通知"
        " --area 621100000000 --owner 市民政局 --from 2022-07-14 --to 2022-07-28 --delete-on 2022-08-27 --by NAME"
    ),
)
@click.argument("drive_id")
@click.option("--title", required=True)
@click.option("--purpose", required=True, help="What the numbers are for, as residents read it.")
@click.option("--basis", required=True, help="The document it rests on.")
@click.option("--area", "area_code", required=True, help="Division code of the area asked.")
@click.option("--owner", required=True, help="The office that answers for it.")
@click.option("--from", "starts_on", type=DAY, required=True)
@click.option("--to", "ends_on", type=DAY, required=True)
@click.option(
    "--delete-on",
    type=DAY,
    help="The day the answers are deleted; default: [privacy] headcount_days after the end.",
)
@click.option("--notice-version", default="1", show_default=True)
@signed_option
@config_option
def open_drive(
    drive_id: str,
    title: str,
    purpose: str,
    basis: str,
    area_code: str,
    owner: str,
    starts_on: datetime,
    ends_on: datetime,
    delete_on: datetime | None,
    notice_version: str,
    name: str,
    password: str,
    code: str | None,
    config: Path | None,
) -> None:
    """Begin asking households; purpose, basis, end and deletion day come first."""
    if not starts_on <= ends_on <= (delete_on or ends_on):
        raise click.UsageError("the days must follow each other: --from, --to, --delete-on")
    signature = Signature(name, password, code)
    with open_entry(config) as entry, signed(entry, signature, needs=Permission.BROADCAST_WRITE) as act:
        if act.areas.get(area_code) is None:
            raise NotFound(f"there is no area {area_code}; see areas import")
        act.require_area(area_code)
        kept = timedelta(days=entry.settings.privacy.headcount_days)
        drive = HeadcountDrive(
            id=drive_id,
            title=title,
            purpose=purpose,
            basis=basis,
            area_code=area_code,
            owner=owner,
            starts_on=starts_on.date(),
            ends_on=ends_on.date(),
            delete_on=(delete_on or ends_on + kept).date(),
            notice_version=notice_version,
        )
        headcounts.add_drive(act.session, drive)
        act.note("headcounts.open", f"drive {drive_id}")
    click.echo(f"{drive_id}: open from {drive.starts_on} to {drive.ends_on}, deleted on {drive.delete_on}")


@click.command("summary", epilog="Example: dingxin headcounts summary --area 621121000000")
@click.option("--drive", "drive_id", help="Id of the drive; default: the newest.")
@click.option("--area", "area_code", help="Only communities of this area.")
@click.option("--hide-small", is_flag=True, help="Hide people where fewer than 5 households have answered.")
@config_option
def summary(drive_id: str | None, area_code: str | None, hide_small: bool, config: Path | None) -> None:  # noqa: FBT001 - click passes flags so
    """Totals per community, tab-separated: numbers only, nobody by name."""
    with open_entry(config) as entry, entry.database.reading() as session:
        drives = headcounts.drives(session)
        if not drives:
            raise Conflict("no headcount drive has been opened yet; see headcounts open")
        drive = next((one for one in drives if drive_id in (None, one.id)), None)
        if drive is None:
            raise Conflict(f"there is no headcount drive {drive_id}; see headcounts open")
        tree = entry.tree()
        if area_code is not None and tree.get(area_code) is None:
            raise NotFound(f"there is no area {area_code}; see areas import")
        codes = {area.code for area in tree.communities_under(area_code or drive.area_code)}
        known = households.count_households(session, sorted(codes))
        rows = summarise(current(headcounts.confirmed(session, drive.id)), known, hide_small_cells=hide_small)
    click.echo(HEADING)
    for row in rows:
        if row.community_code in codes:
            click.echo(_line(row, tree.full_name(row.community_code)))


def _line(row: CommunityProgress, community: str) -> str:
    figures = (row.people, row.present, row.away, row.children, row.elderly)
    shown = ("<5" if figure is None else str(figure) for figure in figures)
    return "\t".join(
        (community, str(row.households_answered), str(row.households_known), *shown, str(row.conflicts))
    )
