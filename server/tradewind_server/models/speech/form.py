"""A recording as the multipart form that speech endpoints take."""

from __future__ import annotations

from collections.abc import Mapping

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.files.media_types import stored_type
from tradewind_server.flows.predict.speech import Recording

BOUNDARY = "tradewind-2f6c1e0b9d8a47538e61b0c4"
CONTENT_TYPE = f"multipart/form-data; boundary={BOUNDARY}"
ENDINGS = {
    "audio/webm": "webm",
    "video/webm": "webm",
    "audio/mp4": "m4a",
    "video/mp4": "mp4",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/mpeg": "mp3",
    "audio/flac": "flac",
    "audio/aac": "aac",
}
"""Endpoints go by the ending; the caller's own says little (``audio.wav`` for WebM is a published example)."""


def form_body(fields: Mapping[str, str], recording: Recording, file_field: str = "file") -> bytes:
    """The form, whose content type is :data:`CONTENT_TYPE`. The caller's file name is not passed on."""
    if BOUNDARY.encode() in recording.data or any(BOUNDARY in value for value in fields.values()):
        raise InvalidInput(Reason.FILE_UNREADABLE, f"The recording {recording.name} cannot be read as audio.")
    ending = ENDINGS.get(recording.mime, "bin")
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{file_field}"; filename="recording.{ending}"\r\n'
        f"Content-Type: {stored_type(recording.mime)}\r\n\r\n"
    )
    return b"".join([*parts, head.encode(), recording.data, f"\r\n--{BOUNDARY}--\r\n".encode()])
