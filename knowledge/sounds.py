"""How characters sound: people type 和酸 for 核酸 and 健康马 for 健康码, and a voice transcript writes what it hears.

Sounds are compared without tones, and as they are heard in the north-west: 在 and 债, 林 and 零 sound alike. Where one word
alone stands in place of another, tones count as well: 盐 is not 烟.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import distribution
from pathlib import Path

_FIRST, _LAST = 0x4E00, 0x9FA5
_PRIVATE_USE = 0xE000
_MERGED = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_NASAL = re.compile(r"(?<=[aei])ng$")


@dataclass(frozen=True, slots=True)
class _Heard:
    """For each Chinese character one private character that stands for its most common sound, and one for the same with its
    tone.
    """

    plain: Mapping[int, str]
    toned: Mapping[int, str]


@lru_cache(maxsize=1)
def _heard() -> _Heard:
    readings_of = _pinyin()
    syllables: dict[str, str] = {}
    plain, toned = {}, {}
    for code in range(_FIRST, _LAST + 1):
        readings = readings_of.get(str(code), "")
        if readings:
            reading = readings.split(",")[0]
            plain[code] = syllables.setdefault(_plain(reading), chr(_PRIVATE_USE + len(syllables)))
            toned[code] = syllables.setdefault(reading, chr(_PRIVATE_USE + len(syllables)))
    return _Heard(plain, toned)


def _pinyin() -> dict[str, str]:
    """pypinyin's table, by a character's number; read from its file, for the package itself would load all its phrases, which
    are 44 MB a process and a quarter of a second at every start.
    """
    table = Path(str(distribution("pypinyin").locate_file("pypinyin/pinyin_dict.json")))
    readings: dict[str, str] = json.loads(table.read_text(encoding="utf-8"))
    return readings


@lru_cache(maxsize=2_048)
def _plain(syllable: str) -> str:
    """Without tone and with the differences that are not heard taken out. Of twenty thousand characters each syllable comes
    ten times.
    """
    letters = "".join(
        char for char in unicodedata.normalize("NFD", syllable) if not unicodedata.combining(char)
    )
    for written, heard in _MERGED:
        letters = letters.replace(written, heard)
    return _NASAL.sub("n", letters)


def sound_of(text: str) -> str:
    """`text` with each Chinese character replaced by its sound: equal strings sound alike."""
    return text.translate(_heard().plain)


def are_homophones(one: str, other: str) -> bool:
    """Whether one may have been typed for the other: the same sounds in the same tones. 买 and 卖 are two things."""
    return one.translate(_heard().toned) == other.translate(_heard().toned)


@lru_cache(maxsize=8_192)
def sound_of_word(word: str) -> str:
    """The same of a single word: there are few, and they come again."""
    return sound_of(word)
