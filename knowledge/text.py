"""One normal form for whatever a resident types, and the words in it.

`normalise` keeps the meaning and drops the accidents: full width, capitals, traditional characters, emoji, invisible
characters, stray pinyin as in 「扎實(shí)」, piled-up punctuation. It is idempotent. `Segmenter` adds what needs the
lexicon: canonical wording (咋 → 怎么, 娃娃 → 孩子), words, and character n-grams.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from itertools import pairwise
from math import log

import jieba
import opencc

from knowledge.numerals import to_digits
from knowledge.vocabulary import Vocabulary, lines_of, load_vocabulary, read_lexicon

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńň"
_LINK = re.compile(r"(?:https?://|www\.)[!-~]+")
_PINYIN = re.compile(rf"(?<=[\u4e00-\u9fff])[(\[]\s*[a-z]*[{_TONED}][a-z{_TONED}]*\s*[)\]]")
_EMOTICON = re.compile(r"\[[\u4e00-\u9fff]{1,4}\]|#(?=\s|$)")
_HAN_PILE = re.compile(r"([\u4e00-\u9fff])\1{2,}")
_MARK_PILE = re.compile(r"([^\w\s])\1+")
_SPACE = re.compile(r"\s+")
_LOOSE_SPACE = re.compile(r"(?<![a-z0-9]) | (?![a-z0-9])")
_CLAUSE = re.compile(r"[,;!?。、…:\n\"]|(?<!\d)\.|\.(?!\d)")
_QUOTES = str.maketrans("“”‘’「」『』﹃﹄～〜·•", '""\'\'""""""~~  ')
_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "So", "Sk", "Mn", "Me"})
_GIVES_UP_AFTER = 8


@lru_cache(maxsize=1)
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=1)
def _variants() -> dict[int, str]:
    return str.maketrans({line[0]: line[1] for line in lines_of(read_lexicon("variants.txt"))})


def normalise(text: str) -> str:
    """The normal form of `text`; applying it again changes nothing."""
    for _ in range(_GIVES_UP_AFTER):
        tidied = _tidy(text)
        if tidied == text:
            break
        text = tidied
    return text


def _tidy(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES).lower()
    text = "".join(map(_keep_visible, text))
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _to_simplified().convert(text)).translate(_variants())
        text = _PINYIN.sub("", text)
    text = _LINK.sub(" ", text)
    text = _EMOTICON.sub(" ", text)
    text = _HAN_PILE.sub(r"\1\1", text)
    text = _MARK_PILE.sub(r"\1", text)
    text = _SPACE.sub(" ", text)
    return _LOOSE_SPACE.sub("", text).strip()


@lru_cache(maxsize=8192)
def _keep_visible(char: str) -> str:
    if char in "\n\t":
        return " "
    return " " if unicodedata.category(char) in _DROPPED_CATEGORIES else char


def bare(text: str) -> str:
    """Only letters and digits of a normal form, without spaces: what n-grams are cut from."""
    return "".join(char for char in text if char.isalnum())


def clauses(normal: str) -> tuple[str, ...]:
    """The pieces between punctuation of a normal form, empty ones left out."""
    return tuple(piece for piece in (part.strip() for part in _CLAUSE.split(normal)) if bare(piece))


@dataclass(frozen=True, slots=True)
class Reading:
    """One text, read once: its normal form, its canonical wording, the canonical form's n-grams and words."""

    normal: str
    canonical: str
    grams: frozenset[str]
    words: frozenset[str]
    asks: frozenset[str]


class Segmenter:
    """Reads texts with our lexicon and an own jieba tokenizer. Immutable after construction, safe across threads."""

    def __init__(self, vocabulary: Vocabulary, tokenizer: jieba.Tokenizer) -> None:
        self.vocabulary = vocabulary
        self._tokenizer = tokenizer

    def canonical(self, normal: str) -> str:
        """A normal form in canonical wording: question forms, synonyms and numerals unified, punctuation dropped."""
        return self.vocabulary.canonical(bare(to_digits(normal)))

    def grams(self, text: str) -> frozenset[str]:
        """Single characters and pairs of the canonical form: what the index stores. Cheap: no segmentation."""
        return _grams(self.canonical(normalise(text)))

    def read(self, text: str) -> Reading:
        """Everything matching needs to know about `text`."""
        normal = normalise(text)
        canonical = self.canonical(normal)
        words = frozenset(self._tokenizer.cut(canonical)) - self.vocabulary.stop_words
        return Reading(normal, canonical, _grams(canonical), words, self.vocabulary.question_types(canonical))

    def rarity(self, word: str) -> float:
        """How much `word` tells, in nats: rare words of the language much, common ones little (2 to 17)."""
        frequency = self._tokenizer.FREQ.get(word, 0)
        rare = log(self._tokenizer.total / (frequency + 2.0))
        return max(2.0, rare if len(word) > 1 else 0.7 * rare)


def _grams(canonical: str) -> frozenset[str]:
    pairs = map("".join, pairwise(canonical))
    return frozenset(canonical).union(pairs)


def form_fingerprint() -> str:
    """Changes whenever a text could come out differently: our own reading of it, the lexicon, Unicode, OpenCC."""
    own = files("knowledge")
    digest = sha256(f"{unicodedata.unidata_version} {version('opencc')}".encode())
    for name in ("text.py", "vocabulary.py", "numerals.py"):
        digest.update(own.joinpath(name).read_bytes())
    for lexicon in sorted(own.joinpath("lexicon").iterdir(), key=lambda file: file.name):
        if lexicon.is_file():
            digest.update(lexicon.read_bytes())
    return digest.hexdigest()


def build_segmenter() -> Segmenter:
    """An own tokenizer with our words added. Reads jieba's dictionary itself (0.5 s): its cache file lies in the
    shared temporary directory and would be trusted unseen.
    """
    vocabulary = load_vocabulary()
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word in (*vocabulary.words, *vocabulary.canonical_forms):
        tokenizer.add_word(word)
    return Segmenter(vocabulary, tokenizer)
