"""The only package that imports SQLAlchemy. Functions take a session first, flush, never commit."""
