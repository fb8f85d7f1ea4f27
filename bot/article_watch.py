"""Articles by the calendar: somebody hears three days before one ends, and what is over is marked as expired.

Neither is what keeps an expired rule from being given as current: the day is looked at with every question. It keeps the lists
honest, and a person ahead of it.
"""

from datetime import timedelta

import structlog

from bot.runtime import Runtime
from bot.store import article_files, audit
from bot.store.office_alerts import OfficeAlert, raise_office_alert

log = structlog.get_logger()

NOTICE = timedelta(days=3)
MOST_AT_ONCE = 500


def watch_articles(runtime: Runtime) -> None:
    """Expire what is over, and tell the office of what ends within three days, each once a version."""
    now = runtime.clock()
    today = now.astimezone(runtime.settings.service.zone).date()
    with runtime.database.transaction() as session:
        expired = article_files.expire_before(session, today, now=now)
        for article_id in expired:
            audit.record(
                session,
                at=now,
                actor=audit.SCHEDULER,
                action="article.expire",
                subject=f"article {article_id}",
            )
    # By itself: whoever has the trail's turn takes no more articles.
    with runtime.database.transaction() as session:
        ending = article_files.ending_by(session, today + NOTICE, limit=MOST_AT_ONCE)
        for file in ending:
            subject = f"article {file.id} {file.shown.validity.valid_to}"
            raise_office_alert(session, OfficeAlert.EXPIRING, subject, now=now)
        article_files.note_told(session, (file.id for file in ending), now=now)
    if expired or ending:
        log.info("articles_watched", expired=len(expired), ending=len(ending))
