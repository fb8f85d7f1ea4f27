"""公开辟谣: the list and its search, the page of a claim with its card, and what was corrected."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from flask import Response, request

from bot import wording
from bot.claim_review import claim_review
from bot.errors import NotFound, Unacceptable
from bot.handlers.offices import cite, written
from bot.handlers.verdicts import holds_in
from bot.public.cards import Card
from bot.public.explanation import in_parts
from bot.public.labels import TOPICS
from bot.public.reader import PAGE_SECONDS, Page, Reader, answer
from bot.public_paths import path_of
from bot.store import public_claims
from bot.store.areas import Area
from bot.store.pages import Wanted
from bot.store.public_claims import PublicClaim, PublicState, PublicVersion, Sought
from knowledge.claim import Topic
from knowledge.library import Library
from knowledge.verdict_text import Explanation

PNG = "image/png"
LINES, FEWER = 20, 5
LONGEST_SEARCH = 60
# Of what a search finds, only what is about as good as the best: the rest shares a few characters with it.
FOUND, WORTH_SHOWING = 40, 0.45


@dataclass(frozen=True, slots=True)
class Correction:
    """A claim that was corrected, what is public of it now, and what was before."""

    public: PublicClaim
    current: PublicVersion | None
    before: PublicVersion | None


def index(reader: Reader) -> Response:
    """What is here, and the newest few."""
    with reader.runtime.database.reading() as session:
        page = public_claims.page_of_public(session, Sought(), day=reader.today, wanted=Wanted(limit=FEWER))
    return reader.page("index.html", {"newest": page.items}, path="/p/")


def rumours(reader: Reader) -> Response:
    """A page of the list, newest first, or what a search finds."""
    topic, area, words = _topic(), reader.area(), request.args.get("q", "").strip()[:LONGEST_SEARCH]
    with reader.runtime.database.reading() as session:
        if words:
            ids = _search(reader.runtime.library.get(), words)
            found, following = public_claims.public_among(session, ids, day=reader.today)[:LINES], ""
        else:
            wanted = Wanted(cursor=request.args.get("cursor", ""), limit=LINES)
            sought = Sought(topic, _path(reader, area))
            page = public_claims.page_of_public(session, sought, day=reader.today, wanted=wanted)
            found, following = page.items, page.following
    context = {
        "found": found,
        "following": following,
        "topic": topic,
        "area": area,
        "words": words,
        "counties": _counties(reader),
        "later": "cursor" in request.args,
    }
    return reader.page("rumours.html", context, path="/p/rumours")


def rumour(reader: Reader, claim_id: str) -> Response:
    """One claim in full; 410 with a plain word once it does not stand any more. Raises NotFound."""
    with reader.runtime.database.reading() as session:
        public = public_claims.find_public(session, claim_id, day=reader.today)
        versions = public_claims.published_versions(session, [public])[claim_id]
    if public.state is not PublicState.HOLDS:
        return _gone(reader, public)
    current, *earlier = _now_and_before(public, versions)
    parts = _parts(public, current)
    context = {
        "public": public,
        "claim": public.claim,
        "current": current,
        "earlier": earlier,
        "parts": parts,
        "forward": _forward(reader, public, parts),
        "card_address": reader.address(f"{path_of(public.claim)}/card.png"),
        "review": _review(reader, public, current),
    }
    return reader.page("rumour.html", context, path=path_of(public.claim), changed_at=public.updated_at)


def card(reader: Reader, claim_id: str) -> Response:
    """The picture to pass on. Raises NotFound; also where no font was found to draw it with."""
    with reader.runtime.database.reading() as session:
        public = public_claims.find_public(session, claim_id, day=reader.today)
        versions = public_claims.published_versions(session, [public])[claim_id]
    if reader.site.press is None:
        raise NotFound("there is no font for cards on this machine")
    if public.state is not PublicState.HOLDS:
        return _gone(reader, public)
    current, *_ = _now_and_before(public, versions)
    png = reader.site.press.png(_card(reader, public, _parts(public, current)))
    # Its address stays when the verdict is corrected: a picture of what was said before must not live on.
    return answer(png, content_type=PNG, seconds=PAGE_SECONDS, changed_at=public.updated_at)


def corrections(reader: Reader) -> Response:
    """What was published and then corrected, with what was said before."""
    wanted = Wanted(cursor=request.args.get("cursor", ""), limit=LINES)
    with reader.runtime.database.reading() as session:
        page = public_claims.page_of_public(session, Sought(corrected=True), day=reader.today, wanted=wanted)
        versions = public_claims.published_versions(session, page.items)
    corrected = [_correction(one, versions[one.claim.id]) for one in page.items]
    context = {"corrected": corrected, "following": page.following}
    return reader.page("corrections.html", context, path="/p/corrections")


def _gone(reader: Reader, public: PublicClaim) -> Response:
    """It was public and does not stand any more: said plainly, for those who kept the address."""
    context = {"state": public.state}
    return reader.page("gone.html", context, path=path_of(public.claim), status=410)


def _now_and_before(public: PublicClaim, versions: Iterable[PublicVersion]) -> list[PublicVersion | None]:
    """The version that is public, None where only an import knows it; then those before, newest first."""
    known = {one.number: one for one in versions if one.number <= public.version}
    return [known.pop(public.version, None), *known.values()]


def _correction(public: PublicClaim, versions: Iterable[PublicVersion]) -> Correction:
    current, *earlier = _now_and_before(public, versions)
    return Correction(public, current, earlier[0] if earlier else None)


def _parts(public: PublicClaim, current: PublicVersion | None) -> Explanation:
    return in_parts(current.finding.explanation if current else Explanation(public.claim.explanation))


def _review(reader: Reader, public: PublicClaim, current: PublicVersion | None) -> dict[str, Any]:
    """For search engines. Without the other wordings: those are how residents put it, and only help to find it."""
    claim = replace(public.claim, phrasings=())
    review = claim_review(claim, reader.service)
    if current:
        review["dateModified"] = current.published_at.isoformat()
    return {"@context": "https://schema.org", **review}


def _topic() -> Topic | None:
    wanted = request.args.get("topic", "")
    if wanted and wanted not in TOPICS:
        raise Unacceptable({"topic": f"there is no topic {wanted}"})
    return Topic(wanted) if wanted else None


def _path(reader: Reader, area: Area | None) -> tuple[str, ...]:
    return reader.areas.path(area.code) if area else ()


def _counties(reader: Reader) -> tuple[Area, ...]:
    return tuple(
        county
        for root in reader.areas
        if root.parent_code is None
        for county in reader.areas.children(root.code)
    )


def _search(library: Library, words: str) -> list[str]:
    """Ids of claims whose wordings share most with `words`, best first."""
    hits = library.shelves.claims.index.search(library.profiler.segmenter.grams(words), limit=FOUND)
    return [hit.owner for hit in hits if hit.score >= WORTH_SHOWING * hits[0].score]


def _forward(reader: Reader, public: PublicClaim, parts: Explanation) -> str:
    """The text to pass on, with the page's address below it."""
    claim, service = public.claim, reader.service
    told = wording.FORWARD_TEXT.format(
        verdict=wording.VERDICTS[claim.verdict],
        claim=claim.text,
        gist=parts.fact,
        holds=holds_in(claim, reader.areas),
        office=service.office,
        name=service.name,
        day=written(claim.published_on or reader.today),
    )
    return f"{told}\n{reader.address(path_of(claim))}"


def _card(reader: Reader, public: PublicClaim, parts: Explanation) -> Card:
    claim, service = public.claim, reader.service
    return Card(
        verdict=claim.verdict,
        word=wording.VERDICTS[claim.verdict],
        fact=parts.fact + parts.why,
        claim=claim.text,
        source=cite(claim.source, issuer=service.office) + holds_in(claim, reader.areas),
        day=written(claim.published_on or reader.today),
        name=service.name,
        office=service.office,
        hotline=service.hotline,
        address=reader.address(path_of(claim)),
    )


PAGES = (
    Page("/p/", "index", index),
    Page("/p/rumours", "rumours", rumours),
    Page("/p/rumours/<claim_id>", "rumour", rumour),
    Page("/p/rumours/<claim_id>/card.png", "card", card, keeps_size=False),
    Page("/p/corrections", "corrections", corrections),
)
