"""Claims on the desk: findings to write, and the whole way to the public by two people."""

from dataclasses import replace

from bot.access import Role
from bot.office import claims, verdicts
from bot.runtime import Runtime
from bot.store.claim_files import ClaimFile, find_file, save_file
from knowledge.article import Source
from knowledge.claim import Verdict
from knowledge.review import PUBLIC
from knowledge.risk import Harm
from knowledge.verdict_text import Explanation, Finding, fingerprint
from tests.bot.office.acting import acting

FINDING = Finding(
    text="县里的水库被人投毒",
    verdict=Verdict.FALSE,
    explanation=Explanation(
        fact="全县水库水质今天检测全部合格。",
        claim="网上有人说水库被投毒。",
        why="照片是外省旧闻。",
        fact_again="自来水可以放心用。",
    ),
    source=Source("县水务局（示例）", title="水质检测通报"),
)


def as_it_stands(runtime: Runtime, claim_id: str) -> ClaimFile:
    with runtime.database.reading() as session:
        return find_file(session, claim_id)


def edition(runtime: Runtime, claim_id: str) -> int:
    return as_it_stands(runtime, claim_id).edition


def written(runtime: Runtime, claim_id: str, finding: Finding = FINDING, *, note: str = "") -> str:
    """Triaged where it is new, written and handed over by a reviewer; the fingerprint of what was."""
    is_public = as_it_stands(runtime, claim_id).state in PUBLIC
    with acting(runtime, Role.REVIEWER) as act:
        if not is_public:
            claims.triage(act, claim_id, edition(runtime, claim_id), harm=Harm.MODERATE)
    with acting(runtime, Role.REVIEWER) as act:
        file = verdicts.draft(act, claim_id, edition(runtime, claim_id), finding, note=note)
        verdicts.submit(act, claim_id, file.edition, seen=fingerprint(finding))
    return fingerprint(finding)


def published(runtime: Runtime, claim_id: str, finding: Finding = FINDING, *, note: str = "") -> ClaimFile:
    """Written by a reviewer, approved and published by an approver."""
    seen = written(runtime, claim_id, finding, note=note)
    with acting(runtime, Role.APPROVER) as act:
        file = verdicts.approve(act, claim_id, edition(runtime, claim_id), seen=seen)
        return verdicts.publish(act, claim_id, file.edition, seen=seen)


def found_to_be_private(runtime: Runtime, claim_id: str) -> None:
    """It speaks of somebody; whatever state it is in."""
    with runtime.database.transaction() as session:
        save_file(session, replace(find_file(session, claim_id), restricted=True), now=runtime.clock())


def corrected(runtime: Runtime, claim_id: str) -> ClaimFile:
    """The same way again, with another verdict."""
    finding = replace(
        FINDING, verdict=Verdict.MISLEADING, explanation=Explanation("一个村的蓄水池在清洗，水库水质合格。")
    )
    return published(runtime, claim_id, finding, note="先前没有说清楚蓄水池。")
