"""Sets have another order under every hash seed, and so in every process."""

import os
import subprocess
import sys

SEEDS = ("1", "2", "3")


def printed_under_every_seed(program: str) -> set[str]:
    """What `program` prints, run by itself under each of three hash seeds."""
    return {
        subprocess.run(  # noqa: S603 - our own words
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in SEEDS
    }
