"""Pictures and other files (临时素材), kept by the platform for three days."""

from bot.wechat.answers import words
from bot.wechat.calls import Answer, Upload
from bot.wechat.client import PlatformClient

DOWNLOAD = "cgi-bin/media/get"
UPLOAD = "cgi-bin/media/upload"


def download(client: PlatformClient, media_id: str, *, limit: int) -> Answer:
    """What a resident sent, if it is at most `limit` bytes; `content` and `content_type` of the answer.

    A video comes as an address on another host, which is not visited. Raises PlatformRefused (too large, gone, a
    video), PlatformError.
    """
    return client.download(DOWNLOAD, query={"media_id": media_id}, limit=limit)


def upload_image(client: PlatformClient, name: str, *, content: bytes, content_type: str) -> str:
    """The media id of a picture. Raises PlatformError."""
    upload = Upload(name, content, content_type)
    return words(client.upload(UPLOAD, query={"type": "image"}, upload=upload), "media_id")
