"""What is handed to nginx, systemd and Docker keeps the house rules too."""

import configparser
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
ROLES = {"web", "worker", "scheduler"}


def test_no_log_of_nginx_can_hold_a_query_string() -> None:
    text = (DEPLOY / "nginx.conf").read_text()
    (form,) = re.findall(r"log_format dingxin '(.*)';", text)
    assert re.findall(r"\$(request|args|query_string|request_uri|http_referer|arg_\w+)\b", form) == []
    servers = text.count("server {\n    listen")
    assert len(re.findall(r"access_log \S+ dingxin;", text)) == servers
    assert len(re.findall(r"error_log \S+ crit;", text)) == servers


def test_only_what_the_world_may_see_is_passed_on() -> None:
    text = (DEPLOY / "nginx.conf").read_text()
    passed = re.findall(r"location =? ?(/\S*)\s*\{ proxy_pass", text)
    assert passed == ["/wechat", "/wecom", "/p/", "/grid/", "/api/", "/robots.txt", "/healthz"]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_starts_a_command_there_is_and_leaves_it_time_to_stop(unit: Path) -> None:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign] # systemd's keys have capitals
    parser.read_string(unit.read_text())
    service = parser["Service"]
    words = service["ExecStart"].split()[1:]
    assert words[0] in {"run", *ROLES}
    assert find_spec(f"bot.commands.{words[0]}")
    assert int(service["TimeoutStopSec"]) > 10
    assert service["RestartPreventExitStatus"] == "2"
    assert service["User"] == "dingxin"


def test_there_is_a_unit_for_one_machine_and_one_for_each_role() -> None:
    assert {unit.stem for unit in UNITS} == {"dingxin", *(f"dingxin-{role}" for role in ROLES)}


def test_the_compose_file_runs_every_role() -> None:
    text = (DEPLOY / "compose.yaml").read_text()
    assert set(re.findall(r"command: \[(\w+)\]", text)) == {"init", *ROLES}
