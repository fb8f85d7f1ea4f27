"""How characters sound: people type 和酸 for 核酸 and 健康马 for 健康码, and a voice transcript writes what it hears.

Sounds are compared without tones, and as they are heard in the north-west: 在 and 债, 林 and 零 sound alike.
"""

import json
import re
import unicodedata
from functools import lru_cache
from importlib.metadata import distribution
from pathlib import Path

_FIRST, _LAST = 0x4E00, 0x9FA5
_PRIVATE_USE = 0xE000
_MERGED = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_NASAL = re.compile(r"(?<=[aei])ng$")


@lru_cache(maxsize=1)
def _sounds() -> dict[int, str]:
    """For each Chinese character one private character that stands for its most common sound."""
    readings_of = _pinyin()
    syllables: dict[str, str] = {}
    table = {}
    for code in range(_FIRST, _LAST + 1):
        readings = readings_of.get(str(code), "")
        if readings:
            syllable = _plain(readings.split(",")[0])
            table[code] = syllables.setdefault(syllable, chr(_PRIVATE_USE + len(syllables)))
    return table


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
    return text.translate(_sounds())


@lru_cache(maxsize=8_192)
def sound_of_word(word: str) -> str:
    """The same of a single word: there are few, and they come again."""
    return sound_of(word)
