"""Claims as schema.org ClaimReview, the form in which fact checks are exchanged and search engines read them."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from bot.public_paths import path_of
from bot.settings import Service
from bot.wording import VERDICTS
from knowledge.claim import Claim, Verdict

# 1 is worst, 5 is best (developers.google.com/search/docs/appearance/structured-data/factcheck). A claim about which
# nothing is decided has words only: any number would be a verdict.
RATINGS: Mapping[Verdict, int] = MappingProxyType({Verdict.FALSE: 1, Verdict.MISLEADING: 2, Verdict.TRUE: 5})
WORST, BEST = 1, 5


def claim_reviews(claims: Iterable[Claim], service: Service) -> dict[str, Any]:
    """One JSON-LD document with a ClaimReview for each claim."""
    return {"@context": "https://schema.org", "@graph": [claim_review(claim, service) for claim in claims]}


def claim_review(claim: Claim, service: Service) -> dict[str, Any]:
    """One ClaimReview; the office is its author."""
    address = f"{service.public_url}{path_of(claim)}"
    review: dict[str, Any] = {
        "@type": "ClaimReview",
        "@id": address,
        "url": address,
        "inLanguage": "zh-CN",
        "claimReviewed": claim.text,
        "reviewBody": claim.explanation,
        "author": {"@type": "GovernmentOrganization", "name": service.office},
        "reviewRating": _rating(claim.verdict),
        "itemReviewed": {"@type": "Claim", "text": claim.text, "alternateName": list(claim.phrasings)},
    }
    if claim.published_on:
        review["datePublished"] = claim.published_on.isoformat()
    if claim.validity.valid_to:
        review["expires"] = claim.validity.valid_to.isoformat()
    if claim.source:
        review["citation"] = _citation(claim)
    return review


def _rating(verdict: Verdict) -> dict[str, Any]:
    words = {"@type": "Rating", "alternateName": VERDICTS[verdict]}
    if verdict not in RATINGS:
        return words
    return {**words, "ratingValue": RATINGS[verdict], "worstRating": WORST, "bestRating": BEST}


def _citation(claim: Claim) -> dict[str, Any]:
    source = claim.source
    if source is None:
        return {}
    named = {
        "name": source.title,
        "identifier": source.document_number,
        "url": source.url,
        "datePublished": source.issued_on.isoformat() if source.issued_on else "",
    }
    return {
        "@type": "CreativeWork",
        "publisher": {"@type": "Organization", "name": source.issuer},
        **{key: value for key, value in named.items() if value},
    }
