"""A claim's public address, wherever it is written."""

from bot.claim_review import claim_review
from bot.public_paths import path_of
from bot.settings import Service
from knowledge.claim import Claim, Verdict

AWKWARD = Claim("封路 2022?", "通渭县封路", Verdict.FALSE, "没有封路。")
PATH = "/p/rumours/%E5%B0%81%E8%B7%AF%202022%3F"


def test_an_address_holds_no_sign_that_would_lead_elsewhere() -> None:
    assert path_of(AWKWARD) == PATH


def test_the_review_that_search_engines_read_has_the_address_residents_are_sent() -> None:
    review = claim_review(AWKWARD, Service(public_url="https://dingxin.example.gov.cn"))

    assert review["url"] == review["@id"] == f"https://dingxin.example.gov.cn{PATH}"
