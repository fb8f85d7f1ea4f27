"""Unanswered questions on the desk (being written by the knowledge desk helper, with its console pages)."""
