"""Reports as people set them right: what is only suggested confirmed or refused, what was put together wrongly taken apart,
what belongs together merged; and rumours heard on the telephone or face to face entered, without who said them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial

from bot.access import Permission
from bot.errors import Conflict, NotFound, Unacceptable
from bot.messages import Work
from bot.office.act import Act
from bot.office.claim_account import alike
from bot.office.claim_scope import find, hold, hold_whole, is_seen, moved, subject
from bot.scrubbing import first_text
from bot.store import belonging, claim_versions, report_lists, reports
from bot.store.claim_files import ClaimFile, files_among, find_file, mark_untold, open_claim, save_file
from bot.store.inquiries import IntakeChannel, ReportState
from bot.store.pages import Page, Wanted
from bot.store.report_lists import EVERY, ReportLine, Sought
from bot.store.reports import Heard
from knowledge.resemblance import Resemblance
from knowledge.review import OPEN, PUBLIC, Step
from knowledge.rumour_log import HeardWhere, HowMany
from knowledge.verdict_text import finding_of, says_the_same

LONGEST_ENTRY = 2_000
MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A report beside the claim it may belong to; `claim` is None when that one is gone or out of sight. `alike`: what the two
    have in common, where lists show the claim's text.
    """

    report: ReportLine
    claim: ClaimFile | None
    alike: Resemblance | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Which of those that wait; what is not given is not narrowed by. `within`: the digits their areas begin with."""

    within: str = ""
    channel: IntakeChannel | None = None


ALL_WAITING = Waiting()


def list_suggestions(
    act: Act, wanted: Wanted, waiting: Waiting = ALL_WAITING, *, explained: bool = False
) -> Page[Suggestion]:
    """A page of reports that wait for a person to say where they belong, the oldest first; `explained`: each beside what it
    has in common with its claim.
    """
    act.require(Permission.CLAIM_READ)
    page = _suggestions(act, waiting, wanted)
    if explained:
        page = replace(page, items=tuple(_explained(act, one) for one in page.items))
    # Last, for from then on nobody else can write.
    act.note("reports.viewed", "suggestions")
    return page


def take_away_suggestions(act: Act, waiting: Waiting = ALL_WAITING) -> Callable[[Wanted], Page[Suggestion]]:
    """The same as a file, read page by page: it leaves one trace, however many there are. What may be said of a private person
    stays in the house: such a text is empty.
    """
    act.require(Permission.CLAIM_READ)
    act.note("reports.exported", "suggestions")
    return partial(_suggestions, act, waiting, withheld=True)


def list_reports(act: Act, claim_id: str, wanted: Wanted, sought: Sought = EVERY) -> Page[ReportLine]:
    """A page of what belongs to a claim, from the member's area. Having looked leaves a trace."""
    act.require(Permission.CLAIM_READ)
    find(act, claim_id)
    act.note("reports.viewed", subject(claim_id))
    return _page(act, claim_id, sought, wanted)


def take_away(act: Act, claim_id: str, sought: Sought = EVERY) -> Callable[[Wanted], Page[ReportLine]]:
    """The same as a file, read page by page: it leaves one trace, however many there are. What is said of a private person
    stays in the house: such a text is empty.
    """
    act.require(Permission.CLAIM_READ)
    file = find(act, claim_id)
    act.note("reports.exported", subject(claim_id))
    return partial(_page, act, claim_id, sought, withheld=file.restricted)


def move(act: Act, numbers: Iterable[int], *, into: str, waiting: bool = False) -> None:
    """A person says these belong to that claim: a suggestion confirmed, or a report moved. Whoever sent them hears its
    verdict if there is one. Raises NotFound, Unacceptable, Conflict: also when they are to be `waiting` and a colleague was
    faster.
    """
    act.require(Permission.CLAIM_REVIEW)
    wanted = _own(act, numbers)
    target = _held_target(act, into, left_by=wanted)
    if waiting:
        belonging.require_waiting(act.session, wanted)
    _move(act, wanted, target)


def decide(act: Act, number: int, *, into: str) -> bool:
    """The same of one report that nobody has decided and a verdict that is public and holds today; whether there is somebody
    to tell. Raises NotFound, Conflict.
    """
    act.require(Permission.CLAIM_REVIEW)
    wanted = _own(act, [number])
    target = _held_target(act, into, left_by=wanted)
    if target.published is None or target.state not in PUBLIC:
        raise Conflict(f"claim {into} is {target.state}: it has no published verdict to tell")
    if not target.published.validity.holds_on(act.today):
        raise Conflict(f"the verdict of claim {into} does not hold today")
    asked = belonging.require_undecided(act.session, number)
    _move(act, wanted, target)
    return asked


def split(act: Act, numbers: Iterable[int], *, text: str = "", waiting: bool = False) -> ClaimFile:
    """These belong together and to no claim there is: a new one. `text`: what it says, else that of the first of them.
    `waiting`: as for `move`.
    """
    act.require(Permission.CLAIM_REVIEW)
    wanted = _own(act, numbers)
    belonging.hold_claims(act.session, (), left_by=wanted)
    if waiting:
        belonging.require_waiting(act.session, wanted)
    first = report_lists.find_reports(act.session, wanted, vault=act.runtime.vault)[0]
    day = first.reported_at.astimezone(act.runtime.settings.service.zone)
    claim_id = open_claim(
        act.session,
        f"{day:%Y%m%d}-{first.number}",
        text=first_text(text.strip() or first.text),
        area_code="",
        now=act.now,
    )
    left = belonging.move(act.session, wanted, claim_id)
    _note_move(act, wanted, into=claim_id, left=left)
    return find_file(act.session, claim_id)


