"""The card of a version of the models: what it was fitted on, what it reached, and which program it is for.

A card holds counts, figures and hashes, never a word of a text.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files

from knowledge.lessons import lessons_fingerprint
from knowledge.models import ANSWER_FEATURES, CLAIM_FEATURES, MODEL_NAMES
from knowledge.style import style_names
from knowledge.text import form_fingerprint

PACKAGED = "packaged"
"""The version that comes with the program and is always there."""


@dataclass(frozen=True, slots=True)
class Card:
    """`key`: the program it fits; `data`: changes with what it learnt from; `replaces`: the version that was current
    before; `files`: the SHA-256 of each model's file.
    """

    version: str
    created_at: datetime
    key: str
    data: str
    program: str
    form: str
    replaces: str
    learnt_from: Mapping[str, int]
    figures: Mapping[str, float]
    files: Mapping[str, str]

    def to_json(self) -> str:
        """As it lies beside the models."""
        content = {**asdict(self), "created_at": self.created_at.isoformat()}
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Card":
        """Raises ValueError, KeyError or TypeError when it is no card of ours."""
        content = json.loads(text)
        return cls(**{**content, "created_at": datetime.fromisoformat(content["created_at"])})


@lru_cache(maxsize=1)
def program_key() -> str:
    """Changes with everything a version of the models relies on: the lessons and weights that come with the program, how
    a text is read, and what the models look at.
    """
    parts = (lessons_fingerprint(), form_fingerprint(), style_names(), ANSWER_FEATURES, CLAIM_FEATURES)
    digest = sha256(repr(parts).encode())
    for name in MODEL_NAMES:
        digest.update(files("knowledge").joinpath("weights", f"{name}.npz").read_bytes())
    return digest.hexdigest()[:16]
