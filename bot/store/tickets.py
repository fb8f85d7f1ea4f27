"""Numbers residents ask with: one counter for reports, questions and appeals, so that nobody need know which it is."""

from sqlalchemy.orm import Session

from bot.store.tables import TicketRow


def next_number(session: Session, kind: str) -> int:
    """A number nobody has had."""
    ticket = TicketRow(kind=kind)
    session.add(ticket)
    session.flush()
    return ticket.number
