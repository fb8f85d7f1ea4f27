"""The web application: a function of the runtime, never of the environment."""

from flask import Flask

from bot import corp_webhook, health, webhook
from bot.api.blueprint import make_blueprint as make_api
from bot.console.blueprint import add_console
from bot.inbound import Desk
from bot.public.blueprint import make_blueprint as make_public_pages
from bot.runtime import Runtime

# The console will take larger forms; the callback has its own, smaller limit.
LARGEST_BODY = 1_000_000


def create_app(runtime: Runtime, desk: Desk) -> Flask:
    """Everything that answers HTTP, on one runtime."""
    app = Flask("dingxin", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.register_blueprint(webhook.make_blueprint(runtime, desk))
    app.register_blueprint(corp_webhook.make_blueprint(runtime))
    app.register_blueprint(health.make_blueprint(runtime))
    app.register_blueprint(make_public_pages(runtime))
    app.register_blueprint(make_api(runtime))
    add_console(app, runtime)
    return app
