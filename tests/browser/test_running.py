"""What a running demo tells a test."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.browser.running import RunningDemo


def test_the_staff_are_waited_for_when_the_demo_answers_before_it_has_written_them_down(
    tmp_path: Path,
) -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    demo = RunningDemo("http://127.0.0.1:1", tmp_path, process)
    told = {"editor": {"name": "示例编辑", "password": "示例口令"}}
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(demo.staff)
        assert not asked.done()
        (tmp_path / "unfinished").write_text(json.dumps(told), encoding="utf-8")
        (tmp_path / "unfinished").replace(tmp_path / "staff.json")
        assert asked.result(timeout=30) == told
    process.wait()
