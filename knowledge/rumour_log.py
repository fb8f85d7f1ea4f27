"""The standard rumour log: what CDAC, Internews, IFRC and MSF keep of a claim beside its text, verdict and risk.

Where it was heard and from what kind of source; never from whom.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any


class SourceType(StrEnum):
    """Where people say they have it from. Kinds, never names."""

    FRIEND = "friend"
    GROUP = "group"
    OFFICIAL_LOOKING = "official_looking"
    UNKNOWN = "unknown"


class HeardWhere(StrEnum):
    """Through what it reached whoever told us."""

    OFFICIAL_ACCOUNT = "official_account"
    WECHAT_GROUP = "wechat_group"
    SHORT_VIDEO = "short_video"
    MARKET = "market"
    CEREMONY = "ceremony"
    NEIGHBOURS = "neighbours"
    TELEPHONE = "telephone"
    LOUDSPEAKER = "loudspeaker"
    OTHER = "other"


class HowMany(StrEnum):
    """How many have it, as far as whoever told us knows."""

    ONLY_ME = "only_me"
    A_FEW = "a_few"
    GROUP = "group"
    MANY_GROUPS = "many_groups"


class Feedback(StrEnum):
    """What kind of word it is (IFRC)."""

    QUESTION = "question"
    REQUEST = "request"
    BELIEF = "belief"
    COMPLAINT = "complaint"
    THANKS = "thanks"
    SENSITIVE = "sensitive"


@dataclass(frozen=True, slots=True)
class RumourLog:
    """Dates are ISO days; empty: not known. `why_believed`: fear, a gap, a grain of truth; `response_*`: what was done."""

    date_heard: str = ""
    exact_wording: str = ""
    dialect: str = ""
    source_type: str = ""
    feedback: str = ""
    why_believed: str = ""
    likelihood: str = ""
    response_what: str = ""
    response_who: str = ""
    response_start: str = ""
    response_weeks: str = ""
    response_completed: str = ""
    response_outcome: str = ""
    trend_after: str = ""


def log_data(log: RumourLog) -> dict[str, object]:
    """As plain JSON data, without what is empty."""
    return {name: value for name, value in asdict(log).items() if value}


def log_from(data: Mapping[str, Any]) -> RumourLog:
    """What `log_data` wrote; a field that is no longer one is left out."""
    return RumourLog(
        **{field.name: str(data[field.name]) for field in fields(RumourLog) if data.get(field.name)}
    )
