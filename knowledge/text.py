"""One normal form for whatever a resident types, and the words in it.

`normalise` keeps the meaning and drops the accidents: full width, capitals, traditional characters, emoji, invisible
characters, stray pinyin as in 「扎實(shí)」, piled-up punctuation. It is idempotent. `Segmenter` adds what needs the
lexicon: canonical wording (咋 → 怎么, 娃娃 → 孩子), words, and character n-grams.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from itertools import chain, compress
from operator import add
from sys import intern

import jieba
import opencc

from knowledge.asking import Asking, load_question_types
from knowledge.clock import as_said, with_minutes
from knowledge.concepts import load_concepts
from knowledge.cutting import Cutter
from knowledge.fingerprint import folder_fingerprint
from knowledge.numerals import to_rounded_digits
from knowledge.substitution import Substitution
from knowledge.vocabulary import Vocabulary, lines_of, load_vocabulary, read_lexicon

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńň"
_LINK = re.compile(r"(?:https?://|www\.)[!-~]+")
_PINYIN = re.compile(rf"(?<=[\u4e00-\u9fff])[(\[]\s*[a-z]*[{_TONED}][a-z{_TONED}]*\s*[)\]]")
_EMOTICON = re.compile(r"\[([\u4e00-\u9fffa-z]{1,4})\]")
_HASHTAG_END = re.compile(r"#(?=\s|$)")
_HAN_PILE = re.compile(r"([\u4e00-\u9fff])\1{2,}")
_MARK_PILE = re.compile(r"([^\w\s])\1+")
_LINE_END = re.compile(r"\s*[\r\n]\s*")
_NUMBERS_APART = re.compile(r"(?<=\d)[^\S\r\n]*+[\r\n]\s*+(?=\d)")
"""Lines that end and begin with a number: a comma between them would be one of thousands."""
_SPACE = re.compile(r"\s+")
_LOOSE_SPACE = re.compile(r"(?<![a-z0-9]) | (?![a-z0-9])")
_SETTLED = re.compile(r"(?:[0-9a-z\u4e00-\u82e6\u82e8-\u9fff]++(?:[,:](?!\d)|[.!?;%。、])?+)*+")
"""Tidied text that tidying again leaves as it is: no spaces, brackets or links, no piles of marks, no comma or colon that may stand
within a number, and no U+82E7, which OpenCC simplifies to and then simplifies further.
"""
_UNTIDY_LINE = re.compile(
    rf"^(?:(?=.*{_LINK.pattern})|(?=.*?{_HAN_PILE.pattern})|(?!{_SETTLED.pattern}(?<!,)$)).+$", re.MULTILINE
)
_NO_LETTERS = re.compile(r"[\W_]+")
_NO_LETTERS_OF_LINES = re.compile(r"[^\w\n]|_")
_CLAUSE = re.compile(r"[,;!?。、…:#|\"【】《》\[\]<>]|(?<!\d)\.|\.(?!\d)")
_FULL_WIDTH = Substitution("，！？：；％", ",!?:;%")
_QUOTES = Substitution("“”‘’「」『』﹃﹄～〜∼∶·•", '""\'\'""""""~~~:  ')
_ROUND = Substitution("º˚", "°°")
"""Signs that look like that of degrees and become letters and accents when their width is settled."""
_THOUSANDS = re.compile(r"(?<![\d,])(?:[1-9]\d?(?:,\d{3})+|[1-9]\d\d(?:,\d{3})*,000)(?![\d,])")
"""1,200 and 100,000 are one number, 110,120 are two."""
_DEGREES = re.compile(r"(?<=\d)\s?°(?:\s?c(?![a-z]))?")
_PAUSE = re.compile(r"(?<=\d)(?:\.{2,}|⋯+)(?=\d)")
_DASH = re.compile(r"(?<=\d)\s?[\u2010-\u2015\u2212\u2500\u2501]+\s?(?=\d)")
_APART_CATEGORIES = frozenset({"Cc", "Co", "Cs", "Cn", "So", "Sk"})
_UNSEEN_CATEGORIES = frozenset({"Cf", "Mn", "Me"})
"""Characters without a width of their own: what stands on either side of one stands together."""
_PROPER = ("nr", "ns", "nt", "nz", "j", "eng")
"""How jieba's dictionary tags names of people, places, bodies and other things, abbreviations and foreign words."""
_WORDS_COUNTED = 61_179_411
"""How often the words of the language were counted, all together, when the judges learnt. It stays: every word of ours that
joins the dictionary would add to it and make all others a trace rarer, which tips trees that compare a rarity.
"""

_RARITIES = 16_384
"""Words of which it is kept how much they tell: they come again."""


