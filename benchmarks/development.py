"""Quality on the development texts, which nobody here wrote and none of which is kept: figures only.

The packaged judges were fitted on general features of the answer and rumour files. `unseen_tables` measures those with
judges that were refitted without the part they are asked of.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial, reduce
from hashlib import sha256
from pathlib import Path

import numpy as np

from benchmarks import fit_judges
from benchmarks.fit_judges import LIST_PARTS, SAMPLE_DAY
from benchmarks.tables import Table
from knowledge.article import Article
from knowledge.claim_seeds import sample_claims
from knowledge.evaluation import (
    Asked,
    answer_figures,
    ask_articles,
    ask_claims,
    evaluate_answers,
    evaluate_routing,
    message_kinds,
    rumour_figures,
)
from knowledge.figures import Figure
from knowledge.fitting import ANSWER_RECIPE, CLAIM_RECIPE, Rows
from knowledge.jsonl import read_claims_jsonl
from knowledge.labelled import LabelledMessage, LabelledQuestion, read_messages
from knowledge.lessons import load_lessons
from knowledge.library import Library
from knowledge.models import ANSWER_FEATURES, CLAIM_FEATURES, Models, load_models
from knowledge.places import Places
from knowledge.profile import Profiler
from knowledge.scoring import flag_figures
from knowledge.seeds import plain_articles, sample_articles
from knowledge.text import Segmenter
from knowledge.training import Case, Teacher, answer_lessons, claim_lessons

SEEN = "(the judges have seen the general features of these very texts)"
UNSEEN = "(judges refitted without the part they are asked of)"
NOT_FITTED = "(nothing was fitted on these texts, though they were looked at)"
Figures = tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class ListKeeper(Teacher):
    """A teacher that remembers which lists it was asked for, and with which queries, instead of asking them all."""

    lists: list[tuple[tuple[Article, ...], tuple[Case, ...]]] = field(default_factory=list)

    def ask_articles(self, articles: Iterable[Article], cases: Iterable[Case]) -> Rows:
        """Only the first is asked: somebody wants rows."""
        listed, queries = tuple(articles), tuple(cases)
        self.lists.append((listed, queries))
        return Teacher.ask_articles(self, listed, queries[:1])


def development_tables(dev: Path, *, segmenter: Segmenter) -> Iterator[Table]:
    """With the models as they come with the program."""
    models = load_models()
    queries = dev / "answers_queries.jsonl"
    yield Table("dev answers, four lists", SEEN, queries, partial(_answers, dev, segmenter, lambda _: models))
    official = dev / "official_queries.jsonl"
    yield Table(
        "dev official FAQ",
        NOT_FITTED,
        official,
        partial(_official, dev / "official_articles.jsonl", official),
    )
    messages = dev / "rumours_messages.jsonl"
    yield Table("dev rumours", SEEN, messages, partial(_rumours, dev, segmenter, lambda _: models))
    flagged = dev / "flag_messages.jsonl"
    yield Table("dev flag", NOT_FITTED, flagged, partial(_flag, flagged, segmenter))
    lines = dev / "routing_messages.jsonl"
    yield Table("dev routing", NOT_FITTED, lines, partial(_routing, lines, segmenter))


def unseen_tables(dev: Path, *, segmenter: Segmenter) -> Iterator[Table]:
    """By cross-fitting: each part is asked with a judge fitted on our own lessons and on the other parts."""
    queries, messages = dev / "answers_queries.jsonl", dev / "rumours_messages.jsonl"
    answers = partial(_answers_unseen, dev, segmenter)
    yield Table("dev answers, four lists, unseen", UNSEEN, queries, answers)
    yield Table("dev rumours, unseen", UNSEEN, messages, partial(_rumours_unseen, dev, segmenter))


def _answers(dev: Path, segmenter: Segmenter, models_of: Callable[[int], Models]) -> Figures:
    """`models_of`: the models for the list of this number."""
    questions: list[LabelledQuestion] = []
    parts: list[Asked] = []
    for number, (articles, cases) in enumerate(_lists(dev, segmenter)):
        library = Library.build(articles, segmenter=segmenter, models=models_of(number))
        queries = [LabelledQuestion(case.text, case.relevant) for case in cases]
        parts.append(ask_articles(queries, library=library, day=SAMPLE_DAY))
        questions += queries
    return answer_figures(questions, reduce(Asked.and_then, parts))


def _lists(dev: Path, segmenter: Segmenter) -> list[tuple[tuple[Article, ...], tuple[Case, ...]]]:
    """The lists that the judges were fitted on."""
    keeper = ListKeeper(Profiler(segmenter, Places()))
    fit_judges._dev_answers(dev, keeper)  # noqa: SLF001 - the one place that says how the texts are folded
    return keeper.lists


def _answers_unseen(dev: Path, segmenter: Segmenter) -> Figures:
    teacher = _teacher(segmenter)
    own = answer_lessons(teacher, plain_articles(day=SAMPLE_DAY), load_lessons())
    rows = [teacher.ask_articles(articles, cases) for articles, cases in _lists(dev, segmenter)]
    models = load_models()

    def without(part: int) -> Models:
        others = [one for number, one in enumerate(rows) if number != part]
        judge = fit_judges._fitted(list(own.values()), others, ANSWER_FEATURES, ANSWER_RECIPE, "")  # noqa: SLF001
        return replace(models, answers=judge)

    return _answers(dev, segmenter, without)


def _rumours(dev: Path, segmenter: Segmenter, models_of: Callable[[int], Models]) -> Figures:
    """`models_of`: the models for the messages of this part."""
    path = dev / "rumours_messages.jsonl"
    library = Library.build(claims=read_claims_jsonl(dev / "rumours_claims.jsonl"), segmenter=segmenter)
    kinds = message_kinds(path)
    messages = read_messages(path)
    parts = [_part_of(message) for message in messages]
    asked: list[Asked] = []
    order: list[int] = []
    for part in sorted(set(parts)):
        places = [place for place, one in enumerate(parts) if one == part]
        with_models = Library(library.shelves, profiler=library.profiler, models=models_of(part))
        asked.append(ask_claims([messages[place] for place in places], library=with_models, day=SAMPLE_DAY))
        order += places
    in_order = [messages[place] for place in order], [kinds[place] for place in order]
    return rumour_figures(*in_order, reduce(Asked.and_then, asked))


def _part_of(message: LabelledMessage) -> int:
    """Messages of one claim stay together: they are copies of one post."""
    key = min(message.claims) if message.claims else message.text
    return int(sha256(key.encode()).hexdigest(), 16) % LIST_PARTS


def _rumours_unseen(dev: Path, segmenter: Segmenter) -> Figures:
    teacher = _teacher(segmenter)
    sample = sample_claims(day=SAMPLE_DAY), plain_articles(day=SAMPLE_DAY)
    own = list(claim_lessons(teacher, *sample, load_lessons()).values())
    rows = fit_judges._dev_claims(dev, teacher)  # noqa: SLF001 - the one place that says how copies weigh
    parts = np.asarray([_part_of(one) for one in read_messages(dev / "rumours_messages.jsonl")])
    models = load_models()

    def without(part: int) -> Models:
        others = [rows.where(parts[rows.case] != part)]
        judge = fit_judges._fitted(own, others, CLAIM_FEATURES, CLAIM_RECIPE, "")  # noqa: SLF001
        return replace(models, claims=judge)

    return _rumours(dev, segmenter, without)


def _teacher(segmenter: Segmenter) -> Teacher:
    return Teacher(Profiler(segmenter, Places()))


def _official(articles: Path, queries: Path) -> Figures:
    return evaluate_answers(articles, queries, day=SAMPLE_DAY).figures


def _flag(path: Path, segmenter: Segmenter) -> Figures:
    """Against no claims at all: what the flag says of a message that nobody has decided on."""
    messages = read_messages(path)
    asked = ask_claims(messages, library=Library.build(segmenter=segmenter), day=SAMPLE_DAY)
    return flag_figures(messages, message_kinds(path), asked.predictions)


def _routing(path: Path, segmenter: Segmenter) -> Figures:
    library = Library.build(
        sample_articles(day=SAMPLE_DAY), sample_claims(day=SAMPLE_DAY), segmenter=segmenter
    )
    return evaluate_routing(path, library=library, day=SAMPLE_DAY).figures
