"""Fitting the small models on our own words: the seed articles and claims, and labelled lines. Not imported when serving.

Matching learns by leaving out: each phrasing in turn is asked of a shelf without it (its article is right), and of a
shelf without its whole article (nothing is right, though the topic is there).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from knowledge.answering import find_answer
from knowledge.article import Article
from knowledge.claim import Claim
from knowledge.cues import load_cues
from knowledge.index import Hit
from knowledge.labelled import LabelledLine, LabelledMessage, LabelledQuestion
from knowledge.library import Library, Shelf
from knowledge.logistic import Logistic
from knowledge.models import MATCHING, OPEN_INTENTS, Models, flag_feature_names, routing_feature_names
from knowledge.retrieval import Pair, T, feature_rows, find_pairs
from knowledge.routing import Intent, routing_features
from knowledge.rumours import check_rumour, flag_features, match_claims
from knowledge.similarity import Profiler
from knowledge.text import normalise
from knowledge.thresholds import DEFAULTS
from knowledge.windows import find_window_pairs

_STRENGTH = 0.3
"""Inverse of the L2 penalty: the sets are small, the weights are to stay near zero."""
_OUTSIDE = 0.5
"""The weight of a query whose article was taken away, against 1 for one that has its answer."""

_LABELLED = 2.0
"""The weight of a question a person has labelled."""


@dataclass(frozen=True, slots=True)
class Case:
    """A query as training asks it: what would be right, what is hidden, and how much it counts."""

    text: str
    relevant: frozenset[str]
    hidden: Callable[[Hit], bool] | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Rows:
    """Feature rows with their labels and weights; `case` numbers the query each row came from."""

    features: NDArray[np.float64]
    labels: NDArray[np.bool_]
    weights: NDArray[np.float64]
    case: NDArray[np.int64]


def left_out_cases(shelf: Shelf[T]) -> Iterator[Case]:
    """Each phrasing asked without itself, and without all of what it belongs to.

    Things that share a wording (one question, a rule for each county) are right together and left out together.
    """
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for item in shelf.items.values():
        for text in item.texts:
            owners[text].add(item.id)
    for text, holding in owners.items():
        twins = frozenset().union(*(owners[other] for one in holding for other in shelf.items[one].texts))
        if any(len(shelf.items[one].texts) > 1 for one in holding):
            yield Case(text, twins, _is_text(text))
        yield Case(text, frozenset(), _is_owned_by(twins), _OUTSIDE)


def _is_text(text: str) -> Callable[[Hit], bool]:
    return lambda hit: hit.text == text


def _is_owned_by(owners: frozenset[str]) -> Callable[[Hit], bool]:
    return lambda hit: hit.owner in owners


def article_rows(shelf: Shelf[Article], cases: Iterable[Case], *, profiler: Profiler) -> Rows:
    return _stack(
        (case, *find_pairs(profiler.profile(case.text), shelf, profiler=profiler, hidden=case.hidden))
        for case in cases
    )


def claim_rows(shelf: Shelf[Claim], cases: Iterable[Case], *, profiler: Profiler) -> Rows:
    sheet = load_cues()
    return _stack(
        (
            case,
            *find_window_pairs(
                sheet.core(normalise(case.text)), shelf, profiler=profiler, hidden=case.hidden
            ),
        )
        for case in cases
    )


def _stack(found: Iterable[tuple[Case, list[Pair[T]], dict[str, float]]]) -> Rows:
    features: list[NDArray[np.float64]] = []
    labels: list[bool] = []
    weights: list[float] = []
    numbers: list[int] = []
    for number, (case, pairs, idf) in enumerate(found):
        if not pairs:
            continue
        features.append(feature_rows(pairs, idf))
        labels.extend(pair.item.id in case.relevant for pair in pairs)
        weights.extend([case.weight] * len(pairs))
        numbers.extend([number] * len(pairs))
    return Rows(np.vstack(features), np.asarray(labels), np.asarray(weights), np.asarray(numbers))


def fit(rows: Rows, *, features: Sequence[str], provenance: str) -> Logistic:
    """A logistic model in the features' own units (the scaling is folded into the coefficients)."""
    scaler = StandardScaler().fit(rows.features)
    model = LogisticRegression(C=_STRENGTH, max_iter=2000)
    model.fit(scaler.transform(rows.features), rows.labels, sample_weight=rows.weights)
    coefficients = model.coef_[0] / scaler.scale_
    intercept = float(model.intercept_[0] - coefficients @ scaler.mean_)
    return Logistic(tuple(features), tuple(map(float, coefficients)), intercept, provenance)


@dataclass(frozen=True, slots=True)
class Lessons:
    """What there is to learn from besides the library itself."""

    questions: Sequence[LabelledQuestion]
    messages: Sequence[LabelledMessage]
    lines: Sequence[LabelledLine]
    day: date

    def provenance(self, library: Library) -> str:
        return (
            f"Fitted on own words only: {len(library.articles)} articles and {len(library.claims)} claims left out "
            f"in turn,\n{len(self.questions)} labelled questions, {len(self.messages)} labelled messages, "
            f"{len(self.lines)} routing lines.\n"
        )


