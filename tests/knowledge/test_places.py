"""An area is found under the names that people write, whatever its office is called in full."""

import pytest

from knowledge.places import Places


@pytest.mark.parametrize(
    ("listed", "written"),
    [
        ("柳园社区居民委员会", "柳园社区"),
        ("柳园社区居委会", "柳园社区"),
        ("东关居民委员会", "东关居委会"),
        ("石门村民委员会", "石门村"),
        ("石门村村民委员会", "石门村"),
        ("石门村委会", "石门村"),
    ],
)
def test_a_community_is_one_place_by_its_listed_and_its_usual_name(listed: str, written: str) -> None:
    places = Places([listed])

    assert places.named_in(f"{written}今天做核酸吗") == places.named_in(f"{listed}今天做核酸吗") == {written}
