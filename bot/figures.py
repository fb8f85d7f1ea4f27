"""The figures of today and yesterday, counted again and again: yesterday's too, for what came in around midnight."""

from datetime import datetime, time, timedelta

from bot.runtime import Runtime
from bot.store import daily_figures


def count_figures(runtime: Runtime) -> None:
    """Count in a transaction that only reads, however long it takes; then write in a short one."""
    now, zone = runtime.clock(), runtime.settings.service.zone
    today = now.astimezone(zone).date()
    midnights = {
        day: datetime.combine(day, time(), tzinfo=zone) for day in (today - timedelta(days=1), today)
    }
    with runtime.database.reading() as session:
        days = {
            day: daily_figures.count_day(session, starts=midnight, ends=midnight + timedelta(days=1))
            for day, midnight in midnights.items()
        }
        at_its_end = daily_figures.count_now(session, now=now)
    with runtime.database.transaction() as session:
        for day, counts in days.items():
            daily_figures.replace(session, day, daily_figures.OF_THE_DAY, counts)
        daily_figures.replace(session, today, daily_figures.AT_ITS_END, at_its_end)
