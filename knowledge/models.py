"""The small models together: answers, rumours, the rumour-like flag, and one for each intent the wording leaves open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from knowledge.cues import load_cues
from knowledge.logistic import Logistic, load_logistic
from knowledge.similarity import CONTEXT_FEATURES, PAIR_FEATURES

MATCHING = (*PAIR_FEATURES, *CONTEXT_FEATURES)
OPEN_INTENTS = ("question", "rumour", "chat")


@dataclass(frozen=True, slots=True)
class Models:
    answers: Logistic
    rumours: Logistic
    flag: Logistic
    routing: Mapping[str, Logistic]


def flag_feature_names() -> tuple[str, ...]:
    """The cues, and how closely the nearest claim matches."""
    return (*load_cues().names, "resemblance")


def routing_feature_names() -> tuple[str, ...]:
    """The cues, what retrieval found, and the form of the message."""
    return (*load_cues().names, "article", "claim", "likelihood", "question_mark", "length", "wh_word")


def load_models() -> Models:
    """The models that come with the program. Raises ValueError when one was fitted on other features."""
    return Models(
        answers=load_logistic("answers", features=MATCHING),
        rumours=load_logistic("rumours", features=MATCHING),
        flag=load_logistic("flag", features=flag_feature_names()),
        routing=_load_routing(routing_feature_names()),
    )


def _load_routing(features: Sequence[str]) -> Mapping[str, Logistic]:
    return MappingProxyType(
        {intent: load_logistic(f"routing_{intent}", features=features) for intent in OPEN_INTENTS}
    )
