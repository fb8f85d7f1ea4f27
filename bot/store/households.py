"""Household codes and their grids; which family a code is stands on paper in the village, not here."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from bot.store.changes import Changes, in_pieces
from bot.store.tables import HouseholdRow

# Hundreds of thousands of rows come at once: plain tuples, not objects the session would keep.
TABLE = HouseholdRow.metadata.tables[HouseholdRow.__tablename__]


@dataclass(frozen=True, slots=True)
class Household:
    community_code: str
    household_code: str
    grid: str

    @property
    def key(self) -> tuple[str, str]:
        """A code is unique within its community."""
        return self.community_code, self.household_code


def put_households(session: Session, households: Iterable[Household]) -> Changes:
    """Store `households` as they are given; storing the same again changes nothing."""
    changes = Changes()
    for piece in in_pieces(households):
        changes += _put(session, piece)
    return changes


def find_household(session: Session, community_code: str, household_code: str) -> Household | None:
    """The household of this code in this community."""
    row = session.get(HouseholdRow, (community_code, household_code))
    return _household(row) if row else None


def count_households(session: Session, community_codes: Sequence[str]) -> dict[str, int]:
    """How many households each of these communities has; communities without any are left out."""
    counted = session.execute(
        select(HouseholdRow.community_code, func.count())
        .where(HouseholdRow.community_code.in_(community_codes))
        .group_by(HouseholdRow.community_code)
    )
    return {code: count for code, count in counted}  # noqa: C416 - rows are no pairs to the type checker


def _put(session: Session, households: list[Household]) -> Changes:
    # Codes repeat between communities: this reads a little too much, in one statement either database can index.
    rows = session.execute(
        select(TABLE).where(
            TABLE.c.community_code.in_({one.community_code for one in households}),
            TABLE.c.household_code.in_({one.household_code for one in households}),
        )
    )
    stored = {(code, household): Household(code, household, grid) for code, household, grid in rows}
    new = [one for one in households if one.key not in stored]
    changed = [one for one in households if stored.get(one.key, one) != one]
    if new:
        session.execute(insert(TABLE), [asdict(one) for one in new])
    if changed:
        session.execute(update(HouseholdRow), [asdict(one) for one in changed])
        session.expire_all()
    return Changes(len(new), len(changed), len(households) - len(new) - len(changed))


def _household(row: HouseholdRow) -> Household:
    return Household(row.community_code, row.household_code, row.grid)
