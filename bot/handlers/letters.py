"""The text of a letter for where the resident lives: its wording for that risk, its source and day."""

from bot import wording
from bot.handlers.context import Context
from bot.handlers.offices import written
from broadcasts.bodies import LetterKind, bodies_for


def letter_text(kind: LetterKind, context: Context) -> str | None:
    """The chat body that holds here today; None when no letter of this kind does."""
    letter = next(
        (one for one in context.runtime.letters if one.kind is kind and one.holds_on(context.today)), None
    )
    if letter is None:
        return None
    code = context.resident.community_code
    risk = context.areas.risk_of(code) if context.community and code else None
    bodies = bodies_for(letter, risk=risk.value if risk else None)
    return bodies.chat + wording.LETTER_SOURCE.format(source=letter.citation, day=written(context.today))
