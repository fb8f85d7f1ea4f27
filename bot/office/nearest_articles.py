"""Why nobody could answer a group of questions: the articles nearest to it, each with what stood against it, as things are now."""

from dataclasses import dataclass

from bot.access import Permission
from bot.office import questions, trials
from bot.office.act import Act
from bot.store import question_places
from bot.store.question_groups import WAITING
from knowledge.fit import Candidate
from knowledge.regression import OutcomeKind, outcome_of
from knowledge.use import Used

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Nearest:
    """`kind`: what would become of the question if it was asked now, from where most asked it (`area_code`; empty: not known)."""

    kind: OutcomeKind
    articles: tuple[Used[Candidate], ...]
    area_code: str


def nearest_articles(act: Act, group_id: int) -> Nearest | None:
    """Of a group that waits; None of any other. To be asked for before anything is written: it thinks. Raises NotFound."""
    act.require(Permission.QUESTION_READ)
    group = questions.find(act, group_id)
    if group.state not in WAITING or not group.text.strip():
        return None
    places = question_places.places_of(act.session, group_id, within=act.area_prefix)
    area_code = next((one.area_code for one in places if act.areas.get(one.area_code)), "")
    trial = trials.try_out(act, group.text, area_code=area_code, day=act.today)
    kind = outcome_of(trial.understanding.answering).kind
    return Nearest(kind, trials.article_uses_in(act, trial, act.today)[:SHOWN], area_code)
