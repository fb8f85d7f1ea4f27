"""Where a claim is public: the one place that knows how its address is made."""

from urllib.parse import quote

from knowledge.claim import Claim


def path_of(claim: Claim) -> str:
    """Of its page, quoted: an imported claim's id may hold what no address does. What stands before it, the caller knows."""
    return f"/p/rumours/{quote(claim.id, safe='')}"
