"""Texts beside others that say nearly the same, or the opposite: is the one ever given as an answer to the other?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from knowledge.answering import Answer, Answering, Choices, Unknown, find_answer
from knowledge.article import Article
from knowledge.claim import Claim, Verdict
from knowledge.contradiction import compare
from knowledge.evaluation import Evaluation, Watch, timed, times
from knowledge.figures import Figure, measure, share_where
from knowledge.library import Library
from knowledge.models import Models
from knowledge.prediction import Prediction
from knowledge.rumours import Known, RumourCheck, check_rumour
from knowledge.scoring import column, in_force
from knowledge.thresholds import DEFAULTS, Thresholds
from knowledge.typed_rows import read_rows


@dataclass(frozen=True, slots=True)
class Pair:
    """`flipped`: they mean different things; else the one is a paraphrase of the other."""

    left: str
    right: str
    flipped: bool


_FIELDS = (
    ("left", str, "must be text"),
    ("right", str, "must be text"),
    ("flipped", bool, "must be true or false"),
)


def read_pairs(path: Path) -> tuple[Pair, ...]:
    """Raises ImportFaults with every fault of the file."""
    return tuple(Pair(row["left"], row["right"], row["flipped"]) for row in read_rows(path, _FIELDS))


def evaluate_flips(
    path: Path,
    *,
    day: date,
    thresholds: Thresholds = DEFAULTS,
    places: Iterable[str] = (),
    models: Models | None = None,
    watched: Watch = iter,
) -> Evaluation:
    """All right texts are articles and published claims, each left text is asked and said: flipped pairs must not be answered
    by their partner nor with its verdict, paraphrases should be. `places`: names of the area tree; `models`: by default
    those that come with the program.
    """
    pairs = read_pairs(path)
    texts = list(dict.fromkeys(pair.right for pair in pairs))
    library = Library.build(
        [Article(text, text, "") for text in texts],
        [Claim(text, text, Verdict.FALSE, "") for text in texts],
        places=places,
        models=models,
    )
    find = partial(find_answer, library=library, area_path=(), day=day, thresholds=thresholds)
    check = partial(check_rumour, library=library, area_path=(), day=day, thresholds=thresholds)
    found, seconds = timed(find, [pair.left for pair in pairs], watched=watched)
    predictions = tuple(
        {
            **_prediction(pair, one, vetoed=_is_vetoed(pair, library)),
            "known": _is_known(pair, check(pair.left)),
        }
        for pair, one in watched(list(zip(pairs, found, strict=True)))
    )
    return Evaluation((*_figures(pairs, predictions, thresholds), *times(seconds)), predictions)


def _is_vetoed(pair: Pair, library: Library) -> bool:
    """Whether what the two say, or ask, forbids an answer however alike they are."""
    left, right = library.read(pair.left), library.profiler.known(pair.right)
    asked_apart = left.reading.asking.apart_from(right.reading.asking)
    return bool(compare(left.statement, right.statement) or asked_apart)


def _is_known(pair: Pair, found: RumourCheck) -> bool:
    """Whether the left text was given the verdict on the right one."""
    return isinstance(found, Known) and found.best.claim.id == pair.right


def _prediction(pair: Pair, found: Answering, *, vetoed: bool) -> Prediction:
    decisions: dict[type[Answering], str] = {Answer: "answer", Choices: "choices", Unknown: "unknown"}
    offered = found.offered if isinstance(found, Choices) else ()
    answered = isinstance(found, Answer) and found.best.article.id == pair.right
    return {
        "text": pair.left,
        "right": pair.right,
        "flipped": pair.flipped,
        "decision": decisions[type(found)],
        "answered": answered,
        "offered": answered or any(one.article.id == pair.right for one in offered),
        "vetoed": vetoed,
    }


def _figures(
    pairs: Sequence[Pair], predictions: Sequence[Prediction], thresholds: Thresholds
) -> tuple[Figure, ...]:
    if not pairs:
        return ()
    flipped = column(pair.flipped for pair in pairs)
    answered, offered, vetoed, known = (
        column(one[field] for one in predictions) for field in ("answered", "offered", "vetoed", "known")
    )
    in_use = {"answer": thresholds.answer, "choice": thresholds.choice, "known": thresholds.known}
    return (
        *in_force(in_use, len(pairs)),
        measure("flipped: answered by the wrong partner", share_where, answered, flipped),
        measure("flipped: given the wrong verdict", share_where, known, flipped),
        measure("flipped: vetoed", share_where, vetoed, flipped),
        measure("paraphrase: answered by its partner", share_where, answered, 1 - flipped),
        measure("paraphrase: given its verdict", share_where, known, 1 - flipped),
        measure("paraphrase: offered its partner", share_where, offered, 1 - flipped),
        measure("paraphrase: vetoed", share_where, vetoed, 1 - flipped),
    )
