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
        (asked.data_dir / "staff.json").write_text(json.dumps(told), encoding="utf-8")
        demo.queue.consume(demo.worker.look_after, threads=2)


if __name__ == "__main__":
    main()