@lru_cache(maxsize=1)
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=1)
def _variants() -> Substitution:
    lines = lines_of(read_lexicon("variants.txt"))
    return Substitution("".join(line[0] for line in lines), "".join(line[1] for line in lines))


@lru_cache(maxsize=1)
def _emoticons() -> frozenset[str]:
    return frozenset(lines_of(read_lexicon("emoticons.txt")))


def normalise(text: str) -> str:
    """The normal form of `text`; applying it again changes nothing."""
    plain = _FULL_WIDTH(text.strip())
    if _is_tidy(plain):
        return plain.rstrip(",")
    text = _tidy(plain)
    for _ in range(len(text)):
        if _SETTLED.fullmatch(text):
            break
        tidied = _tidy(text)
        if tidied == text:
            break
        text = tidied
    return text


def normal_lines(texts: Iterable[str]) -> str:
    """The normal forms of many texts, a line each, as none of them has more. To look at all of them at once takes a tenth of the time."""
    given = _FULL_WIDTH("\n".join(normalise(text) if "\n" in text else text for text in texts))
    tidy = _UNTIDY_LINE.sub(lambda found: normalise(found[0]), given)
    lines = zip(tidy.split("\n"), _simplified(tidy).split("\n"), strict=True)
    return "\n".join(line if line == simple else normalise(line) for line, simple in lines)


def _is_tidy(text: str) -> bool:
    """Whether tidying would leave a text as it is, but for a comma at its end. Most texts are tidy, and to see that takes a third of the
    time that tidying takes.
    """
    if not _SETTLED.fullmatch(text) or _HAN_PILE.search(text) or _LINK.search(text):
        return False
    return _simplified(text) == text


def _tidy(text: str) -> str:
    text = _LINE_END.sub(",", _NUMBERS_APART.sub(";", text.strip()))
    text = _whole_numbers(_QUOTES(unicodedata.normalize("NFKC", _ROUND(text))).lower())
    text = "".join(map(_keep_visible, text))
    if not text.isascii():
        text = _PINYIN.sub("", _simplified(text))
    text = _LINK.sub(" ", text)
    text = _EMOTICON.sub(_without_emoticon, _HASHTAG_END.sub(",", text))
    text = _SPACE.sub(" ", _MARK_PILE.sub(r"\1", text))
    text = _HAN_PILE.sub(r"\1\1", _LOOSE_SPACE.sub("", text))
    return as_said(text).strip(" ,")


def _simplified(text: str) -> str:
    return _variants()(unicodedata.normalize("NFKC", _to_simplified().convert(text)))


def _whole_numbers(text: str) -> str:
    """`text` with the signs of a number as its value needs them, before they are taken for punctuation."""
    text = _THOUSANDS.sub(lambda found: found[0].replace(",", ""), text)
    return _DASH.sub("-", _PAUSE.sub("~", _DEGREES.sub("度", text)))


def _without_emoticon(found: re.Match[str]) -> str:
    return " " if found[1] in _emoticons() else found[0]


@lru_cache(maxsize=8192)
def _keep_visible(char: str) -> str:
    if char in "\n\t":
        return " "
    category = unicodedata.category(char)
    if category in _UNSEEN_CATEGORIES:
        return ""
    return " " if category in _APART_CATEGORIES else char


def bare(text: str) -> str:
    """Only letters and digits of a normal form, without spaces: what n-grams are cut from."""
    return text if text.isalnum() else _NO_LETTERS.sub("", text)


def clauses(normal: str) -> tuple[str, ...]:
    """The pieces between punctuation of a normal form, empty ones left out."""
    return tuple(piece for piece in (part.strip() for part in _CLAUSE.split(normal)) if bare(piece))


@dataclass(frozen=True, slots=True)
class Reading:
    """One text, read once: its normal form, its canonical wording, what it asks, and the telling words of its topic in their
    order. A kilobyte each, for those of known texts are kept by the hundred thousand.
    """

    normal: str
    canonical: str
    asking: Asking
    words: tuple[str, ...]


