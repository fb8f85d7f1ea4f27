from knowledge.terms import Terms


def test_terms_are_numbered_in_the_order_in_which_they_are_first_learnt() -> None:
    terms = Terms()

    assert terms.learn("核酸核疫").tolist() == [0, 1, 0, 2]
    assert list(terms) == ["核", "酸", "疫"]
    assert len(terms) == 3


def test_asking_for_the_numbers_of_terms_teaches_nothing() -> None:
    terms = Terms("核酸")

    assert terms.numbers("酸疫").tolist() == [1, -1]
    assert terms.number("核") == 0
    assert terms.number("疫") == -1
    assert len(terms) == 2


def test_terms_learnt_before_keep_their_numbers() -> None:
    terms = Terms("核酸")

    assert terms.learn("疫酸").tolist() == [2, 1]
    assert Terms(terms).numbers("核酸疫").tolist() == [0, 1, 2]


def test_no_terms_have_no_numbers() -> None:
    assert Terms().learn("").tolist() == []
    assert Terms().numbers("").tolist() == []
