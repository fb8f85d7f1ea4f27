"""`lexicon/contrasts.toml`, read once for all modules of the meaning-flip check."""

import tomllib
from functools import lru_cache
from typing import Any

from knowledge.vocabulary import read_lexicon


@lru_cache(maxsize=1)
def contrast_table() -> dict[str, Any]:
    return tomllib.loads(read_lexicon("contrasts.toml"))
