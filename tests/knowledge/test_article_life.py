import pytest

from knowledge.article_life import MOVES, ArticleState, ArticleStep, ArticleStepRefused, after, steps_from


def test_an_article_goes_from_draft_by_review_to_the_public_and_out_of_date() -> None:
    state = ArticleState.DRAFT
    for step in (ArticleStep.SUBMIT, ArticleStep.PUBLISH, ArticleStep.EXPIRE):
        state = after(state, step)
    assert state is ArticleState.EXPIRED


def test_only_publishing_leads_to_the_public() -> None:
    leading = {
        step
        for step, moves in MOVES.items()
        for source, target in moves.items()
        if target is ArticleState.PUBLISHED and source is not ArticleState.PUBLISHED
    }
    assert leading == {ArticleStep.PUBLISH}


def test_a_draft_is_not_published_unseen() -> None:
    with pytest.raises(ArticleStepRefused, match="draft"):
        after(ArticleState.DRAFT, ArticleStep.PUBLISH)


@pytest.mark.parametrize("step", [ArticleStep.EDIT, ArticleStep.SUBMIT, ArticleStep.SEND_BACK])
def test_what_is_written_for_a_published_article_leaves_it_published(step: ArticleStep) -> None:
    assert after(ArticleState.PUBLISHED, step) is ArticleState.PUBLISHED


def test_an_edit_takes_an_article_back_out_of_review() -> None:
    assert after(ArticleState.IN_REVIEW, ArticleStep.EDIT) is ArticleState.DRAFT


def test_a_withdrawn_article_can_only_be_written_anew() -> None:
    assert steps_from(ArticleState.WITHDRAWN) == (ArticleStep.EDIT,)


@pytest.mark.parametrize("state", list(ArticleState))
def test_something_can_be_done_with_every_article(state: ArticleState) -> None:
    assert steps_from(state)
