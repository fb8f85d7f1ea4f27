"""The area tree by division code: stored in rows, used in memory.

Reading the whole tree takes a few milliseconds, so nobody asks the database about a single area.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from enum import StrEnum

from sqlalchemy import Select, insert, select, update
from sqlalchemy.orm import Session

from bot.errors import NotFound, Stale
from bot.store.changes import Changes
from bot.store.revisions import AREAS, KNOWLEDGE, raise_revision
from bot.store.tables import AreaRow


class AreaKind(StrEnum):
    """From the prefecture down."""

    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"
    NEIGHBOURHOOD = "neighbourhood"
    VILLAGE = "village"


class Risk(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


COMMUNITY_KINDS = frozenset({AreaKind.NEIGHBOURHOOD, AreaKind.VILLAGE})
# Parents are stored before what lies below them.
LEVEL = {kind: min(level, 3) for level, kind in enumerate(AreaKind)}
# How people shorten an official name.
SHORTENINGS = (
    ("村民委员会", "村"),
    ("社区居民委员会", "社区"),
    ("社区居委会", "社区"),
    ("居民委员会", "居委会"),
)
STREET = "街道"
STREET_ENDINGS = ("街道办事处", "街道办", STREET, "办事处")
# What may follow the name proper, by kind: people write any of these, or nothing.
ENDINGS = {
    AreaKind.PREFECTURE: ("市", "州", "地区", "盟"),
    AreaKind.COUNTY: ("县", "区", "市", "旗"),
    AreaKind.TOWNSHIP: (*STREET_ENDINGS, "镇", "乡"),
    AreaKind.NEIGHBOURHOOD: (
        "社区居民委员会",
        "社区居委会",
        "社区委员会",
        "居民委员会",
        "社区",
        "居委会",
        "居委",
    ),
    AreaKind.VILLAGE: ("村民委员会", "村委会", "村委", "村"),
}
SHORTEST_NAME = 2
COLUMNS = (AreaRow.code, AreaRow.name, AreaRow.kind, AreaRow.parent_code, AreaRow.risk)


@dataclass(frozen=True, slots=True)
class Area:
    """One node. `risk` None: as in the area above."""

    code: str
    name: str
    kind: AreaKind
    parent_code: str | None
    risk: Risk | None = None

    @property
    def is_community(self) -> bool:
        """Whether people live directly in it: a village or a neighbourhood."""
        return self.kind in COMMUNITY_KINDS

    @property
    def short_name(self) -> str:
        """As people say it: 李家沟村 for 李家沟村民委员会."""
        for ending, short in SHORTENINGS:
            if self.name.endswith(ending):
                return self.name.removesuffix(ending).removesuffix(short) + short
        return self.name


class AreaTree:
    """The whole tree, immutable; safe to share between threads."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self._areas = {area.code: area for area in areas}
        self._children: dict[str | None, list[Area]] = {}
        self._named: dict[str, list[Area]] = {}
        for area in self._areas.values():
            self._children.setdefault(area.parent_code, []).append(area)
            for name in _names_of(area):
                self._named.setdefault(name, []).append(area)

    def __iter__(self) -> Iterator[Area]:
        return iter(self._areas.values())

    def __len__(self) -> int:
        return len(self._areas)

    def get(self, code: str) -> Area | None:
        """The area of this code."""
        return self._areas.get(code)

    def path(self, code: str) -> tuple[str, ...]:
        """Codes from the prefecture down to `code`; empty when there is no such area."""
        upwards = []
        area = self._areas.get(code)
        while area is not None:
            upwards.append(area.code)
            area = self._areas.get(area.parent_code or "")
        return tuple(reversed(upwards))

    def children(self, code: str) -> tuple[Area, ...]:
        """The areas right below, by code."""
        return tuple(self._children.get(code, ()))

    def communities(self) -> tuple[Area, ...]:
        """All villages and neighbourhoods."""
        return tuple(area for area in self if area.is_community)

    def communities_under(self, code: str) -> tuple[Area, ...]:
        """All villages and neighbourhoods of an area, itself included when it is one."""
        area = self._areas.get(code)
        if area is None:
            return ()
        own = (area,) if area.is_community else ()
        return own + tuple(
            community for child in self.children(code) for community in self.communities_under(child.code)
        )

    def risk_of(self, code: str) -> Risk | None:
        """The risk level that holds there: its own, else that of the nearest area above."""
        for above in reversed(self.path(code)):
            if risk := self._areas[above].risk:
                return risk
        return None

    def find(self, name: str, *, within: str | None = None) -> tuple[Area, ...]:
        """Areas called `name`, with or without 村, 社区, 镇, 县 …; only those below `within` when given."""
        found = tuple(self._named.get(name.strip(), ()))
        if within is None:
            return found
        return tuple(area for area in found if within in self.path(area.code)[:-1])

    def county_asked_of(self, names: Iterable[str], *, home: Sequence[str]) -> Area | None:
        """The county that is named, if it is one alone and not that of `home` (codes from the prefecture down)."""
        named = {area.code: area for name in names for area in self.find(name)}
        counties = [area for area in named.values() if area.kind is AreaKind.COUNTY]
        return counties[0] if len(counties) == 1 and counties[0].code not in home else None

    def full_name(self, code: str) -> str:
        """As on an envelope, without the prefecture: 通渭县平襄镇李家沟村."""
        path = self.path(code)
        return "".join(self._areas[step].short_name for step in path[1:] or path)


