"""Household headcounts, pure: reading free text, the current answer, progress."""
