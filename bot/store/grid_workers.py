"""Grid workers, and the code on paper by which one is bound to WeChat, once.

Whoever has left stays as a row, for what they carried: untied, without a code, and in none of what is read here but by
asking for those who left. The same person named in a file again is back.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from bot.errors import Conflict, NotFound
from bot.store.changes import Changes
from bot.store.pages import Page, Wanted, read_page
from bot.store.prefixes import begins
from bot.store.tables import GridWorkerRow
from bot.store.vault import Vault

# Nothing that looks like something else on paper: no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
CODE_LENGTH = 8
PURPOSE = "bind code"
SERVING: ColumnElement[bool] = GridWorkerRow.dismissed_at.is_(None)
ORDERS = {
    "number": GridWorkerRow.id,
    "community": GridWorkerRow.community_code,
    "name": GridWorkerRow.name,
    "bound": GridWorkerRow.bound_at,
}


@dataclass(frozen=True, slots=True)
class Appointment:
    """Who looks after which grid; all four together name one grid worker."""

    community_code: str
    grid: str
    name: str
    phone_last4: str


@dataclass(frozen=True, slots=True)
class GridWorker:
    """`resident_id` once bound in chat; `dismissed_at` once they have left."""

    id: int
    community_code: str
    grid: str
    name: str
    phone_last4: str
    resident_id: int | None
    bound_at: datetime | None
    dismissed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Issued:
    """A bind code as it is handed over, the one time it is known."""

    worker: GridWorker
    code: str = field(repr=False)


def make_code(choose: Callable[[Sequence[str]], str]) -> str:
    """A new bind code (23⁸, 36 bits); `choose` is `secrets.choice`."""
    return "".join(choose(ALPHABET) for _ in range(CODE_LENGTH))


def appoint(
    session: Session,
    appointments: Iterable[Appointment],
    *,
    vault: Vault,
    choose: Callable[[Sequence[str]], str],
) -> tuple[Changes, tuple[Issued, ...]]:
    """Store those not yet stored, each with a code; who is stored already keeps the code they were given. Who had left is
    back, with a new code: those are the ones changed.
    """
    stored = {_appointment(row): row for row in session.scalars(select(GridWorkerRow))}
    wanted = list(dict.fromkeys(appointments))
    new = [
        GridWorkerRow(
            community_code=one.community_code, grid=one.grid, name=one.name, phone_last4=one.phone_last4
        )
        for one in wanted
        if one not in stored
    ]
    back = [stored[one] for one in wanted if one in stored and stored[one].dismissed_at is not None]
    for row in back:
        row.dismissed_at = None
    codes = [(row, _issue(row, vault, choose)) for row in (*new, *back)]
    session.add_all(new)
    session.flush()
    changes = Changes(added=len(new), changed=len(back), unchanged=len(wanted) - len(codes))
    return changes, tuple(Issued(_worker(row), code) for row, code in codes)


def renew_codes(
    session: Session,
    appointments: Iterable[Appointment],
    *,
    vault: Vault,
    choose: Callable[[Sequence[str]], str],
) -> tuple[Issued, ...]:
    """A new code for each of these who is not bound yet; the old one, lost on paper, stops working."""
    wanted = set(appointments)
    unbound = session.scalars(
        select(GridWorkerRow).where(GridWorkerRow.resident_id.is_(None), SERVING).order_by(GridWorkerRow.id)
    )
    issued = tuple(
        Issued(_worker(row), _issue(row, vault, choose)) for row in unbound if _appointment(row) in wanted
    )
    session.flush()
    return issued


def find_by_bind_code(session: Session, code: str, *, vault: Vault) -> GridWorker | None:
    """Who has not used this code yet; small letters and blanks do not matter. Whoever asks second waits for the first."""
    hashed = _hashed(code, vault)
    row = session.scalar(
        select(GridWorkerRow).where(GridWorkerRow.bind_code_hash == hashed).with_for_update()
    )
    return _worker(row) if row else None


def bind(session: Session, worker_id: int, resident_id: int, *, now: datetime) -> GridWorker:
    """Tie a grid worker to who writes; the code is used up. Raises NotFound, and Conflict when either is tied already."""
    row = session.get(GridWorkerRow, worker_id)
    if row is None:
        raise NotFound(f"there is no grid worker {worker_id}")
    if row.dismissed_at is not None:
        raise Conflict(f"{worker_id} is no grid worker any more")
    if row.resident_id not in (None, resident_id):
        raise Conflict(f"grid worker {worker_id} is bound to somebody else")
    current = of_resident(session, resident_id)
    if current is not None and current.id != worker_id:
        raise Conflict(f"resident {resident_id} is bound as grid worker {current.id}")
    row.resident_id, row.bound_at, row.bind_code_hash = resident_id, now, None
    session.flush()
    return _worker(row)


def release(session: Session, resident_id: int) -> None:
    """Untie whoever this resident was bound as; a new code can be given out for them."""
    session.execute(
        update(GridWorkerRow)
        .where(GridWorkerRow.resident_id == resident_id)
        .values(resident_id=None, bound_at=None)
    )


def find(session: Session, worker_id: int) -> GridWorker:
    """One grid worker, also one who has left. Raises NotFound."""
    row = session.get(GridWorkerRow, worker_id)
    if row is None:
        raise NotFound(f"there is no grid worker {worker_id}")
    return _worker(row)


def dismiss(session: Session, worker_id: int, *, now: datetime) -> GridWorker:
    """They have left: untied, and a code they have not used is worth nothing. Who they were until now.

    Whoever sends the code meanwhile waits, and finds it worth nothing. Raises NotFound, and Conflict for who has left already.
    """
    row = session.get(GridWorkerRow, worker_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound(f"there is no grid worker {worker_id}")
    if row.dismissed_at is not None:
        raise Conflict(f"{worker_id} is no grid worker any more")
    was = _worker(row)
    row.resident_id = row.bound_at = row.bind_code_hash = None
    row.dismissed_at = now
    session.flush()
    return was


def in_service(session: Session, community_code: str, grid: str, name: str) -> tuple[GridWorker, ...]:
    """Whoever is called so in that grid, as the file names them: one, or several with telephones of their own."""
    rows = session.scalars(
        select(GridWorkerRow)
        .where(
            GridWorkerRow.community_code == community_code,
            GridWorkerRow.grid == grid,
            GridWorkerRow.name == name,
            SERVING,
        )
        .order_by(GridWorkerRow.phone_last4)
    )
    return tuple(_worker(row) for row in rows)


def of_resident(session: Session, resident_id: int) -> GridWorker | None:
    """The grid worker a resident is, if any."""
    row = session.scalar(select(GridWorkerRow).where(GridWorkerRow.resident_id == resident_id))
    return _worker(row) if row else None


def workers_of(session: Session, community_codes: Sequence[str]) -> tuple[GridWorker, ...]:
    """The grid workers of these communities, without those who have left."""
    rows = session.scalars(
        select(GridWorkerRow)
        .where(GridWorkerRow.community_code.in_(community_codes), SERVING)
        .order_by(GridWorkerRow.community_code, GridWorkerRow.grid, GridWorkerRow.id)
    )
    return tuple(_worker(row) for row in rows)


def read_workers(
    session: Session,
    *,
    wanted: Wanted,
    area_prefix: str = "",
    bound: bool | None = None,
    left: bool = False,
) -> Page[GridWorker]:
    """A page of grid workers, in the area whose codes begin so; `bound`: only those who are, or are not yet, in chat;
    `left`: those who have left instead of those who have not.
    """
    rows = select(GridWorkerRow).where(
        begins(GridWorkerRow.community_code, area_prefix), ~SERVING if left else SERVING
    )
    if bound is not None:
        in_chat = GridWorkerRow.resident_id.is_not(None)
        rows = rows.where(in_chat if bound else ~in_chat)
    return read_page(
        session, rows, orders=ORDERS, key=GridWorkerRow.id, default="number", wanted=wanted, make=_worker
    )


def _issue(row: GridWorkerRow, vault: Vault, choose: Callable[[Sequence[str]], str]) -> str:
    code = make_code(choose)
    row.bind_code_hash = _hashed(code, vault)
    return code


def _hashed(code: str, vault: Vault) -> str:
    return vault.digest(f"{PURPOSE} {''.join(code.split()).upper()}")


def _appointment(row: GridWorkerRow) -> Appointment:
    return Appointment(row.community_code, row.grid, row.name, row.phone_last4)


def _worker(row: GridWorkerRow) -> GridWorker:
    return GridWorker(
        id=row.id,
        community_code=row.community_code,
        grid=row.grid,
        name=row.name,
        phone_last4=row.phone_last4,
        resident_id=row.resident_id,
        bound_at=row.bound_at,
        dismissed_at=row.dismissed_at,
    )