def load_tree(session: Session) -> AreaTree:
    """All areas, in the order of their codes."""
    return _tree(session, select(*COLUMNS))


def names_of_all(session: Session) -> tuple[str, ...]:
    """The names alone, in the order of the codes: the tree of them takes several times as long to build."""
    return tuple(session.scalars(select(AreaRow.name).order_by(AreaRow.code)))


def as_stored(session: Session, codes: Collection[str]) -> AreaTree:
    """Some areas as they stand this moment, where a tree in memory may be seconds old."""
    return _tree(session, select(*COLUMNS).where(AreaRow.code.in_(codes)))


def change_risk(session: Session, code: str, risk: Risk | None, *, seen: Risk | None) -> None:
    """Give an area a risk level of its own, or none. Raises NotFound, and Stale when it was not `seen` any more."""
    row = session.get(AreaRow, code, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound(f"there is no area {code}")
    if row.risk != seen:
        raise Stale(f"somebody else changed the risk of {code}")
    row.risk = risk
    session.flush()
    raise_revision(session, AREAS)


def replace_or_add(session: Session, areas: Iterable[Area]) -> Changes:
    """Store `areas` as they are given; storing the same again changes nothing. Parents may stand anywhere in the batch.

    Another name is another place to whatever compares meanings, so the knowledge is loaded anew with it.
    """
    stored = load_tree(session)
    wanted = sorted(areas, key=lambda area: (LEVEL[area.kind], area.code))
    new = [area for area in wanted if stored.get(area.code) is None]
    changed = [area for area in wanted if stored.get(area.code) not in (None, area)]
    if new:
        session.execute(insert(AreaRow), [_columns(area) for area in new])
    if changed:
        session.execute(update(AreaRow), [_columns(area) for area in changed])
    changes = Changes(len(new), len(changed), len(wanted) - len(new) - len(changed))
    if changes.any:
        raise_revision(session, AREAS)
    if any(_is_renamed(area, stored.get(area.code)) for area in wanted):
        raise_revision(session, KNOWLEDGE)
    return changes


def _is_renamed(area: Area, stored: Area | None) -> bool:
    return stored is None or stored.name != area.name


def _tree(session: Session, rows: Select[str, str, str, str | None, str | None]) -> AreaTree:
    return AreaTree(
        Area(code, name, AreaKind(kind), parent, Risk(risk) if risk else None)
        for code, name, kind, parent, risk in session.execute(rows.order_by(AreaRow.code))
    )


def _columns(area: Area) -> dict[str, str | None]:
    return dict(zip(("code", "name", "kind", "parent_code", "risk"), astuple(area), strict=True))


def _names_of(area: Area) -> set[str]:
    """Every way to write its name: whole, bare, and bare with each ending that fits its kind."""
    endings = ENDINGS[area.kind]
    bare = next((area.name.removesuffix(end) for end in endings if area.name.endswith(end)), area.name)
    stems = {bare, bare.removesuffix("村")} if area.is_community else {bare}
    written: tuple[str, ...] = endings if area.is_community else ()
    if area.name.endswith(STREET):
        written = STREET_ENDINGS
    names = {area.name, area.short_name, *stems, *(stem + ending for stem in stems for ending in written)}
    return {name for name in names if len(name) >= SHORTEST_NAME}
