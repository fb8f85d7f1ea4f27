"""The small models together: judges of candidate answers and claims, whether two texts mean the same, the rumour-like flag, and the
open intents.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.bodies import BODY_FEATURES
from knowledge.intent import Intent
from knowledge.judge import EXCHANGED, Judge, judge_from
from knowledge.posts import POST_FEATURES
from knowledge.sameness import Sameness, sameness_from
from knowledge.similarity import PAIR_FEATURES
from knowledge.standing import STANDING_FEATURES
from knowledge.style import style_names
from knowledge.text_model import TextModel

ANSWER_FEATURES = (*PAIR_FEATURES, *BODY_FEATURES, *STANDING_FEATURES, EXCHANGED)
CLAIM_FEATURES = (*PAIR_FEATURES, *POST_FEATURES, *STANDING_FEATURES)
RUMOUR, ORDINARY = "rumour", "ordinary"
FLAG_KINDS = (ORDINARY, RUMOUR)
OPEN_INTENTS = tuple(sorted(intent.value for intent in Intent))

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Models:
    answers: Judge
    claims: Judge
    sameness: Sameness
    flag: TextModel
    routing: TextModel

    def to_arrays(self) -> dict[str, Arrays]:
        """Each model's arrays by its name, as `models_from` takes them back."""
        return {
            "answers": self.answers.to_arrays(),
            "claims": self.claims.to_arrays(),
            "sameness": self.sameness.to_arrays(),
            "flag": self.flag.to_arrays(),
            "routing": self.routing.to_arrays(),
        }


MODEL_NAMES = ("answers", "claims", "sameness", "flag", "routing")


def models_from(load: Callable[[str], Arrays]) -> Models:
    """The models whose arrays `load` gives by name. Raises ValueError when one was fitted on other features."""
    return Models(
        answers=judge_from(load("answers"), features=ANSWER_FEATURES),
        claims=judge_from(load("claims"), features=CLAIM_FEATURES),
        sameness=sameness_from(load("sameness")),
        flag=_text_model(load("flag"), FLAG_KINDS),
        routing=_text_model(load("routing"), OPEN_INTENTS),
    )


def _text_model(arrays: Arrays, kinds: tuple[str, ...]) -> TextModel:
    model = TextModel.from_arrays(arrays)
    if model.kinds != kinds or model.style_weights.shape[1] != len(style_names()):
        raise ValueError(f"a text model of {model.kinds} was fitted on other signs of style: fit it again")
    return model


def load_models() -> Models:
    """The models that come with the program. Raises ValueError when one was fitted on other features."""
    return models_from(_packaged)


def _packaged(name: str) -> Arrays:
    with (
        files("knowledge").joinpath("weights", f"{name}.npz").open("rb") as file,
        np.load(file, allow_pickle=False) as arrays,
    ):
        return dict(arrays)
