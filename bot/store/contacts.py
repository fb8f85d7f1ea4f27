"""How the people of an area are reached: its groups and the grid workers in service, counted by the digits its code begins with."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.store.grid_workers import SERVING
from bot.store.prefixes import begins
from bot.store.tables import GridWorkerRow, GroupRow


@dataclass(frozen=True, slots=True)
class Contacts:
    """`reached`: communities with a grid worker who gets relay tasks in chat."""

    groups: int = 0
    workers: int = 0
    bound: int = 0
    reached: int = 0

    def plus(self, more: "Contacts") -> "Contacts":
        """Both together."""
        return Contacts(
            self.groups + more.groups,
            self.workers + more.workers,
            self.bound + more.bound,
            self.reached + more.reached,
        )


def contacts_by_area(session: Session, *, within: str, digits: int) -> Mapping[str, Contacts]:
    """By the first `digits` of the code: of the areas whose codes begin with `within` (empty: of all), those that have any."""
    groups = session.execute(
        select(GroupRow.community_code, func.count())
        .where(begins(GroupRow.community_code, within))
        .group_by(GroupRow.community_code)
    )
    workers = session.execute(
        select(GridWorkerRow.community_code, func.count(), func.count(GridWorkerRow.resident_id))
        .where(begins(GridWorkerRow.community_code, within), SERVING)
        .group_by(GridWorkerRow.community_code)
    )
    # A row for each community: few enough to be added up here, whatever the level.
    counted = [(code, Contacts(groups=count)) for code, count in groups]
    counted += [
        (code, Contacts(workers=count, bound=bound, reached=int(bound > 0))) for code, count, bound in workers
    ]
    found: dict[str, Contacts] = {}
    for code, more in counted:
        found[code[:digits]] = found.get(code[:digits], Contacts()).plus(more)
    return found
