"""What a debunk broadcast tells is what is public: nothing else of a claim is handed over or approved for sending."""

from bot.errors import Overtaken
from bot.office.act import Act
from bot.store.claim_files import hold_file
from bot.store.debunks import debunked_by
from broadcasts.broadcast import Broadcast
from knowledge.review import PUBLIC


def standing(act: Act, one: Broadcast) -> Broadcast:
    """The broadcast, when what it tells still stands; one that was drafted from no claim always does. Raises Overtaken.

    The claim is held, so that no correction of it comes between this and the step it is asked for.
    """
    debunked = debunked_by(act.session, one.id)
    if debunked is None:
        return one
    file = hold_file(act.session, debunked.claim_id)
    if file.state not in PUBLIC or file.restricted or file.version != debunked.version:
        raise Overtaken(
            f"broadcast {one.id} tells version {debunked.version} of claim {file.id}, which is not public any more; "
            "draft it anew from the claim"
        )
    if file.published is None or not file.published.validity.holds_on(act.today):
        raise Overtaken(f"broadcast {one.id} tells a verdict of claim {file.id} that does not hold today")
    return one
