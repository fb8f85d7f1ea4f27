"""Sending: one batch, one platform call, and what became of it."""
