"""The first page: what waits for me, what is late, how the day goes."""

from flask.typing import ResponseReturnValue

from bot.access import Permission
from bot.console.routing import Route
from bot.console.visit import Visit


def show(visit: Visit) -> ResponseReturnValue:
    return visit.render("console/home.html", {})


ROUTES = (Route("/", "home.show", show, Permission.FIGURES_READ),)
