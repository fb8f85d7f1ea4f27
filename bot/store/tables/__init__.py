"""SQLAlchemy rows. They never leave `bot.store`."""
