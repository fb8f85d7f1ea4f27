"""The evaluations through the command line: from files alone, predictions in the order of the inputs."""

import json
from pathlib import Path

import pytest

from tests.bot.commands.conftest import Dingxin
from tests.bot.commands.labelled_files import CALLS, FILES, words, write_labelled_files

FIELDS = {
    "answers": {"text", "decision", "ids", "scores"},
    "rumours": {"text", "decision", "claim_ids", "scores", "likelihood", "reasons"},
    "routing": {"text", "intent", "probability"},
    "headcounts": {"text", "kind", "total", "present", "away", "children", "elderly"},
}


@pytest.fixture
def files(folder: Path) -> Path:
    """The labelled files, in a folder with neither a configuration nor a database."""
    return write_labelled_files(folder)


@pytest.mark.parametrize("kind", CALLS)
def test_an_evaluation_needs_nothing_but_its_files(files: Path, dingxin: Dingxin, kind: str) -> None:
    result = dingxin(*words(kind), "--json", "figures.json", "--predictions", "predictions.jsonl")
    assert result.exit_code == 0, result.stderr
    figures = json.loads((files / "figures.json").read_text(encoding="utf-8"))
    predictions = [
        json.loads(line) for line in (files / "predictions.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    inputs = FILES[CALLS[kind][-1][1]]
    assert [prediction["text"] for prediction in predictions] == [one["text"] for one in inputs]
    assert all(set(prediction) == FIELDS[kind] for prediction in predictions)
    assert set(figures["time per message, median (ms)"]) == {"name", "value", "low", "high", "count"}
    assert all(name in result.stdout for name in figures)
    assert not (files / "var").exists()


@pytest.mark.parametrize("kind", CALLS)
def test_half_a_character_is_predicted_like_any_other(files: Path, dingxin: Dingxin, kind: str) -> None:
    labelled = files / f"{CALLS[kind][-1][1]}.jsonl"
    lines = labelled.read_text(encoding="utf-8").splitlines()
    odd = json.dumps({**json.loads(lines[-1]), "text": "你好\ud800"})
    labelled.write_text("\n".join([*lines[:-1], odd]) + "\n", encoding="utf-8")

    result = dingxin(*words(kind), "--json", "figures.json", "--predictions", "predictions.jsonl")

    assert result.exit_code == 0, result.stderr
    last = (files / "predictions.jsonl").read_text(encoding="utf-8").splitlines()[-1]
    assert json.loads(last)["text"] == "你好\ud800"


def test_the_right_article_and_claim_come_first(files: Path, dingxin: Dingxin) -> None:
    dingxin(*words("answers"), "--predictions", "answers.out")
    dingxin(*words("rumours"), "--predictions", "rumours.out")
    answer = json.loads((files / "answers.out").read_text(encoding="utf-8").splitlines()[0])
    rumour = json.loads((files / "rumours.out").read_text(encoding="utf-8").splitlines()[0])
    assert answer["ids"][0] == "testing"
    assert rumour["claim_ids"] == ["wine"]


def test_names_of_an_area_tree_tell_one_event_from_another(files: Path, dingxin: Dingxin) -> None:
    (files / "areas.csv").write_text(
        "code,name,kind,parent_code\n621100000000,定西市,prefecture,\n"
        "621122000000,陇西县,county,621100000000\n621102000000,安定区,county,621100000000\n",
        encoding="utf-8",
    )
    (files / "claims.jsonl").write_text(
        '{"id": "shop", "text": "安定区药店的退烧药全部下架了", "verdict": "false", "explanation": "没有。"}\n',
        encoding="utf-8",
    )
    (files / "messages.jsonl").write_text(
        '{"text": "陇西药店的退烧药全下架了，走了一圈啥都没买上"}\n', encoding="utf-8"
    )

    scores = []
    for more in ((), ("--areas", "areas.csv")):
        assert dingxin(*words("rumours"), *more, "--predictions", "out.jsonl").exit_code == 0
        found = json.loads((files / "out.jsonl").read_text(encoding="utf-8"))
        assert found["decision"] == "suspected"
        scores += found["scores"]

    without, with_areas = scores
    assert with_areas < without - 0.05


@pytest.mark.parametrize("kind", ["answers", "flips"])
def test_another_place_is_another_question(files: Path, dingxin: Dingxin, kind: str) -> None:
    (files / "areas.csv").write_text(
        "code,name,kind,parent_code\n621100000000,定西市,prefecture,\n"
        "621122000000,陇西县,county,621100000000\n621102000000,安定区,county,621100000000\n",
        encoding="utf-8",
    )
    there, here = "安定区哪里可以做核酸", "陇西做核酸到哪里去做"
    article = {"id": "testing", "question": there, "answer": "在村口。"}
    for name, line in (
        ("articles", article),
        ("queries", {"text": here, "relevant": []}),
        ("pairs", {"left": here, "right": there, "flipped": True}),
    ):
        (files / f"{name}.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    call = words(kind) if kind in CALLS else ["evaluate", kind, "--pairs", "pairs.jsonl"]

    found = []
    for more in ((), ("--areas", "areas.csv")):
        assert dingxin(*call, *more, "--predictions", "out.jsonl").exit_code == 0
        found.append(json.loads((files / "out.jsonl").read_text(encoding="utf-8")))

    assert found[0] != found[1]
    assert found[1]["decision"] != "answer"


def test_a_fault_in_an_area_tree_is_told_with_its_line(files: Path, dingxin: Dingxin) -> None:
    (files / "areas.csv").write_text(
        "code,name,kind,parent_code\n6211,定西市,prefecture,\n", encoding="utf-8"
    )

    result = dingxin(*words("answers"), "--areas", "areas.csv")

    assert result.exit_code == 1
    assert "areas.csv:2" in result.stderr


def test_a_figure_of_nothing_is_null_in_json(files: Path, dingxin: Dingxin) -> None:
    (files / "queries.jsonl").write_text('{"text": "猪肉多少钱", "relevant": []}\n', encoding="utf-8")
    dingxin(*words("answers"), "--json", "figures.json")
    text = (files / "figures.json").read_text(encoding="utf-8")
    assert "NaN" not in text
    assert json.loads(text)["recall@1"]["value"] is None


def test_the_configured_threshold_decides(files: Path, dingxin: Dingxin) -> None:
    (files / "config.toml").write_text("[answering]\nanswer_at = 1.0\noffer_at = 1.0\n", encoding="utf-8")
    dingxin(*words("answers"), "--predictions", "out.jsonl")
    lines = (files / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert all(json.loads(line)["decision"] == "unknown" for line in lines)


@pytest.mark.parametrize("kind", CALLS)
def test_every_fault_of_a_labelled_file_is_told(files: Path, dingxin: Dingxin, kind: str) -> None:
    name = CALLS[kind][-1][1]
    (files / f"{name}.jsonl").write_text('{"text": 1}\nnonsense\n', encoding="utf-8")
    result = dingxin(*words(kind))
    assert result.exit_code == 1
    assert f"{name}.jsonl:1: text: must be text" in result.stderr
    assert f"{name}.jsonl:2: is not JSON at column 1" in result.stderr


def test_a_missing_file_is_bad_usage(files: Path, dingxin: Dingxin) -> None:
    (files / "queries.jsonl").unlink()
    result = dingxin(*words("answers"))
    assert result.exit_code == 2
    assert "'queries.jsonl' does not exist" in result.stderr


def test_the_threshold_for_a_precision_is_looked_for_as_asked(files: Path, dingxin: Dingxin) -> None:
    assert "threshold for precision 0.95" in dingxin(*words("answers")).stdout
    dingxin(*words("answers"), "--precision", "0.5", "--json", "figures.json")
    figures = json.loads((files / "figures.json").read_text(encoding="utf-8"))
    assert figures["share answered at precision 0.5"]["value"] > 0


@pytest.mark.parametrize("kind", ["answers", "rumours", "routing"])
def test_thresholds_and_reliability_are_in_the_table_and_in_the_file(
    files: Path, dingxin: Dingxin, kind: str
) -> None:
    (files / "config.toml").write_text(
        "[answering]\nanswer_at = 0.9\n[rumours]\nknown_at = 0.9\n", encoding="utf-8"
    )
    result = dingxin(*words(kind), "--json", "figures.json")
    figures = json.loads((files / "figures.json").read_text(encoding="utf-8"))
    in_force = {
        name: figure["value"] for name, figure in figures.items() if name.startswith("threshold in force")
    }
    assert 0.9 in in_force.values()
    bins = [figure for name, figure in figures.items() if name.startswith("reliability")]
    assert len(bins) == 10
    assert sum(figure["count"] for figure in bins) == figures["expected calibration error"]["count"]
    assert all("predicted" in figure for figure in bins)
    assert "reliability 0.9-1.0" in result.stdout


def test_flips_are_measured_from_a_file_of_pairs(files: Path, dingxin: Dingxin) -> None:
    pairs = [
        {"left": "明天不封城", "right": "明天要封城", "flipped": True},
        {"left": "在哪里做核酸检测", "right": "请问在哪里做核酸检测", "flipped": False},
    ]
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in pairs)
    (files / "pairs.jsonl").write_text(lines, encoding="utf-8")
    result = dingxin(
        "evaluate", "flips", "--pairs", "pairs.jsonl", "--json", "f.json", "--predictions", "p.jsonl"
    )
    assert result.exit_code == 0, result.output
    figures = json.loads((files / "f.json").read_text(encoding="utf-8"))
    assert figures["flipped: answered by the wrong partner"]["value"] == 0
    assert figures["flipped: vetoed"]["value"] == 1
    assert figures["paraphrase: offered its partner"]["value"] == 1
    predictions = [json.loads(line) for line in (files / "p.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [one["text"] for one in predictions] == ["明天不封城", "在哪里做核酸检测"]
