"""A Flask application on a port of its own, in a thread, until closed."""

from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING, Self

from flask import Flask, redirect, url_for
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from bot.demo.phone import make_blueprint
from bot.demo.platform.routes import make_routes
from bot.demo.sandbox import Sandbox

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

LARGEST_BODY = 12 * 1024 * 1024


class QuietHandler(WSGIRequestHandler):
    """Writes no access log: its lines would carry tokens and secrets in their addresses."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        del code, size


class RunningServer:
    """Serving from the moment it exists; leaving the `with` block stops it and waits."""

    def __init__(self, server: BaseWSGIServer, host: str) -> None:
        self._server = server
        self._thread = Thread(
            target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="sandbox-http", daemon=True
        )
        self._thread.start()
        self.port = server.port
        self.url = f"http://{host}:{server.port}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def serve(app: Flask, host: str = "127.0.0.1", port: int = 0) -> RunningServer:
    """Serve on that port, or with 0 on a free one."""
    return serve_wsgi(app, host=host, port=port)


def serve_wsgi(app: "WSGIApplication", *, host: str = "127.0.0.1", port: int = 0) -> RunningServer:
    """Any WSGI application on that port."""
    return RunningServer(make_server(host, port, app, threaded=True, request_handler=QuietHandler), host)


def create_sandbox_app(sandbox: Sandbox) -> Flask:
    """The platform's calls under /cgi-bin/ and the phone under /demo/."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.register_blueprint(make_routes(sandbox.platform))
    app.register_blueprint(make_blueprint(sandbox))
    app.add_url_rule("/", "home", lambda: redirect(url_for("phone.page")))
    return app
