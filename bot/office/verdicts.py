"""What was found out about a claim, on its way to the public: written, handed over, approved by a second person, published.

A claim that is public keeps saying what it said while a correction goes the same way. What becomes public is hashed once more:
a row changed behind our back is refused.
"""

from bot.access import Permission
from bot.debunk_watch import stop_overtaken
from bot.errors import Conflict, Stale, Unacceptable
from bot.messages import Work
from bot.office.act import Act
from bot.office.approvals import ruled
from bot.office.claim_scope import hold, moved, subject
from bot.store import claim_actions, claim_files, claim_versions, evidence
from bot.store.claim_actions import ActionKind
from bot.store.claim_files import ClaimFile
from bot.store.claim_versions import ClaimVersion
from knowledge import approval
from knowledge.approval import Pending
from knowledge.article_text import day_faults_of, source_faults_of
from knowledge.review import PUBLIC, Step
from knowledge.verdict_text import Finding, faults_of, finding_of, fingerprint


def draft(act: Act, claim_id: str, edition: int, finding: Finding, *, note: str = "") -> ClaimFile:
    """Write it down, or write it anew: whatever was handed over or approved before is void.

    Of a public claim this is a correction, which says why (`note`). Raises Unacceptable, Conflict, Stale.
    """
    act.require(Permission.CLAIM_REVIEW)
    if act.member.area_code:
        act.require_area(finding.scope.area_code or None)
    file = hold(act, claim_id, edition)
    _require_whole(act, file, finding, note)
    correcting = file.state in PUBLIC
    file = moved(file, Step.DRAFT_CORRECTION if correcting else Step.DRAFT)
    if file.published is not None:
        outgoing = finding_of(file.published)
        claim_versions.keep_published(
            act.session, claim_id, file.version, outgoing, at=file.published_at, now=act.now
        )
    before = claim_versions.find_version(act.session, claim_id, file.version + 1)
    pending = approval.edited(before.pending if before else None, fingerprint(finding), by=act.member.name)
    claim_versions.write_version(
        act.session, claim_id, file.version + 1, finding, pending, note=note.strip(), now=act.now
    )
    return _save(act, file, "claim.draft_correction" if correcting else "claim.draft", pending)


def submit(act: Act, claim_id: str, edition: int, *, seen: str) -> ClaimFile:
    """Hand the bytes with this fingerprint to a second person."""
    act.require(Permission.CLAIM_REVIEW)
    file = hold(act, claim_id, edition)
    written = _written(act, file, Step.APPROVE)
    pending = ruled(lambda: approval.submitted(written.pending, seen, by=act.member.name))
    return _save(act, file, "claim.submit", pending)


def approve(act: Act, claim_id: str, edition: int, *, seen: str) -> ClaimFile:
    """A second person's yes to the bytes with this fingerprint."""
    act.require(Permission.CLAIM_APPROVE)
    file = hold(act, claim_id, edition)
    written = _written(act, file, Step.APPROVE)
    _require_untouched(written)
    pending = ruled(lambda: approval.approved(written.pending, seen, by=act.member.name, at=act.now))
    approved = file if file.state in PUBLIC else moved(file, Step.APPROVE)
    return _save(act, approved, "claim.approve", pending)


def send_back(act: Act, claim_id: str, edition: int, *, reason: str) -> ClaimFile:
    """Back to its authors, with a reason they can act on."""
    act.require(Permission.CLAIM_REVIEW)
    if not reason.strip():
        raise Unacceptable({"reason": "must be said"})
    file = hold(act, claim_id, edition)
    written = _written(act, file, Step.SEND_BACK)
    back = file if file.state in PUBLIC else moved(file, Step.SEND_BACK)
    return _save(act, back, "claim.send_back", approval.sent_back(written.pending), reason=reason.strip())


def publish(act: Act, claim_id: str, edition: int, *, seen: str) -> ClaimFile:
    """Tell the public just what was approved; everybody who asked hears of it within seconds."""
    act.require(Permission.CLAIM_REVIEW)
    file = hold(act, claim_id, edition)
    correcting = file.state in PUBLIC
    step = Step.CORRECT if correcting else Step.PUBLISH
    written = _written(act, file, step)
    _require_untouched(written)
    if "valid_to" in day_faults_of(None, written.finding.validity, day=act.today):
        raise Conflict("what was found out held until a day that has passed; write it anew")
    ruled(lambda: approval.require_approved(written.pending, seen))
    claim = written.finding.as_claim(claim_id, published_on=act.today)
    told = claim_files.publish(act.session, moved(file, step), claim, now=act.now)
    claim_versions.mark_published(act.session, claim_id, told.version, now=act.now)
    claim_actions.add_action(
        act.session,
        claim_id,
        ActionKind.CORRECTED if correcting else ActionKind.PUBLISHED,
        by=act.member.name,
        now=act.now,
        detail=str(told.version),
    )
    detail = {"version": told.version, "fingerprint": written.pending.fingerprint}
    stop_overtaken(act.session, {claim_id}, by=act.member.name, now=act.now)
    act.note("claim.correct" if correcting else "claim.publish", subject(claim_id), detail=detail)
    # May be taken up before this transaction commits; the scheduler's nudge gives the hint again.
    act.runtime.enqueue(Work.VERDICTS)
    return told


def waiting_version(act: Act, file: ClaimFile) -> ClaimVersion | None:
    """What is being written for the claim; None when nothing is."""
    return claim_versions.find_version(act.session, file.id, file.version + 1)


def public_finding(act: Act, file: ClaimFile) -> Finding | None:
    """What is public of the claim as it was written, part by part; None when nothing is. What an import made public is read
    from its text.
    """
    if file.published is None:
        return None
    version = claim_versions.find_version(act.session, file.id, file.version)
    return version.finding if version else finding_of(file.published)


def lacking(act: Act, version: ClaimVersion) -> tuple[str, ...]:
    """The fields an article's source could not do without and this one does. A copy among the evidence is as good as an
    address. Whoever signs is warned; it is refused to nobody, for other systems and imports have handed over such all along.
    """
    copies = (one.snapshot for one in evidence.evidence_of(act.session, version.claim_id))
    return tuple(source_faults_of(version.finding.source, kept=any(copies)))


def _written(act: Act, file: ClaimFile, step: Step) -> ClaimVersion:
    """What is being written, where this step may be taken with it. Raises Conflict."""
    if file.state not in PUBLIC:
        moved(file, step)
    written = waiting_version(act, file)
    if written is None:
        raise Conflict(f"nothing is being written for claim {file.id}")
    return written


def _require_whole(act: Act, file: ClaimFile, finding: Finding, note: str) -> None:
    faults = day_faults_of(finding.source, finding.validity, day=act.today) | faults_of(finding)
    if file.state in PUBLIC and not note.strip():
        faults["note"] = "a correction says why"
    if faults:
        raise Unacceptable(faults)


def _require_untouched(written: ClaimVersion) -> None:
    if fingerprint(written.finding) != written.pending.fingerprint:
        raise Stale("what is stored is not what was written; it must be written and approved again")


def _save(act: Act, file: ClaimFile, action: str, pending: Pending, *, reason: str = "") -> ClaimFile:
    claim_versions.save_pending(act.session, file.id, file.version + 1, pending)
    saved = claim_files.save_file(act.session, file, now=act.now)
    act.note(action, subject(file.id), reason=reason, detail={"fingerprint": pending.fingerprint})
    return saved
