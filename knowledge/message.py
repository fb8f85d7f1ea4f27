"""One message with all that is read of it: answering, the rumour check and routing look at the same readings."""

from dataclasses import dataclass
from functools import cached_property

from knowledge.cues import load_cues
from knowledge.profile import Profile, Profiler
from knowledge.style import style_of
from knowledge.text import normalise
from knowledge.text_model import Sample


@dataclass(frozen=True)
class Message:
    """What somebody wrote; each reading of it is worked out when first asked for and once only."""

    text: str
    profiler: Profiler

    @cached_property
    def normal(self) -> str:
        return normalise(self.text)

    @cached_property
    def cues(self) -> frozenset[str]:
        """Names of the cues of hearsay in it."""
        return load_cues().found_in(self.normal)

    @cached_property
    def profile(self) -> Profile:
        return self.profiler.profile(self.text)

    def profile_of(self, part: str) -> Profile:
        """That of a part of the normal form; often it is all of it."""
        return self.profile if part == self.normal else self.profiler.profile(part)

    @cached_property
    def sample(self) -> Sample:
        """What the text models look at."""
        segmenter = self.profiler.segmenter
        canonical = segmenter.canonical(self.normal)
        asking = segmenter.question_types.read(canonical)
        return Sample(canonical, style_of(self.normal, cues=self.cues, asking=asking))
