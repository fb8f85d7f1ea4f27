"""What is no fault in a set of articles, but somebody should look at before publishing."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from knowledge.article import Article
from knowledge.text import bare, normalise


def remarks_on(articles: Sequence[Article], *, day: date) -> Iterator[str]:
    """A sentence each; `day` is a date in Asia/Shanghai."""
    for article in articles:
        if article.source is None:
            yield f"{article.id}: has no source, so it is not shown as official"
        if article.validity.valid_to is not None and article.validity.valid_to < day:
            yield f"{article.id}: held until {article.validity.valid_to} and is never given as current"
    yield from _shared_wordings(articles)


def _shared_wordings(articles: Sequence[Article]) -> Iterator[str]:
    """Two articles for one area with one wording compete: neither can be found by it for sure."""
    owners: dict[tuple[str, str], list[str]] = defaultdict(list)
    for article in articles:
        for wording in dict.fromkeys(bare(normalise(text)) for text in article.texts):
            owners[wording, article.scope.area_code].append(article.id)
    for (wording, _), ids in owners.items():
        if len(ids) > 1:
            yield f"{', '.join(ids)}: share the wording {wording}"
