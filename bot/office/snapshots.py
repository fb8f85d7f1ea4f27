"""Copies of pages and files that articles and verdicts cite, as a colleague uploads them.

A copy is uploaded or pasted by a person. The program fetches no address itself: what stands behind a link given by somebody
else is not to be opened from inside the office's network.
"""

from dataclasses import dataclass

from bot.errors import Unacceptable
from bot.office.act import Act
from bot.store.snapshots import keep_snapshot

LARGEST = 5 * 1024 * 1024
LONGEST_NAME = 200
# What each kind begins with; text begins with anything.
KINDS = {
    "application/pdf": b"%PDF",
    "image/png": b"\x89PNG",
    "image/jpeg": b"\xff\xd8\xff",
    "text/plain": b"",
    "text/html": b"",
}


@dataclass(frozen=True, slots=True)
class Copy:
    """What was uploaded, and what it says it is."""

    content: bytes
    media_type: str
    file_name: str = ""


def keep(act: Act, copy: Copy, *, url: str) -> str:
    """Keep it; its hash. Raises Unacceptable for a file too large, or of another kind than it says."""
    if len(copy.content) > LARGEST:
        raise Unacceptable({"file": f"at most {LARGEST // 1024 // 1024} MiB"})
    if copy.media_type not in KINDS:
        raise Unacceptable({"file": f"one of {', '.join(KINDS)}"})
    if not copy.content.startswith(KINDS[copy.media_type]):
        raise Unacceptable({"file": f"is no {copy.media_type}"})
    return keep_snapshot(
        act.session,
        copy.content,
        media_type=copy.media_type,
        file_name=copy.file_name[:LONGEST_NAME],
        url=url,
        by=act.member.name,
        now=act.now,
    )