class Segmenter:
    """Reads texts with our lexicon and an own copy of jieba's dictionary. Immutable after construction, safe across threads."""

    def __init__(self, vocabulary: Vocabulary, cutter: Cutter, names: frozenset[str] = frozenset()) -> None:
        self._names = names
        self._concepts = load_concepts(vocabulary.canonical)
        self.vocabulary = vocabulary
        self.question_types = load_question_types()
        self.cutter = cutter
        self.rarity = lru_cache(maxsize=_RARITIES)(cutter.rarity)

    def canonical(self, normal: str) -> str:
        """A normal form in canonical wording: question forms, synonyms and numerals unified, punctuation dropped."""
        return self.vocabulary.canonical(bare(with_minutes(to_rounded_digits(normal))))

    def canonical_all(self, texts: Sequence[str]) -> list[str]:
        """The canonical wordings of texts, of one at least: read together, as the lines of one text."""
        counted = with_minutes(to_rounded_digits(normal_lines(texts)))
        return self.vocabulary.canonical(_NO_LETTERS_OF_LINES.sub("", counted)).split("\n")

    def grams(self, text: str) -> frozenset[str]:
        """Single characters and pairs of the canonical form: what the index stores. Cheap: no segmentation."""
        return passing_grams(self.canonical(normalise(text)))

    def read(self, text: str) -> Reading:
        """Everything matching needs to know about `text`; what has its normal form already is the same string in both."""
        normal = normalise(text)
        return self.read_normal(text if text == normal else normal)

    def read_normal(self, normal: str) -> Reading:
        """The same of a normal form, or of a stretch of one."""
        canonical = self.canonical(normal)
        return self.read_on(normal, canonical, self.question_types.read(canonical))

    def read_on(self, normal: str, canonical: str, asking: Asking) -> Reading:
        """The same of a text of which so much is known already."""
        idle = self.vocabulary.stop_words
        words = (word for word in self.cutter.cut(asking.topic) if word not in idle and not word.isspace())
        return Reading(normal, canonical, asking, tuple(dict.fromkeys(map(intern, words))))

    def kind_of(self, word: str) -> str:
        """What kind of thing a word of a canonical wording names."""
        return self._concepts.kind_of(word, is_name=self.is_name)

    def is_name(self, word: str) -> bool:
        """Whether `word` names something: a proper noun of jieba's dictionary, or a word it does not know."""
        return len(word) > 1 and (word in self._names or word not in self.cutter.frequencies)


def grams_of(*parts: str, held: frozenset[str] = frozenset()) -> frozenset[str]:
    """Single characters and pairs of the parts of a text; each is one and the same string in all texts, for they are kept by the
    hundred thousand. `held`: n-grams that are so already, among which most of these are: it saves most of the time.
    """
    passing = passing_grams(*parts)
    return frozenset((*filter(passing.__contains__, held), *map(intern, passing - held)))


def passing_grams(*parts: str) -> frozenset[str]:
    """The same of a text that nothing keeps."""
    grams = chain.from_iterable((*part, *map(add, part, part[1:])) for part in parts)
    return frozenset(grams)


def form_fingerprint() -> str:
    """Changes whenever a text could come out differently: our own reading of it, the lexicon, Unicode, OpenCC."""
    own = files("knowledge")
    digest = sha256(f"{unicodedata.unidata_version} {version('opencc')}".encode())
    for name in (
        "text.py",
        "substitution.py",
        "vocabulary.py",
        "numerals.py",
        "clock.py",
        "gram_rows.py",
        "kept_rows.py",
    ):
        digest.update(own.joinpath(name).read_bytes())
    digest.update(folder_fingerprint(own.joinpath("lexicon")).encode())
    return digest.hexdigest()


def build_segmenter() -> Segmenter:
    """An own tokenizer with our words added. Reads jieba's dictionary itself (half a second): its cache file lies in the
    shared temporary directory and would be trusted unseen.
    """
    vocabulary = load_vocabulary()
    tokenizer = jieba.Tokenizer()
    with tokenizer.get_dict_file() as file:
        tokenizer.FREQ, tokenizer.total, names = _read_dictionary(file.read().decode())
    tokenizer.initialized = True
    for word in (*vocabulary.words, *vocabulary.canonical_forms):
        tokenizer.add_word(word)
    return Segmenter(vocabulary, Cutter(tokenizer.FREQ, _WORDS_COUNTED), names)


def _read_dictionary(content: str) -> tuple[dict[str, int], int, frozenset[str]]:
    """jieba's dictionary ("word frequency tag" a line) as its tokenizer wants it: every beginning of a word is there too,
    with frequency 0. Beside it the words tagged as proper nouns.
    """
    entries = content.split()
    words, counts, tags = entries[::3], entries[1::3], entries[2::3]
    frequencies = dict(zip(words, map(int, counts), strict=True))
    proper = {tag for tag in set(tags) if tag.startswith(_PROPER)}
    names = frozenset(compress(words, map(proper.__contains__, tags)))
    total = sum(frequencies.values())
    for word in words:
        beginning = word[:-1]
        while beginning and beginning not in frequencies:
            frequencies[beginning] = 0
            beginning = beginning[:-1]
    return frequencies, total, names
