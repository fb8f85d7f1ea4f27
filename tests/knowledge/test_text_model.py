"""The classifier of texts beside scikit-learn's own fit of the same rows."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from knowledge.fitting import fit_text_model
from knowledge.style import style_features, style_names
from knowledge.text import Segmenter, normalise
from knowledge.text_model import GRAM_WEIGHT, STYLE_WEIGHT, TextModel, counted_grams, gram_table

LINES = {
    "核酸在哪里做": "question",
    "养老院让不让进去看老人": "question",
    "孕妇能打疫苗吗": "question",
    "公交车什么时候通": "question",
    "封控区怎么买菜": "question",
    "听说明天要封城，赶紧囤菜": "rumour",
    "内部消息，全县都要封了，快转发": "rumour",
    "网传喝白酒能防病毒": "rumour",
    "家人们注意了！自来水有毒！": "rumour",
    "谢谢你们，辛苦了": "chat",
    "今天天气真好啊": "chat",
    "早上好": "chat",
    "哈哈哈好的": "chat",
}
UNSEEN = ("听说要封村了", "疫苗在哪里打", "好的谢谢", "明天明天明天封城封城", "zzz qqq", "！！！", "", "龘龖")


def chosen(*kinds: str) -> tuple[list[str], list[str]]:
    kept = {text: kind for text, kind in LINES.items() if kind in kinds}
    return list(kept), list(kept.values())


def fitted(segmenter: Segmenter, *kinds: str) -> TextModel:
    texts, labels = chosen(*kinds)
    return fit_text_model(texts, labels, kinds=kinds, segmenter=segmenter)


def by_scikit_learn(
    asked: Sequence[str], kinds: tuple[str, ...], *, segmenter: Segmenter
) -> NDArray[np.float64]:
    """What scikit-learn makes of `asked` after learning the same lines, with its own TF-IDF."""
    texts, labels = chosen(*kinds)
    canonicals = [segmenter.canonical(normalise(text)) for text in texts]
    tf_idf = TfidfVectorizer(analyzer=counted_grams, min_df=2, sublinear_tf=True).fit(canonicals)
    scaler = StandardScaler().fit(styles(texts, segmenter))

    def rows(some: Sequence[str]) -> csr_matrix:
        grams = tf_idf.transform([segmenter.canonical(normalise(text)) for text in some])
        style = scaler.transform(styles(some, segmenter))
        return hstack([csr_matrix(style * STYLE_WEIGHT), grams * GRAM_WEIGHT]).tocsr()

    model = LogisticRegression(C=1.0, max_iter=4000, class_weight="balanced").fit(rows(texts), labels)
    assert tuple(model.classes_) == kinds
    probable: NDArray[np.float64] = model.predict_proba(rows(asked))
    return probable


def styles(texts: Sequence[str], segmenter: Segmenter) -> NDArray[np.float64]:
    normals = [normalise(text) for text in texts]
    return np.asarray([style_features(one, segmenter.canonical(one), segmenter=segmenter) for one in normals])


@pytest.mark.parametrize("kinds", [("chat", "rumour"), ("chat", "question", "rumour")])
def test_a_text_is_as_probable_as_scikit_learn_says(kinds: tuple[str, ...], segmenter: Segmenter) -> None:
    model = fitted(segmenter, *kinds)
    asked = [*chosen(*kinds)[0], *UNSEEN]

    ours = [list(model.probabilities(text, segmenter=segmenter).values()) for text in asked]

    assert np.asarray(ours) == pytest.approx(by_scikit_learn(asked, kinds, segmenter=segmenter), abs=1e-6)


@pytest.mark.parametrize("kinds", [("chat", "rumour"), ("chat", "question", "rumour")])
def test_probabilities_of_all_kinds_sum_to_one(kinds: tuple[str, ...], segmenter: Segmenter) -> None:
    model = fitted(segmenter, *kinds)

    for text in UNSEEN:
        probable = model.probabilities(text, segmenter=segmenter)
        assert tuple(probable) == kinds
        assert sum(probable.values()) == pytest.approx(1)
        assert all(0 <= chance <= 1 for chance in probable.values())


def test_lines_like_those_learnt_are_told_apart(segmenter: Segmenter) -> None:
    model = fitted(segmenter, "chat", "question", "rumour")

    def kind(text: str) -> str:
        probable = model.probabilities(text, segmenter=segmenter)
        return max(probable, key=probable.__getitem__)

    assert kind("听说要封城，快转发") == "rumour"
    assert kind("疫苗在哪里打") == "question"
    assert kind("谢谢，辛苦了") == "chat"


def test_grams_never_learnt_change_nothing(segmenter: Segmenter) -> None:
    model = fitted(segmenter, "chat", "question", "rumour")
    strange, stranger = "龘龖", "靐齉"

    assert not set(counted_grams(strange + stranger)) & set(model.grams)
    assert model.probabilities(strange, segmenter=segmenter) == model.probabilities(
        stranger, segmenter=segmenter
    )


def test_accidents_of_typing_change_nothing(segmenter: Segmenter) -> None:
    model = fitted(segmenter, "chat", "rumour")

    assert model.probabilities("聽說明天要封城", segmenter=segmenter) == model.probabilities(
        "听说　明天\u200b要封城", segmenter=segmenter
    )


def test_a_model_comes_back_from_a_file_without_pickle_as_it_was(
    segmenter: Segmenter, tmp_path: Path
) -> None:
    model = fitted(segmenter, "chat", "question", "rumour")

    np.savez_compressed(tmp_path / "model.npz", allow_pickle=False, **model.to_arrays())
    with np.load(tmp_path / "model.npz", allow_pickle=False) as arrays:
        again = TextModel.from_arrays(arrays)

    for text in (*LINES, *UNSEEN):
        assert again.probabilities(text, segmenter=segmenter) == model.probabilities(
            text, segmenter=segmenter
        )


def test_lessons_that_lack_a_kind_are_refused_and_the_kinds_named(segmenter: Segmenter) -> None:
    texts, labels = chosen("chat", "rumour")

    with pytest.raises(ValueError, match=r"chat, rumour only.*chat, question, rumour"):
        fit_text_model(texts, labels, kinds=("chat", "question", "rumour"), segmenter=segmenter)


def test_a_lesson_that_weighs_more_counts_for_more(segmenter: Segmenter) -> None:
    texts, labels = chosen("chat", "rumour")
    weights = [50.0 if text == "早上好" else 1.0 for text in texts]

    plain = fit_text_model(texts, labels, kinds=("chat", "rumour"), segmenter=segmenter)
    weighed = fit_text_model(texts, labels, kinds=("chat", "rumour"), segmenter=segmenter, weights=weights)

    def chat(model: TextModel) -> float:
        return model.probabilities("早上好", segmenter=segmenter)["chat"]

    assert chat(weighed) > chat(plain)


def test_only_grams_of_at_least_two_texts_are_kept_and_rarer_ones_weigh_more() -> None:
    grams, idf = gram_table(["封城", "封村", "封城了"])

    assert grams == ("城", "封", "封城")
    assert idf[0] == idf[2] > idf[1] == 1.0


def test_the_model_has_a_weight_for_every_sign_of_style_and_every_gram(segmenter: Segmenter) -> None:
    model = fitted(segmenter, "chat", "question", "rumour")

    assert model.style_weights.shape == (3, len(style_names()))
    assert model.gram_weights.shape == (3, len(model.grams))
    assert len(model.idf) == len(model.grams)
