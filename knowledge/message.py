"""One message with all that is read of it: answering, the rumour check and routing look at the same readings."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from knowledge.asking import PIECE, Asking
from knowledge.courtesies import load_courtesies
from knowledge.cues import load_cues
from knowledge.numerals import to_digits
from knowledge.profile import Profile, Profiler
from knowledge.style import style_of
from knowledge.text import bare, clauses, normalise
from knowledge.text_model import Sample
from knowledge.utterance import asks

_HAN = re.compile("[\u4e00-\u9fff]")
_SAYS_SOMETHING = 4
"""Letters of a clause that asks something by itself."""
_NAMES_SOMETHING = 2
"""Letters that are left of a question: fewer were no more than courtesy."""
_AT_MOST = 3
_LONGEST = 240
"""Characters of a question that are read."""


@dataclass(frozen=True)
class Message:
    """What somebody wrote; each reading of it is worked out when first asked for and once only."""

    text: str
    profiler: Profiler

    @cached_property
    def normal(self) -> str:
        return normalise(self.text)

    @cached_property
    def canonical(self) -> str:
        return self.profiler.segmenter.canonical(self.normal)

    @cached_property
    def asking(self) -> Asking:
        return self.profiler.segmenter.question_types.read(self.canonical)

    @property
    def is_chinese(self) -> bool:
        """Whether it has a Chinese character: no model has learnt what other texts sound like."""
        return _HAN.search(self.normal) is not None

    @cached_property
    def cues(self) -> frozenset[str]:
        """Names of the cues of hearsay in it."""
        return load_cues().found_in(self.normal)

    @cached_property
    def sample(self) -> Sample:
        """What the text models look at."""
        long = len(self.canonical) > PIECE
        asks = self.profiler.segmenter.question_types.glance(self.canonical) if long else self.asking.asks
        return Sample(self.canonical, style_of(self.normal, cues=self.cues, asks=asks))

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """Its clauses that ask something each, if there are two or three of them: who asks more tells a tale."""
        said = clauses(self.normal)
        asking = (*islice(filter(asks_something, said), _AT_MOST + 1),) if len(said) > 1 else ()
        return asking if 1 < len(asking) <= _AT_MOST else ()

    @cached_property
    def question(self) -> Profile:
        """What it asks if it is one question; of a long message the middle is left out, for what is asked stands at its beginning
        or at its end.
        """
        half = _LONGEST // 2
        long = len(self.text) > _LONGEST
        return self.asked(normalise(f"{self.text[:half]}…{self.text[-half:]}") if long else self.normal)

    def asked(self, part: str) -> Profile:
        """What a part of the normal form asks: it is compared without the courtesies around it, if that leaves anything, but
        what must not differ is told from all of it.
        """
        itself = load_courtesies().taken_from(part)
        if itself == part or len(bare(itself)) < _NAMES_SOMETHING:
            return self.profile_of(part)
        return replace(self.profiler.profile_normal(itself), whole=part)

    @cached_property
    def profile(self) -> Profile:
        reading = self.profiler.segmenter.read_on(self.normal, self.canonical, self.asking)
        return self.profiler.profile_of(reading)

    def profile_of(self, part: str) -> Profile:
        """That of a part of the normal form; often it is all of it."""
        return self.profile if part == self.normal else self.profiler.profile_normal(part)


def asks_something(clause: str) -> bool:
    """Whether a clause of a normal form asks something by itself."""
    return len(bare(clause)) >= _SAYS_SOMETHING and asks(to_digits(clause))
