"""From material to a candidate, and from a candidate to a verdict on it: no figure may drop."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from bot.learning.card import PACKAGED
from bot.learning.examination import Examination, Figures, Measure, drops
from bot.learning.held_back import is_taught
from bot.learning.material import Material
from bot.learning.model_store import InUse
from bot.learning.own_list import AskedList, ask_own_list, calibrated_on
from knowledge.models import Models, load_models
from knowledge.places import Places
from knowledge.profile import Profiler
from knowledge.text import Segmenter
from knowledge.text_model import TextModel
from knowledge.thresholds import DEFAULTS, Thresholds
from knowledge.training import Teacher, fit_flag, fit_routing

CANDIDATE = "candidate"


@dataclass(frozen=True, slots=True)
class Trial:
    """A candidate beside the versions it is compared with: the packaged one, and the current one if it is another.
    `outright`: of each, the candidate too, which shares of the list's own queries reach a threshold.
    """

    models: Models
    figures: Figures
    others: Mapping[str, Figures]
    outright: Mapping[str, Mapping[str, float]]

    @property
    def drops(self) -> Mapping[str, tuple[Measure, ...]]:
        """By version the figures in which the candidate is worse; empty when it may take over."""
        found = {version: drops(before, self.figures) for version, before in self.others.items()}
        return {version: dropped for version, dropped in found.items() if dropped}


def try_out(
    material: Material,
    *,
    current: InUse,
    segmenter: Segmenter,
    places: tuple[str, ...] = (),
    thresholds: Thresholds = DEFAULTS,
) -> Trial:
    """Fit a candidate and examine it.

    The packaged models have seen the fifth that is held back; in their place stands what the same lessons give without it.
    """
    packaged = load_models()
    teacher = Teacher(Profiler(segmenter, Places(places)))
    known = material.seed.texts
    answers = ask_own_list(material.articles, ask=teacher.ask_articles, packaged=known)
    claims = ask_own_list(material.claims, ask=teacher.ask_claims, packaged=known)
    examination = Examination.of(material, answers=answers, claims=claims)
    stand_in = fit(Material(material.seed), packaged=packaged, segmenter=segmenter)
    versions = {current.version: current.models, PACKAGED: stand_in}
    candidate = fit(material, packaged=packaged, segmenter=segmenter, answers=answers, claims=claims)
    return Trial(
        candidate,
        examination.figures(candidate, segmenter=segmenter),
        {name: examination.figures(one, segmenter=segmenter) for name, one in versions.items()},
        {
            name: examination.outright(one, thresholds)
            for name, one in {**versions, CANDIDATE: candidate}.items()
        },
    )


def fit(
    material: Material,
    *,
    packaged: Models,
    segmenter: Segmenter,
    answers: AskedList | None = None,
    claims: AskedList | None = None,
) -> Models:
    """Flag and routing anew from four fifths of the lessons; the packaged judges, calibrated on the lists in use."""
    taught = material.lessons.where(is_taught)
    flag = fit_flag(taught, material.taught_articles, material.taught_claims, segmenter=segmenter)
    public = material.public_grams(segmenter=segmenter)
    return Models(
        answers=calibrated_on(packaged.answers, answers.taught) if answers else packaged.answers,
        claims=calibrated_on(packaged.claims, claims.taught) if claims else packaged.claims,
        sameness=packaged.sameness,
        flag=naming_only(public, flag),
        routing=naming_only(public, fit_routing(taught, segmenter=segmenter)),
    )


def naming_only(grams: frozenset[str], model: TextModel) -> TextModel:
    """The model without the columns of other n-grams; what they weighed is lost, and measured so."""
    kept = np.asarray([gram in grams for gram in model.grams], dtype=np.bool_)
    return replace(
        model,
        grams=tuple(gram for gram in model.grams if gram in grams),
        idf=model.idf[kept],
        gram_weights=model.gram_weights[:, kept],
    )
