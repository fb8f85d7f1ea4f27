"""A number everybody may call, sent alone."""

import pytest

from tests.scenarios.phone import Phone


@pytest.mark.parametrize("number", ["12345", "12320", "12356", "12315", "打12333", "95598是啥电话"])
def test_a_public_hotline_is_explained_with_its_source(villager: Phone, number: str) -> None:
    reply = villager.says(number)

    assert "依据：" in reply
    assert "12320" in reply


def test_a_hotline_nothing_is_written_about_is_a_number_to_call(villager: Phone) -> None:
    assert "直接拨打" in villager.says("12328")
    assert "用不上" in villager.says("12344")
