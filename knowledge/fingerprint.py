"""Whether files that come with the program are still those that something was made from."""

from hashlib import sha256
from importlib.resources.abc import Traversable


def folder_fingerprint(folder: Traversable) -> str:
    """Changes with the name or the content of any file that lies in `folder` itself. SHA-256, in hexadecimal digits."""
    digest = sha256()
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.is_file():
            digest.update(sha256(file.name.encode()).digest() + sha256(file.read_bytes()).digest())
    return digest.hexdigest()
