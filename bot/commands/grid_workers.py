"""`dingxin grid-workers`: import them, and take one who has left out of service."""

import csv
import io
import secrets
from collections.abc import Iterable
from pathlib import Path

import click

from bot.access import Permission
from bot.commands.entry import ACTOR, Entry, config_option, open_entry
from bot.commands.signing import Signature, signed, signed_option
from bot.imports.grid_workers import read_grid_workers
from bot.office import grid_workers as office
from bot.private_file import write_private
from bot.store import audit
from bot.store.areas import AreaTree
from bot.store.changes import Changes
from bot.store.engine import Session
from bot.store.grid_workers import Appointment, Issued, appoint
from bot.store.grid_workers import renew_codes as renewed_codes

HEADER = ("community_code", "community", "grid", "worker_name", "bind_code")


@click.command("import", epilog="Example: dingxin grid-workers import workers.csv --out codes.csv")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the bind codes to this CSV file."
)
@click.option(
    "--renew-codes", is_flag=True, help="Give workers of the file who are not bound yet a new code."
)
@config_option
def import_grid_workers(file: Path, out: Path | None, *, renew_codes: bool, config: Path | None) -> None:
    """Import grid workers from a CSV file: community_code,grid,worker_name,phone_last4.

    Prints one bind code per new worker, to be handed over on paper; the worker sends 绑定 and the code to the official
    account. A code is shown this once and works once. All rows are imported or none; the same file again changes
    nothing. Whoever was dismissed and stands in the file is back in service, with a new code: take out of it who has left.
    """
    with open_entry(config) as entry:
        tree = entry.tree()
        appointments = read_grid_workers(file, tree=tree)
        with entry.database.transaction() as session:
            changes, issued = _store(session, appointments, entry, renew=renew_codes)
            if issued:
                detail = {"changes": str(changes), "codes": len(issued)}
                audit.record(
                    session,
                    at=entry.clock(),
                    actor=ACTOR,
                    action="grid_workers.imported",
                    subject=file.name,
                    detail=detail,
                )
            # Before the commit: codes nobody could read would be lost for good.
            _hand_over(_as_csv(issued, tree), out)
    back = f"; {changes.changed} who had left are back in service" if changes.changed else ""
    click.echo(f"grid workers: {changes}; {len(issued)} bind codes issued{back}", err=out is None)


@click.command(
    "dismiss",
    epilog="Example: dingxin grid-workers dismiss 621121100201 第一网格 示例甲 --reason 调走 --by NAME",
)
@click.argument("community_code")
@click.argument("grid")
@click.argument("worker_name")
@click.option("--phone-last4", help="Where several of one grid are called so.")
@click.option("--reason", required=True, help="Why; it stays in the audit trail.")
@signed_option
@config_option
def dismiss(
    community_code: str,
    grid: str,
    worker_name: str,
    phone_last4: str | None,
    reason: str,
    name: str,
    password: str,
    code: str | None,
    config: Path | None,
) -> None:
    """Take a grid worker who has left out of service, named as in the imported file.

    They are untied from WeChat, their bind code is worth nothing, and they get no relay task any more. What they have not
    carried yet stands as what cannot be forwarded, until somebody sees to it: nothing is sent again by itself.
    """
    if not reason.strip():
        raise click.BadParameter("say why; it stays in the audit trail", param_hint="--reason")
    signature = Signature(name, password, code)
    with open_entry(config) as entry, signed(entry, signature, needs=Permission.GRID_WORKER_DISMISS) as act:
        worker = office.find(
            act,
            community_code=community_code,
            grid=grid,
            worker_name=worker_name,
            phone_last4=phone_last4,
        )
        done = office.dismiss(act, worker.id, reason=reason)
    click.echo(f"out of service; {done.tasks} relay tasks are left without a carrier")


def _hand_over(codes: str, out: Path | None) -> None:
    if out is None:
        click.echo(codes, nl=False)
    else:
        write_private(out, codes.encode("utf-8-sig"))


def _store(
    session: Session, appointments: Iterable[Appointment], entry: Entry, *, renew: bool
) -> tuple[Changes, tuple[Issued, ...]]:
    wanted = tuple(appointments)
    renewed = renewed_codes(session, wanted, vault=entry.vault, choose=secrets.choice) if renew else ()
    changes, issued = appoint(session, wanted, vault=entry.vault, choose=secrets.choice)
    return changes, renewed + issued


def _as_csv(issued: Iterable[Issued], tree: AreaTree) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for one in issued:
        worker = one.worker
        writer.writerow(
            (worker.community_code, tree.full_name(worker.community_code), worker.grid, worker.name, one.code)
        )
    return text.getvalue()