def train(library: Library, lessons: Lessons) -> Models:
    """All models fitted anew, each on what the one before it gives. `library.models` is only a starting point."""
    provenance = lessons.provenance(library)
    models = replace(
        library.models,
        answers=fit(_answer_lessons(library, lessons), features=MATCHING, provenance=provenance),
        rumours=fit(_claim_lessons(library, lessons), features=MATCHING, provenance=provenance),
    )
    taught = Library(library.shelves, profiler=library.profiler, models=models)
    models = replace(
        models, flag=fit(flag_rows(taught, lessons), features=flag_feature_names(), provenance=provenance)
    )
    taught = Library(library.shelves, profiler=library.profiler, models=models)
    return replace(models, routing=_fit_routing(taught, lessons, provenance))


def _answer_lessons(library: Library, lessons: Lessons) -> Rows:
    """Articles left out in turn and labelled questions; claims left out in turn teach what a paraphrase looks like."""
    articles, claims = library.shelves.articles, library.shelves.claims
    asked = [
        Case(one.text, one.relevant, weight=_LABELLED)
        for one in lessons.questions
        if one.relevant is not None
    ]
    chat = [Case(line.text, frozenset()) for line in lessons.lines if line.intent is Intent.CHAT]
    own = article_rows(articles, [*left_out_cases(articles), *asked, *chat], profiler=library.profiler)
    if not claims.items:
        return own
    return _together(own, claim_rows(claims, left_out_cases(claims), profiler=library.profiler))


def _together(one: Rows, other: Rows) -> Rows:
    return Rows(
        np.vstack((one.features, other.features)),
        np.concatenate((one.labels, other.labels)),
        np.concatenate((one.weights, other.weights)),
        np.concatenate((one.case, other.case + one.case.max() + 1)),
    )


def _claim_lessons(library: Library, lessons: Lessons) -> Rows:
    """Claims left out in turn, labelled messages, and what people ask of articles: that repeats no claim."""
    shelf = library.shelves.claims
    sent = [Case(one.text, one.claims) for one in lessons.messages if one.claims is not None]
    asked = [Case(article.question, frozenset(), weight=_OUTSIDE) for article in library.articles.values()]
    return claim_rows(shelf, [*left_out_cases(shelf), *sent, *asked], profiler=library.profiler)


def flag_rows(library: Library, lessons: Lessons) -> Rows:
    """Labelled messages as they are; one whose label is unknown teaches nothing."""
    sheet = load_cues()
    judged = [message for message in lessons.messages if message.rumour is not None]
    features = [
        flag_features(
            sheet.found_in(normalise(message.text)),
            match_claims(normalise(message.text), library=library, sheet=sheet),
            sheet=sheet,
        )
        for message in judged
    ]
    return _plain(features, [bool(message.rumour) for message in judged])


def _fit_routing(library: Library, lessons: Lessons, provenance: str) -> dict[str, Logistic]:
    lines = _open_lines(lessons)
    features = [_routing_row(text, library, lessons.day) for text, _ in lines]
    return {
        intent: fit(
            _plain(features, [given == intent for _, given in lines]),
            features=routing_feature_names(),
            provenance=provenance,
        )
        for intent in OPEN_INTENTS
    }


def _open_lines(lessons: Lessons) -> list[tuple[str, str]]:
    """Lines whose intent wording leaves open; labelled questions and rumour-like messages teach as well."""
    lines = [
        (line.text, line.intent.value)
        for line in lessons.lines
        if line.intent and line.intent in OPEN_INTENTS
    ]
    asked = ((one.text, "question") for one in lessons.questions)
    return [*lines, *asked, *((one.text, "rumour") for one in lessons.messages if one.rumour)]


def _routing_row(text: str, library: Library, day: date) -> NDArray[np.float64]:
    answering = find_answer(text, library=library, area_path=(), day=day, thresholds=DEFAULTS)
    rumour = check_rumour(text, library=library, area_path=(), day=day, thresholds=DEFAULTS)
    return routing_features(normalise(text), library=library, answering=answering, rumour_check=rumour)


def _plain(features: Sequence[NDArray[np.float64]], labels: Sequence[bool]) -> Rows:
    count = len(labels)
    return Rows(np.vstack(features), np.asarray(labels), np.ones(count), np.arange(count))


def save_models(models: Models, directory: Path) -> None:
    """The models as TOML files named as `load_models` expects them."""
    routing = {f"routing_{intent}": model for intent, model in models.routing.items()}
    named = {"answers": models.answers, "rumours": models.rumours, "flag": models.flag, **routing}
    for name, model in named.items():
        (directory / f"{name}.toml").write_text(model.to_toml(), encoding="utf-8", newline="\n")
