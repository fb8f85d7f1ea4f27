"""The configured thresholds as the understanding takes them; the service and its evaluation use the same."""

from bot.settings import Settings
from knowledge.thresholds import Thresholds


def thresholds_of(settings: Settings) -> Thresholds:
    """From which probability on something is said, as configured."""
    answering, rumours = settings.answering, settings.rumours
    return Thresholds(
        answer=answering.answer_at,
        reworded=answering.reworded_at,
        choice=answering.offer_at,
        known=rumours.known_at,
        known_asked=rumours.known_asked_at,
        suggested=rumours.suggest_at,
        suspected=rumours.suspect_at,
        offered_at_most=answering.choices,
    )