def merge(act: Act, claim_id: str, edition: int, *, into: str) -> ClaimFile:
    """Two claims say the same: all reports of this one belong to the other from now on. Raises Conflict, Unacceptable."""
    act.require(Permission.CLAIM_REVIEW)
    if claim_id == into:
        raise Unacceptable({"into": "a claim cannot be merged into itself"})
    # In one order, whichever way round two people merge at the same moment.
    for one in sorted((claim_id, into)):
        hold(act, one, None)
    file, target = hold_whole(act, claim_id, edition), _target(act, into)
    merged = moved(file, Step.MERGE)
    version = target.version if target.state in PUBLIC else 0
    same = _versions_that_say(act, file, target) if version else frozenset[int]()
    belonging.move_all(act.session, claim_id, into, same=same, version=version)
    mark_untold(act.session, into, now=act.now)
    act.runtime.enqueue(Work.VERDICTS)
    saved = save_file(act.session, replace(merged, merged_into=into), now=act.now)
    act.note("claim.merge", subject(claim_id), detail={"into": into})
    return saved


def enter(
    act: Act, *, text: str, area_code: str, where: HeardWhere, reach: HowMany, channel: IntakeChannel
) -> int:
    """A rumour somebody heard, as it was said; its number. Who said it is asked for nowhere. Raises Unacceptable."""
    act.require(Permission.REPORT_ENTER)
    said = text.strip()
    if not said or len(said) > LONGEST_ENTRY:
        raise Unacceptable({"text": f"between 1 and {LONGEST_ENTRY} characters"})
    if area_code and act.areas.get(area_code) is None:
        raise Unacceptable({"area_code": "there is no such area"})
    if act.member.area_code:
        act.require_area(area_code or None)
    number = reports.add_report(
        act.session,
        resident_id=None,
        text=said,
        state=ReportState.NEW,
        claim_id=None,
        area_code=area_code or None,
        channel=channel,
        likelihood=1.0,
        reasons=(),
        now=act.now,
        heard=Heard(where, reach, act.member.name),
    )
    act.note("report.enter", f"report {number}")
    act.runtime.enqueue(Work.REPORTS)
    return number


def _suggestions(act: Act, waiting: Waiting, wanted: Wanted, *, withheld: bool = False) -> Page[Suggestion]:
    own = act.area_prefix
    page = report_lists.suggestions(
        act.session,
        within=waiting.within if waiting.within.startswith(own) else own,
        vault=act.runtime.vault,
        wanted=wanted,
        channel=waiting.channel,
    )
    suggested = files_among(act.session, tuple(one.suggested_claim_id or "" for one in page.items))
    files = {claim_id: file for claim_id, file in suggested.items() if is_seen(act, file)}
    private = {claim_id for claim_id, file in suggested.items() if withheld and file.restricted}
    return Page(
        tuple(
            Suggestion(
                replace(one, text="") if one.suggested_claim_id in private else one,
                files.get(one.suggested_claim_id or ""),
            )
            for one in page.items
        ),
        page.following,
    )


def _explained(act: Act, one: Suggestion) -> Suggestion:
    if one.claim is None or one.claim.restricted:
        return one
    return replace(one, alike=alike(act, one.report, one.claim))


def _page(
    act: Act, claim_id: str, sought: Sought, wanted: Wanted, *, withheld: bool = False
) -> Page[ReportLine]:
    page = report_lists.reports_of(
        act.session,
        claim_id,
        within=act.area_prefix,
        vault=act.runtime.vault,
        wanted=wanted,
        sought=sought,
    )
    return Page(tuple(replace(one, text="") for one in page.items), page.following) if withheld else page


def _own(act: Act, numbers: Iterable[int]) -> frozenset[int]:
    """Raises NotFound for a report that is none, or from elsewhere."""
    wanted = frozenset(numbers)
    if not 0 < len(wanted) <= MOST_AT_ONCE:
        raise Unacceptable({"numbers": f"between 1 and {MOST_AT_ONCE} reports"})
    found = report_lists.find_reports(act.session, wanted, vault=act.runtime.vault)
    if len(found) != len(wanted) or not all(act.covers(one.area_code) for one in found):
        raise NotFound("there is no report of one of these numbers")
    return wanted


def _held_target(act: Act, claim_id: str, *, left_by: frozenset[int]) -> ClaimFile:
    """Held together with the claims that reports leave for it."""
    belonging.hold_claims(act.session, [claim_id], left_by=left_by)
    return _target(act, claim_id)


def _target(act: Act, claim_id: str) -> ClaimFile:
    target = hold(act, claim_id, None)
    if target.state not in OPEN | PUBLIC:
        raise Conflict(f"claim {claim_id} is {target.state}; nothing can be added to it")
    return target


def _versions_that_say(act: Act, file: ClaimFile, target: ClaimFile) -> frozenset[int]:
    """Which of the versions that were public of a claim say the same as what is public of another."""
    told = {one.number: one.finding for one in claim_versions.versions_of(act.session, file.id)}
    if file.published is not None:
        # What an import brought has no version of its own.
        told.setdefault(file.version, finding_of(file.published))
    public = finding_of(target.published) if target.published else None
    return frozenset(number for number, finding in told.items() if public and says_the_same(finding, public))


def _move(act: Act, numbers: frozenset[int], target: ClaimFile) -> None:
    left = belonging.move(act.session, numbers, target.id)
    if target.state in PUBLIC:
        mark_untold(act.session, target.id, now=act.now)
        act.runtime.enqueue(Work.VERDICTS)
    _note_move(act, numbers, into=target.id, left=left)


def _note_move(act: Act, numbers: frozenset[int], *, into: str, left: frozenset[str]) -> None:
    act.note("report.move", subject(into), detail={"reports": sorted(numbers), "from": sorted(left)})
