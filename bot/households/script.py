"""One script for reading numbers: half width, simplified characters, no decoration."""

import re
import unicodedata
from functools import cache

from opencc import OpenCC

_FACES = re.compile(r"\[[^\[\]\s]{1,4}\]")
_DECORATION = frozenset({"So", "Sk", "Cf", "Mn"})
"""Unicode categories: pictures, modifiers, invisible marks."""
_LOOSE_DASH = re.compile(r"-+(?![0-9一二两三四五六七八九十])|(?<![0-9一二两三四五六七八九十口个人])-+")
_PUNCTUATION = str.maketrans(
    {
        ",": "，", "、": "、", ";": "，", "；": "，", "!": "。", "！": "。", ".": "。", "(": "，", ")": "，",
        "…": "。", "~": "-", "—": "-", "–": "-", "\n": "。", "\r": "。", "“": "", "”": "", '"': "", "'": "",
        "【": "，", "】": "，", "<": "，", ">": "，", "?": "？", ":": "：",
    }
)  # fmt: skip
_NUMBER_AND_UNIT = re.compile(r"(?<=[0-9一二两三四五六七八九十])\s+(?=[口人个名位])|(?<=[口个])\s+(?=人)")


@cache
def _to_simplified() -> OpenCC:
    """Loaded on first use, once: the dictionaries take some 10 ms."""
    return OpenCC("t2s")


def plain(text: str) -> str:
    """`text` in half width, simplified characters and one set of punctuation; [微笑]-like faces are dropped,
    and halves of characters, which OpenCC does not take.
    """
    whole = text.encode(errors="ignore").decode()
    folded = unicodedata.normalize("NFKC", _to_simplified().convert(unicodedata.normalize("NFKC", whole)))
    seen = "".join(char for char in _FACES.sub("", folded) if unicodedata.category(char) not in _DECORATION)
    spaced = _NUMBER_AND_UNIT.sub("", seen.lower().translate(_PUNCTUATION))
    return re.sub(r"\s+", " ", _LOOSE_DASH.sub("", spaced)).strip()
