"""What residents read of the risk level of a place. For the clerk who reviews this file the same holds as for `bot.wording`."""

from collections.abc import Mapping
from types import MappingProxyType

RISK_LEVELS: Mapping[str, str] = MappingProxyType(
    {"high": "高风险区", "medium": "中风险区", "low": "低风险区"}
)
RISK_OF = "{area}现在按{level}管。"
NOT_OF_RISK = "{area}现在不按{asked}管，按{level}管。"
RISK_INSIDE = "{area}里按{level}管的有：{places}。"
RISK_NOWHERE = "{area}现在没有登记的{level}。"
MORE_PLACES = "{places}等{count}处"
RISK_FOOT = "\n等级随时会调整，以最新通告为准；拿不准问村（社区）或打{hotline}。回“倡议书”看眼下的要求。\n\n依据：{office}登记的风险等级\n截至{day}"
