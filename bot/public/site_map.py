"""What search engines are told: which pages there are, and that nothing else is for them."""

from flask import Response, render_template

from bot.public.reader import STEADY_SECONDS, Page, Reader, answer
from bot.store import public_claims

XML, TEXT = "application/xml; charset=utf-8", "text/plain; charset=utf-8"
MOST = 5_000
"""Claims in the map: the newest; older ones are found through the list. A tenth of what the protocol allows."""
ALWAYS = (
    "/p/",
    "/p/rumours",
    "/p/corrections",
    "/p/letter",
    "/p/guidance/wedding",
    "/p/guidance/funeral",
)


def site_map(reader: Reader) -> Response:
    """sitemaps.org's form."""
    with reader.runtime.database.reading() as session:
        claims = public_claims.map_of_public(session, day=reader.today, most=MOST)
    xml = render_template("public/sitemap.xml", always=ALWAYS, claims=claims, reader=reader)
    return answer(xml, content_type=XML, seconds=STEADY_SECONDS)


def robots(reader: Reader) -> Response:
    """Everybody may read what is public; the console and the interface are nobody's business."""
    text = f"User-agent: *\nAllow: /p/\nDisallow: /\n\nSitemap: {reader.address('/p/sitemap.xml')}\n"
    return answer(text, content_type=TEXT, seconds=STEADY_SECONDS)


PAGES = (
    Page("/p/sitemap.xml", "site_map", site_map, keeps_size=False),
    Page("/robots.txt", "robots", robots, keeps_size=False),
)
