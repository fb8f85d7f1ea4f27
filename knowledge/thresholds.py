"""From which probability on something is done by itself. Chosen by measurement; the settings may override them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities, 0..1.

    `answer`: an answer is given outright; `reworded`: likewise where one word stands in another's place, or is one more;
    `choice`: an article is offered (from three tenths of it, if it rather asks the same, and not if it hardly can); `known`: a published verdict is repeated; `known_asked`: likewise for a plain question
    or a notice, which passes nothing on; `suggested`: a report is proposed for an open claim; `suspected`: a person should look.

    Measured on labelled lines that no model saw (tests/data, hard on purpose), with the names of places: `answer` 0.82 gave
    90 % right answers and answered 1 in 140 of what nothing answers; `known` 0.82 gave right claims alone, a third of the
    messages being look-alikes. On the development texts, by judges refitted without them: 92 % and 94 %. `make evaluate`
    measures them anew.
    """

    answer: float = 0.82
    reworded: float = 0.94
    choice: float = 0.10
    known: float = 0.82
    known_asked: float = 0.95
    suggested: float = 0.30
    suspected: float = 0.50
    offered_at_most: int = 5

    def to_answer(self, *, reworded: bool) -> float:
        """From where on an answer is given outright."""
        return max(self.answer, self.reworded) if reworded else self.answer


DEFAULTS = Thresholds()
