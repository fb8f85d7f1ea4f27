"""How many follow-ups the platform takes after a resident did something."""

from datetime import timedelta

import pytest

from broadcasts.window import Contact, ContactKind, follow_ups_left
from tests.broadcasts.builders import NOW

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("kind", "messages", "lasts"),
    [
        (ContactKind.MESSAGE, 5, timedelta(hours=48)),
        (ContactKind.MENU_CLICK, 3, timedelta(minutes=1)),
        (ContactKind.FOLLOW, 3, timedelta(minutes=1)),
        (ContactKind.SCAN, 3, timedelta(minutes=1)),
    ],
)
def test_a_window_takes_so_many_for_so_long(kind: ContactKind, messages: int, lasts: timedelta) -> None:
    contact = Contact(kind, NOW)

    assert follow_ups_left([contact], [], now=NOW) == messages
    assert follow_ups_left([contact], [], now=NOW + lasts - SECOND) == messages
    assert follow_ups_left([contact], [], now=NOW + lasts) == 0
    assert follow_ups_left([contact], [NOW] * messages, now=NOW + SECOND) == 0
    assert follow_ups_left([contact], [NOW] * (messages + 1), now=NOW + SECOND) == 0


def test_nobody_who_never_wrote_gets_a_follow_up() -> None:
    assert follow_ups_left([], [], now=NOW) == 0


def test_a_contact_in_the_future_opens_nothing() -> None:
    assert follow_ups_left([Contact(ContactKind.MESSAGE, NOW + SECOND)], [], now=NOW) == 0


def test_a_new_message_opens_a_full_window_again() -> None:
    contacts = [Contact(ContactKind.MESSAGE, NOW), Contact(ContactKind.MESSAGE, NOW + SECOND * 10)]

    assert follow_ups_left(contacts, [NOW + SECOND] * 5, now=NOW + SECOND * 11) == 5


def test_a_menu_click_does_not_shorten_the_window_of_a_message() -> None:
    contacts = [Contact(ContactKind.MESSAGE, NOW), Contact(ContactKind.MENU_CLICK, NOW + SECOND)]

    assert follow_ups_left(contacts, [NOW + SECOND], now=NOW + timedelta(hours=1)) == 4
