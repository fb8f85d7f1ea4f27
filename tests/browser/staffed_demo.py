"""The demo, which also writes down who may sign a staff command: passwords are new at every start.

Run: python -m tests.browser.staffed_demo --port PORT --data-dir FOLDER
"""

import argparse
import json
from pathlib import Path

from bot.demo.assembly import run_demo


def main() -> None:
    """Until Ctrl-C."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--data-dir", type=Path, required=True)
    asked = parser.parse_args()
    with run_demo(asked.data_dir, port=asked.port) as demo:
        told = {role.value: {"name": name, "password": word} for name, role, word in demo.sample.passwords}
        _write_whole(asked.data_dir / "staff.json", json.dumps(told))
        demo.queue.consume(demo.worker.look_after, threads=2)


def _write_whole(path: Path, text: str) -> None:
    """Under its name only once it is whole: whoever waits for it reads it at once."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)


if __name__ == "__main__":
    main()
