"""The phone in the browser: the page, what it polls, what it does."""

from collections.abc import Callable
from pathlib import Path

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from bot.demo.acts import ACTS, ActError
from bot.demo.handset import NotFollowingError
from bot.demo.platform.refusal import PlatformError
from bot.demo.sandbox import Sandbox
from bot.demo.screen import choices, screen

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
PICTURES = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif"})
SAMPLES = Path(__file__).parent / "static" / "samples"
OWN_PAGE = "X-Demo"


def make_blueprint(sandbox: Sandbox) -> Blueprint:
    """Everything under /demo/; only the page itself may change anything, which its header proves."""
    phone = Blueprint(
        "phone", __name__, url_prefix="/demo", static_folder="static", template_folder="templates"
    )

    @phone.get("/")
    def page() -> str:
        return render_template("phone.html", desk_url=sandbox.desk_url, choices=choices())

    @phone.get("/api/screen")
    def poll() -> Response:
        return jsonify(screen(sandbox, request.args.get("after", default=0, type=int)))

    @phone.post("/api/act/<name>")
    def act(name: str) -> ResponseReturnValue:
        run = ACTS.get(name)
        asked = request.get_json(silent=True)
        if run is None or not isinstance(asked, dict):
            return _sorry("页面发来的内容看不懂")
        return _done(lambda: run(sandbox, asked))

    @phone.post("/api/picture")
    def picture() -> ResponseReturnValue:
        return _done(lambda: _send_picture(sandbox))

    @phone.get("/media/<media_id>")
    def medium(media_id: str) -> ResponseReturnValue:
        try:
            found = sandbox.platform.media.known(media_id, sandbox.clock())
        except PlatformError:
            return Response(status=404)
        shown = found.content_type if found.content_type in PICTURES else "application/octet-stream"
        return Response(found.body, content_type=shown)

    phone.before_request(_only_own_page)
    phone.after_request(_guarded)
    return phone


def _send_picture(sandbox: Sandbox) -> None:
    """An upload, or one of the sample screenshots by name."""
    openid = _follower(sandbox, request.form.get("chat", ""))
    sample = request.form.get("sample", "")
    if sample:
        path = SAMPLES / f"{sample}.png"
        if not sample.isalnum() or not path.is_file():
            raise ActError("没有这张示例图片")
        sandbox.handset.image(openid, path.read_bytes(), "image/png")
        return
    sent = request.files.get("picture")
    if sent is None or sent.mimetype not in PICTURES:
        raise ActError("请选一张图片（PNG、JPG、WebP 或 GIF）")
    sandbox.handset.image(openid, sent.read(), sent.mimetype)


def _follower(sandbox: Sandbox, chat: str) -> str:
    try:
        return sandbox.openid(chat)
    except KeyError:
        raise ActError("没有这个会话") from None


def _done(work: Callable[[], None]) -> ResponseReturnValue:
    """204, or the reason in words a person can act on."""
    try:
        work()
    except ActError as cannot:
        return _sorry(str(cannot))
    except NotFollowingError:
        return _sorry("请先关注公众号")
    except PlatformError as refusal:
        return _sorry(f"平台拒绝了：{refusal.code}")
    return Response(status=204)


def _sorry(reason: str) -> ResponseReturnValue:
    return jsonify({"error": reason}), 400


def _only_own_page() -> ResponseReturnValue | None:
    """Another site's form cannot set this header, so it cannot act here."""
    if request.method == "POST" and not request.headers.get(OWN_PAGE):
        return _sorry("只接受本页面的操作")
    return None


def _guarded(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
