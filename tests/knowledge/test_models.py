import tomllib
from collections.abc import Mapping
from dataclasses import replace
from fnmatch import fnmatch
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.judge import Judge
from knowledge.models import (
    ANSWER_FEATURES,
    CLAIM_FEATURES,
    FLAG_KINDS,
    MODEL_NAMES,
    OPEN_INTENTS,
    Models,
    load_models,
    models_from,
)
from knowledge.style import style_names
from knowledge.text import Segmenter
from knowledge.text_model import TextModel


@pytest.fixture(scope="module")
def models() -> Models:
    return load_models()


def test_the_judges_that_come_with_the_program_fit_the_features_it_reads(models: Models) -> None:
    assert models.answers.features == ANSWER_FEATURES
    assert models.claims.features == CLAIM_FEATURES
    for judge in (models.answers, models.claims):
        assert int(judge.trees.branches.feature.max()) < len(judge.features)
        assert len(judge.linear) in {0, len(judge.features) + 1}
        assert judge.stretch > 0


def test_the_text_models_that_come_with_the_program_fit_the_signs_it_reads(models: Models) -> None:
    for model, kinds in ((models.flag, FLAG_KINDS), (models.routing, OPEN_INTENTS)):
        assert model.kinds == kinds
        assert model.style_weights.shape == (len(kinds), len(style_names()))
        assert model.gram_weights.shape == (len(kinds), len(model.grams))


def test_no_number_of_a_packaged_model_is_endless(models: Models) -> None:
    for name, arrays in models.to_arrays().items():
        for part, array in arrays.items():
            assert array.dtype.kind in "UifbT", f"{name}: {part}"
            if array.dtype.kind == "f":
                assert np.isfinite(array).all(), f"{name}: {part}"


def test_a_packaged_judge_says_what_it_was_fitted_on(models: Models) -> None:
    assert models.answers.provenance
    assert models.claims.provenance


def test_no_two_features_have_one_name() -> None:
    assert len(set(ANSWER_FEATURES)) == len(ANSWER_FEATURES)
    assert len(set(CLAIM_FEATURES)) == len(CLAIM_FEATURES)


def test_models_come_back_from_files_as_they_were(
    models: Models, tmp_path: Path, segmenter: Segmenter
) -> None:
    for name, arrays in models.to_arrays().items():
        np.savez_compressed(tmp_path / f"{name}.npz", allow_pickle=False, **arrays)

    again = models_from(lambda name: _read(tmp_path / f"{name}.npz"))

    text = "听说明天封城，快转发"
    assert again.flag.probabilities(text, segmenter=segmenter) == models.flag.probabilities(
        text, segmenter=segmenter
    )
    rows = np.random.default_rng(1).random((20, len(ANSWER_FEATURES)))
    assert again.answers.probabilities(rows).tolist() == models.answers.probabilities(rows).tolist()


def _read(path: Path) -> Mapping[str, NDArray[Any]]:
    with np.load(path, allow_pickle=False) as arrays:
        return dict(arrays)


def test_there_is_a_packaged_file_for_each_model_and_no_other() -> None:
    found = {file.name for file in files("knowledge").joinpath("weights").iterdir()}

    assert found == {f"{name}.npz" for name in MODEL_NAMES}


def test_the_weights_are_among_the_files_a_wheel_takes_along() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["*"]

    assert any(fnmatch("answers.npz", pattern) for pattern in patterns)


def test_a_judge_of_other_features_is_refused(models: Models) -> None:
    other: Judge = replace(models.answers, features=("old", *ANSWER_FEATURES[1:]))

    with pytest.raises(ValueError, match=r"other features.*old"):
        models_from(replace(models, answers=other).to_arrays().__getitem__)


def test_a_judge_of_answers_is_no_judge_of_claims(models: Models) -> None:
    with pytest.raises(ValueError, match="other features"):
        models_from(replace(models, claims=models.answers).to_arrays().__getitem__)


def test_a_text_model_of_other_kinds_or_other_signs_is_refused(models: Models) -> None:
    shorter: TextModel = replace(models.routing, style_weights=models.routing.style_weights[:, 1:])

    for wrong in (replace(models, flag=models.routing), replace(models, routing=shorter)):
        with pytest.raises(ValueError, match="fit it again"):
            models_from(wrong.to_arrays().__getitem__)
