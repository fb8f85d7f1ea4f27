"""What a verdict rests on: put down with a copy, and the copy taken out again."""

from datetime import date

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from bot.access import Permission
from bot.console.claim_words import FAULTS
from bot.console.routing import Route
from bot.console.small_forms import complain, said
from bot.console.visit import Visit
from bot.errors import Unacceptable
from bot.office import evidence as office
from knowledge.article import Source

PASTED = "text/plain"
# The file and the fields beside it.
LARGEST_BODY = office.LARGEST + 1_000_000


def add(visit: Visit, claim_id: str) -> ResponseReturnValue:
    """An uploaded file, or the page as it was pasted; either may be left out."""
    content, media_type, file_name = _copy()
    source = Source(
        said("issuer")[:120],
        title=said("title")[:300],
        document_number=said("document_number")[:80],
        url=said("url")[:1000] if said("url").startswith(("http://", "https://")) else "",
        issued_on=_day("issued_on"),
    )
    try:
        office.add(
            visit.act,
            claim_id,
            source,
            expires_on=_day("expires_on"),
            content=content,
            media_type=media_type,
            file_name=file_name,
        )
    except Unacceptable as error:
        complain(visit, error, FAULTS)
    else:
        visit.say("证据已加上。")
    return redirect(url_for("console.claims_show", claim_id=claim_id))


def snapshot(visit: Visit, claim_id: str, sha256: str) -> ResponseReturnValue:
    """A download, whatever it is: somebody else's page is never shown as one of ours."""
    kept = office.read_snapshot(visit.act, claim_id, sha256)
    response = Response(kept.content, content_type="application/octet-stream")
    ending = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "text/html": "html"}
    name = f"{sha256[:12]}.{ending.get(kept.media_type, 'txt')}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _copy() -> tuple[bytes, str, str]:
    file = request.files.get("file")
    if file is not None and file.filename:
        return file.stream.read(office.LARGEST + 1), file.mimetype, file.filename
    pasted = said("pasted")
    return (pasted.encode(), PASTED, "") if pasted else (b"", "", "")


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(said(name))
    except ValueError:
        return None


ROUTES = (
    Route(
        "/claims/<claim_id>/evidence",
        "claims.evidence",
        add,
        Permission.CLAIM_REVIEW,
        ("POST",),
        LARGEST_BODY,
    ),
    Route("/claims/<claim_id>/evidence/<sha256>", "claims.snapshot", snapshot, Permission.CLAIM_READ),
)
