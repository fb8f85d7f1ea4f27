"""One text in five is never trained on: the same ones for every version, so that versions are measured on equal terms."""

from hashlib import sha256

from knowledge.text import bare, normalise

ONE_IN = 5


def is_held_back(text: str) -> bool:
    """By the hash of its letters: two copies of a text that differ in punctuation stay on one side."""
    return sha256(bare(normalise(text)).encode()).digest()[0] % ONE_IN == 0


def is_taught(text: str) -> bool:
    """The other four."""
    return not is_held_back(text)
