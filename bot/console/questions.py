"""Unanswered questions in the console (being written by the knowledge desk helper)."""
