"""The second look before something is given: does a message mean what it looks like? (docs/adr/0051)"""

from knowledge.article import Article
from knowledge.claim import Claim
from knowledge.exchanges import Comparison
from knowledge.profile import Profiler
from knowledge.retrieval import Scored
from knowledge.sameness import Sameness


def means_something_else(
    scored: Scored[Article] | Scored[Claim], least: float, *, profiler: Profiler, sameness: Sameness
) -> bool:
    """Whether with no wording it means the same with the probability `least`: an article answers more than its title asks, and a claim
    goes round in many words. The closest, which settles it most of the time, is looked at first, then the few that differ least.
    """
    pair = scored.pair
    if sameness.probability(pair.comparison, scored.features.tolist()) >= least:
        return False
    others = [Comparison(pair.message, profiler.known(text)) for text in pair.item.texts if text != pair.text]
    return not sameness.any_reaches(least, others)
