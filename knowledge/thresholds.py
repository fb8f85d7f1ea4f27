"""From which probability on something is done by itself. Chosen by measurement; the settings may override them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities, 0..1.

    `answer`: an answer is given outright; `choice`: an article is offered; `known`: a published verdict is repeated;
    `resembles`: a claim is shown to staff beside a report; `suspected`: a person should look.
    """

    answer: float = 0.70
    choice: float = 0.15
    known: float = 0.70
    resembles: float = 0.15
    suspected: float = 0.50
    offered_at_most: int = 5


DEFAULTS = Thresholds()
