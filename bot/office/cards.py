"""The card of a verdict handed to somebody who passes it on: a moment of response, like a broadcast."""

from bot.access import Permission
from bot.debunk_standing import BECAME, overtaken_by
from bot.errors import Conflict
from bot.office.act import Act
from bot.office.claim_scope import find, subject
from bot.store import claim_actions
from bot.store.claim_actions import ActionKind


def take_card(act: Act, claim_id: str) -> None:
    """Note that the card of what is public was taken; the claim's curve shows the first time of each version, the trail every
    time. Raises NotFound, and Conflict where there is no card: not public, over, or about a person.
    """
    act.require(Permission.REPORT_ENTER)
    file = find(act, claim_id)
    why = overtaken_by(file, file.version, days=(act.today,))
    if why:
        raise Conflict(f"claim {claim_id} {BECAME[why]}, and so has no card")
    version = str(file.version)
    taken = claim_actions.actions_of(act.session, claim_id)
    if not any(one.kind is ActionKind.CARD and one.detail == version for one in taken):
        claim_actions.add_action(
            act.session, claim_id, ActionKind.CARD, by=act.member.name, now=act.now, detail=version
        )
    act.note("claim.card", subject(claim_id), detail={"version": file.version})
