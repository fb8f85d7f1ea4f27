"""The platform's events, one row each."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from bot.messages import Kind
from bot.wechat.reading import Reading, pairs
from bot.wechat.xml import Fields, text

SCENE_PREFIX = "qrscene_"


def read(fields: Fields) -> Reading:
    """An event we have no row for keeps its name and, from WeCom, what changed."""
    event = text(fields, "Event").lower()
    row = EVENTS.get(event)
    if row:
        return row(fields)
    about = pairs(fields, change="ChangeType", update="UpdateDetail", chat_id="ChatId")
    return Reading(Kind.OTHER_EVENT, event_key=text(fields, "EventKey"), details=(("event", event), *about))


def _follow(fields: Fields) -> Reading:
    """A scene is what the scanned code says. It is printed on a wall: a claim, no proof of where someone lives."""
    key = text(fields, "EventKey")
    return Reading(
        Kind.FOLLOW, event_key=key.removeprefix(SCENE_PREFIX) if key.startswith(SCENE_PREFIX) else ""
    )


def _unfollow(_fields: Fields) -> Reading:
    return Reading(Kind.UNFOLLOW)


def _scan(fields: Fields) -> Reading:
    return Reading(Kind.SCAN, event_key=text(fields, "EventKey"))


def _click(fields: Fields) -> Reading:
    return Reading(Kind.MENU, event_key=text(fields, "EventKey"))


def _view(fields: Fields) -> Reading:
    return Reading(Kind.MENU_LINK, event_key=text(fields, "EventKey"))


def _position(fields: Fields) -> Reading:
    where = pairs(fields, latitude="Latitude", longitude="Longitude", precision="Precision")
    return Reading(Kind.POSITION, details=where)


def _mass_result(fields: Fields) -> Reading:
    counts = pairs(
        fields,
        msg_id="MsgID",
        status="Status",
        total="TotalCount",
        filter="FilterCount",
        sent="SentCount",
        error="ErrorCount",
    )
    return Reading(Kind.MASS_RESULT, details=counts)


def _template_result(fields: Fields) -> Reading:
    return Reading(Kind.TEMPLATE_RESULT, details=pairs(fields, msg_id="MsgID", status="Status"))


def _popup(fields: Fields) -> Reading:
    return _subscription(fields, "SubscribeMsgPopupEvent", action="popup")


def _change(fields: Fields) -> Reading:
    return _subscription(fields, "SubscribeMsgChangeEvent", action="change")


def _sent(fields: Fields) -> Reading:
    return _subscription(fields, "SubscribeMsgSentEvent", action="sent")


def _subscription(fields: Fields, element: str, *, action: str) -> Reading:
    """`event_key` is the action; the details are (template id, status), after each sent one its ("msg_id", …)."""
    details: list[tuple[str, str]] = []
    for item in _items(fields.get(element)):
        status = text(item, "SubscribeStatusString") or text(item, "ErrorStatus")
        details.append((text(item, "TemplateId"), status))
        details.extend(pairs(item, msg_id="MsgID"))
    return Reading(Kind.SUBSCRIPTION, event_key=action, details=tuple(details))


def _items(listed: object) -> Iterator[Fields]:
    """The `<List>` elements: one gives a mapping, several a list of mappings, none nothing."""
    entries = listed.get("List") if isinstance(listed, dict) else None
    for entry in entries if isinstance(entries, list) else [entries]:
        if isinstance(entry, dict):
            yield entry


EVENTS: Mapping[str, Callable[[Fields], Reading]] = MappingProxyType(
    {
        "subscribe": _follow,
        "unsubscribe": _unfollow,
        "scan": _scan,
        "click": _click,
        "view": _view,
        "location": _position,
        "masssendjobfinish": _mass_result,
        "templatesendjobfinish": _template_result,
        "subscribe_msg_popup_event": _popup,
        "subscribe_msg_change_event": _change,
        "subscribe_msg_sent_event": _sent,
    }
)
