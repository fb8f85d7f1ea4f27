"""A community's page: whom to turn to and what one can do, with a code of the page to hang up at the gate."""

import io

import qrcode
import qrcode.image.svg
from flask import Response

from bot import answer_wording
from bot.errors import NotFound
from bot.public.reader import STEADY_SECONDS, Page, Reader, answer
from bot.store.areas import Area

PNG, SVG = "image/png", "image/svg+xml"
DOT, QUIET_ZONE = 12, 4
"""Pixels a dot, dots around the code: the least the standard asks for, so that printed codes are read."""


def community(reader: Reader, code: str) -> Response:
    """The page. Raises NotFound for anything that is no village and no neighbourhood."""
    area = _community(reader, code)
    context = {
        "area": area,
        "full_name": reader.areas.full_name(code),
        "office": answer_wording.OFFICE_OF.format(community=area.short_name),
        "risk": reader.risk_words(area),
        "address": reader.address(f"/p/communities/{code}"),
    }
    return reader.page("community.html", context, path=f"/p/communities/{code}")


def code_as_svg(reader: Reader, code: str) -> Response:
    """The page's code, sharp in any size."""
    held = io.BytesIO()
    _code(reader, code).make_image(image_factory=qrcode.image.svg.SvgPathImage).save(held)
    return answer(held.getvalue(), content_type=SVG, seconds=STEADY_SECONDS)


def code_as_png(reader: Reader, code: str) -> Response:
    """The page's code for whoever puts it into a document."""
    held = io.BytesIO()
    _code(reader, code).make_image().save(held)
    return answer(held.getvalue(), content_type=PNG, seconds=STEADY_SECONDS)


def _community(reader: Reader, code: str) -> Area:
    area = reader.areas.get(code)
    if area is None or not area.is_community:
        raise NotFound("there is no such community")
    return area


def _code(reader: Reader, code: str) -> qrcode.QRCode:
    area = _community(reader, code)
    drawn = qrcode.QRCode(border=QUIET_ZONE, box_size=DOT, error_correction=qrcode.ERROR_CORRECT_M)
    drawn.add_data(reader.address(f"/p/communities/{area.code}"))
    return drawn


PAGES = (
    Page("/p/communities/<code>", "community", community),
    Page("/p/communities/<code>/qr.svg", "code_as_svg", code_as_svg, keeps_size=False),
    Page("/p/communities/<code>/qr.png", "code_as_png", code_as_png, keeps_size=False),
)
