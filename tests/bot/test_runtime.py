"""What is built once agrees with what was measured."""

from bot.runtime import Runtime, scene_of
from bot.settings import Settings
from bot.store.vault import Vault
from knowledge.thresholds import DEFAULTS


def test_the_settings_say_what_was_measured() -> None:
    assert Settings().answering.answer_at == DEFAULTS.answer
    assert Settings().answering.reworded_at == DEFAULTS.reworded
    assert Settings().answering.offer_at == DEFAULTS.choice
    assert Settings().rumours.known_at == DEFAULTS.known
    assert Settings().rumours.known_asked_at == DEFAULTS.known_asked
    assert Settings().rumours.suspect_at == DEFAULTS.suspected


def test_thresholds_follow_the_settings() -> None:
    answering = Settings().answering.model_copy(update={"answer_at": 0.99, "choices": 3})
    settings = Settings().model_copy(update={"answering": answering})

    thresholds = Runtime.thresholds.fget(_with(settings))  # type: ignore[attr-defined] # a property, asked without a database

    assert (thresholds.answer, thresholds.offered_at_most) == (0.99, 3)


def test_a_communitys_scene_says_nothing_of_its_code(vault: Vault) -> None:
    first, second = scene_of("621121100201", vault), scene_of("621121100202", vault)

    assert "6211" not in first
    assert first != second
    assert scene_of("621121100201", Vault(bytes(32))) != first


class _with:  # noqa: N801 - reads as a phrase
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
