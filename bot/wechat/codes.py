"""The platforms' error numbers and what each means for us. A number without a row is `PlatformRefused`.

Match on the number only: the message is for people and ends in a changing "rid". WeCom's numbers are below
the official account's; those both use mean the same.
"""

from collections.abc import Mapping
from types import MappingProxyType

from bot.errors import (
    PlatformError,
    PlatformMisconfigured,
    PlatformRefused,
    PlatformThrottled,
    PlatformUnavailable,
    RecipientUnreachable,
)

BUSY = -1
NOT_FOUND_YET = 40059
ALREADY_ACCEPTED = 45065
# What we refuse ourselves carries the number the platform would have given.
LIST_SIZE, BAD_PARAMETER, EMPTY_TEXT, LONG_TEXT, LONG_CLIENT_ID = 40032, 40035, 44004, 45002, 45067

# The token is bad: one renewal, one more attempt (`bot.wechat.client`); bad again means a wrong secret.
BAD_TOKEN = frozenset({40001, 40014, 42001})
# The platform's message then names the address it saw, for the administrator to put on the list.
UNLISTED_ADDRESS = frozenset({40164, 60020})

ERRORS: Mapping[int, type[PlatformError]] = MappingProxyType(
    {
        BUSY: PlatformUnavailable,
        NOT_FOUND_YET: PlatformUnavailable,  # a mass send just submitted is not known for a while
        40001: PlatformMisconfigured,  # token invalid, or a wrong secret
        40014: PlatformMisconfigured,  # token malformed
        42001: PlatformMisconfigured,  # token expired
        40013: PlatformMisconfigured,  # app id or corp id
        40125: PlatformMisconfigured,  # secret
        41004: PlatformMisconfigured,  # secret missing
        40164: PlatformMisconfigured,  # address not on the white-list
        89503: PlatformMisconfigured,  # an administrator must confirm the address
        48001: PlatformMisconfigured,  # the account has no right to this call
        48004: PlatformMisconfigured,  # call banned for a violation
        50001: PlatformMisconfigured,  # likewise
        50002: PlatformMisconfigured,  # account restricted
        40003: RecipientUnreachable,  # no such openid
        46004: RecipientUnreachable,  # no such user
        43004: RecipientUnreachable,  # not a follower
        50005: RecipientUnreachable,  # not a follower
        43019: RecipientUnreachable,  # blacklisted
        43101: RecipientUnreachable,  # the resident declined this notice
        48002: RecipientUnreachable,  # messages switched off
        45015: RecipientUnreachable,  # outside the reply window
        45047: RecipientUnreachable,  # the window's messages are used up
        45009: PlatformThrottled,  # the day's calls are used up (WeCom: the minute's)
        45011: PlatformThrottled,  # too frequent
        45028: PlatformThrottled,  # no mass sends left
        45066: PlatformThrottled,  # the same client id too soon again
        40031: PlatformRefused,  # list of openids
        LIST_SIZE: PlatformRefused,  # its size
        40033: PlatformRefused,  # escaped characters in the body
        BAD_PARAMETER: PlatformRefused,  # parameter
        40037: PlatformRefused,  # template id
        EMPTY_TEXT: PlatformRefused,  # empty text
        LONG_TEXT: PlatformRefused,  # text too long
        45056: PlatformRefused,  # too many tags
        45057: PlatformRefused,  # the tag has too many followers to be deleted
        45058: PlatformRefused,  # reserved tag
        45059: PlatformRefused,  # too many tags on one follower
        45064: PlatformRefused,  # the menu names a mini-program that is not linked
        ALREADY_ACCEPTED: PlatformRefused,  # `mass` takes it as the answer it is
        LONG_CLIENT_ID: PlatformRefused,  # client id too long
        45157: PlatformRefused,  # tag name illegal or taken
        45158: PlatformRefused,  # tag name too long
        45159: PlatformRefused,  # no such tag
        47001: PlatformRefused,  # JSON
        47003: PlatformRefused,  # a template's value
        48006: PlatformRefused,  # the month's clearances are used up
        48008: PlatformRefused,  # no right to this kind of message
        # WeCom
        60020: PlatformMisconfigured,  # address not on the app's list
        93000: PlatformMisconfigured,  # webhook key
        45033: PlatformThrottled,  # too many at once
        81017: PlatformRefused,  # a list of groups needs a filter
    }
)


def error_for(code: int) -> type[PlatformError]:
    """What a number means; one we do not know is a refusal: the platform answered, and said no."""
    return ERRORS.get(code, PlatformRefused)
