"""Why the program took reports for what it did: which published claims a new one resembles, and what those that were put together
have in common. For people to judge by; nothing is decided here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.access import Permission
from bot.office.act import Act
from bot.office.claim_names import ClaimName, names_of
from bot.office.claim_scope import find
from bot.office.claims import SHOWN_REPORTS
from bot.store import report_lists
from bot.store.claim_files import ClaimFile
from bot.store.pages import Wanted
from bot.store.report_lists import ReportLine
from knowledge.claim_match import ClaimMatch
from knowledge.grouping import Fit
from knowledge.resemblance import Resemblance, resemblance
from knowledge.review import OPEN
from knowledge.rumours import check_rumour

MOST_NEIGHBOURS = 3


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A published claim that resembles the one that is looked into."""

    match: ClaimMatch
    name: ClaimName


@dataclass(frozen=True, slots=True)
class Account:
    """`neighbours`: of a claim that is still open, most alike first; `in_common`: what each of its latest reports that were put
    to it by themselves has in common with it, by number.
    """

    neighbours: tuple[Neighbour, ...]
    in_common: Mapping[int, Resemblance]


def account(act: Act, claim_id: str) -> Account:
    """To be asked for before anything is written: it thinks, and nobody else should wait for that. Raises NotFound."""
    act.require(Permission.CLAIM_READ)
    file = find(act, claim_id)
    reports = report_lists.reports_of(
        act.session,
        claim_id,
        within=act.area_prefix,
        vault=act.runtime.vault,
        wanted=Wanted(limit=SHOWN_REPORTS),
    )
    common = {
        one.number: like for one in reports.items if one.fit == Fit.SURE and (like := alike(act, one, file))
    }
    return Account(_neighbours(act, file) if file.state in OPEN else (), common)


def alike(act: Act, report: ReportLine, file: ClaimFile) -> Resemblance | None:
    """What a report has in common with a claim."""
    return resemblance(report.text, [file.text], profiler=act.runtime.library.get().profiler)


def _neighbours(act: Act, file: ClaimFile) -> tuple[Neighbour, ...]:
    library, thresholds = act.runtime.library.get(), act.runtime.thresholds
    found = check_rumour(file.text, library=library, area_path=(), day=act.today, thresholds=thresholds)
    near = [one for one in found.matches if one.score >= thresholds.suggested and one.claim.id != file.id]
    nearest = near[:MOST_NEIGHBOURS]
    names = names_of(act, (one.claim for one in nearest))
    named = (Neighbour(one, names[one.claim.id]) for one in nearest)
    return tuple(one for one in named if not one.name.withheld)
