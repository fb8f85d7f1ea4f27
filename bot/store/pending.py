"""How far a version of a claim or an article has come on its way to a second person, to and from its row."""

from bot.store.tables import ArticleVersionRow, ClaimVersionRow
from knowledge.approval import Pending


def pending_of(row: ArticleVersionRow | ClaimVersionRow) -> Pending:
    """Who wrote it, handed it over and approved it, and which bytes."""
    return Pending(
        row.fingerprint, frozenset(row.authors), row.submitted_by, row.approved_by, row.approved_at
    )


def write_pending(row: ArticleVersionRow | ClaimVersionRow, pending: Pending) -> None:
    """Put it down; the content stays."""
    row.fingerprint, row.authors = pending.fingerprint, sorted(pending.authors)
    row.submitted_by = pending.submitted_by
    row.approved_by, row.approved_at = pending.approved_by, pending.approved_at
