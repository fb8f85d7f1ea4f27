"""What the program's words are called on pages anybody reads."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.store.areas import Risk
from broadcasts.bodies import LetterKind
from knowledge.claim import Topic

TOPICS: Mapping[Topic, str] = MappingProxyType(
    {
        Topic.HEALTH_MYTH: "防病偏方",
        Topic.LOCK_DOWN: "封控传言",
        Topic.FOOD_AND_PRICES: "物资物价",
        Topic.SCAM: "防诈骗",
        Topic.MEDICINE_RUN: "买药用药",
        Topic.ACCUSATION: "涉及场所",
        Topic.TESTING: "核酸检测",
        Topic.VACCINATION: "疫苗接种",
        Topic.TRAVEL: "出行返乡",
        Topic.SCHOOL: "学校",
        Topic.OTHER: "其他",
    }
)
RISKS: Mapping[Risk, str] = MappingProxyType(
    {Risk.HIGH: "高风险区", Risk.MEDIUM: "中风险区", Risk.LOW: "低风险区"}
)
LETTERS: Mapping[LetterKind, str] = MappingProxyType(
    {LetterKind.INITIATIVE: "倡议书", LetterKind.WEDDING: "红事", LetterKind.FUNERAL: "白事"}
)
