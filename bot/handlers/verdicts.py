"""A published verdict in words: in full, and as a text to pass on that leads with the finding, not the rumour.

Each says where it holds when it does not hold everywhere, and names its public page where there is one.
"""

from collections.abc import Mapping
from datetime import date

from bot import wording
from bot.handlers.context import Context
from bot.handlers.offices import cite, written
from bot.public_paths import path_of
from bot.settings import Service
from bot.store.areas import AreaTree
from bot.store.public_claims import has_page
from knowledge.claim import Claim

SENTENCE_ENDS = "。！？!?\n"


def told_verdict(claim: Claim, context: Context, *, heeding: str = "") -> str:
    """To a resident who asks now; `heeding`: what to heed of it, above the text to pass on."""
    return verdict(
        claim,
        heeding=heeding,
        service=context.runtime.settings.service,
        today=context.today,
        tree=context.areas,
        has_page=has_page(context.session, claim.id, day=context.today),
    )


def told_also(claim: Claim, context: Context) -> str:
    """To a resident whose message holds another claim before it: in short."""
    page = has_page(context.session, claim.id, day=context.today)
    return verdict_also(claim, service=context.runtime.settings.service, tree=context.areas, has_page=page)


def verdict(
    claim: Claim, *, service: Service, today: date, tree: AreaTree, has_page: bool, heeding: str = ""
) -> str:
    """What a person found out, who says so, when, where it holds; and the ready-to-forward text below it. `has_page`: none is
    public of a claim about a private person.
    """
    full = wording.VERDICT.format(
        verdict=wording.VERDICTS[claim.verdict],
        claim=claim.text,
        explanation=claim.explanation,
        source=cite(claim.source, issuer=service.office),
        day=written(claim.published_on or today),
        holds=holds_in(claim, tree),
        page=page_line(claim, service) if has_page else "",
    )
    return (
        full + heeding + wording.FORWARD.format(**_passed_on(claim, service=service, today=today, tree=tree))
    )


def forwardable(claim: Claim, *, service: Service, today: date, tree: AreaTree) -> str:
    """The text to pass on: finding first, short, with who says so and when, and where the whole of it is to be read."""
    text = wording.FORWARD_TEXT.format(**_passed_on(claim, service=service, today=today, tree=tree))
    return text + page_line(claim, service)


def verdict_also(claim: Claim, *, service: Service, tree: AreaTree, has_page: bool) -> str:
    """What was found out about another claim of the same message, in short."""
    return wording.VERDICT_ALSO.format(
        verdict=wording.VERDICTS[claim.verdict],
        claim=claim.text,
        gist=gist(claim.explanation),
        source=cite(claim.source, issuer=service.office),
        holds=holds_in(claim, tree),
        page=page_line(claim, service) if has_page else "",
    )


def holds_in(claim: Claim, tree: AreaTree) -> str:
    """The line that says where it holds; nothing where it holds everywhere. Whoever asked hears it wherever they live."""
    code = claim.scope.area_code
    if not code:
        return ""
    return wording.HOLDS_IN.format(area=tree.full_name(code) if tree.get(code) else code)


def page_line(claim: Claim, service: Service) -> str:
    """The line with its page's address, where residents' browsers can reach it."""
    if not service.is_public:
        return ""
    return wording.VERDICT_PAGE.format(address=f"{service.public_url}{path_of(claim)}")


def gist(explanation: str) -> str:
    """The first sentence: the fact, as explanations begin with it."""
    end = next((place for place, char in enumerate(explanation) if char in SENTENCE_ENDS), len(explanation))
    return explanation[: end + 1].strip()


def _passed_on(claim: Claim, *, service: Service, today: date, tree: AreaTree) -> Mapping[str, str]:
    return {
        "verdict": wording.VERDICTS[claim.verdict],
        "claim": claim.text,
        "gist": gist(claim.explanation),
        "holds": holds_in(claim, tree),
        "day": written(claim.published_on or today),
        "office": service.office,
        "name": service.name,
    }
