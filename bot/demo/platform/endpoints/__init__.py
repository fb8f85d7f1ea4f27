"""Every call the sandbox answers, by its path below /cgi-bin/."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.demo.platform.endpoints import (
    codes,
    corp_messages,
    credentials,
    follow_up,
    group_tasks,
    mass,
    media,
    menu,
    notices,
    people,
    tags,
    upkeep,
)
from bot.demo.platform.endpoints.endpoint import Endpoint

ENDPOINTS: Mapping[str, Endpoint] = MappingProxyType(
    credentials.ENDPOINTS
    | follow_up.ENDPOINTS
    | mass.ENDPOINTS
    | notices.ENDPOINTS
    | tags.ENDPOINTS
    | people.ENDPOINTS
    | codes.ENDPOINTS
    | media.ENDPOINTS
    | menu.ENDPOINTS
    | upkeep.ENDPOINTS
    | group_tasks.ENDPOINTS
    | corp_messages.ENDPOINTS
)
