"""The parts of a message, read once for all dialects that write them in another way than OpenAI does."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.ports import Message

DATA_SCHEME = "data:"
BASE64_MARK = ";base64"


@dataclass(frozen=True, slots=True)
class Image:
    """An image: its base64 text and its type, or its address."""

    mime: str
    data: str = ""
    url: str = ""


def parts_of(content: str | Sequence[Mapping[str, Any]]) -> Iterator[str | Image]:
    """Texts and images of a message in their order; empty texts are left out."""
    if isinstance(content, str):
        if content:
            yield content
        return
    for part in content:
        if part.get("type") == "image_url":
            image = part["image_url"]
            yield image_of(image["url"] if isinstance(image, Mapping) else image)
        elif part.get("text"):
            yield part["text"]


def text_of(message: Message) -> str:
    """The text of a message without its images."""
    return "".join(part for part in parts_of(message.content) if isinstance(part, str))


def system_text(messages: Iterable[Message]) -> str:
    """All system messages as one text, for dialects that take it apart from the conversation."""
    return "\n\n".join(text for message in messages if message.role == "system" and (text := text_of(message)))


def image_of(url: str) -> Image:
    """Raises ``InvalidInput(UPLOAD_INVALID)`` for a data URL that holds no base64."""
    if not url.startswith(DATA_SCHEME):
        return Image("", url=url)
    kind, _, data = url[len(DATA_SCHEME) :].partition(",")
    if not kind.endswith(BASE64_MARK) or not _is_base64(data[:64]):
        raise InvalidInput(Reason.UPLOAD_INVALID, "An image of the question is not a base64 data URL; upload it again.")
    return Image(kind[: -len(BASE64_MARK)].partition(";")[0], data=data)


def _is_base64(start: str) -> bool:
    """Judged by its beginning: the whole was checked when it came in, and images are large."""
    try:
        base64.b64decode(start[: len(start) // 4 * 4], validate=True)
    except (binascii.Error, ValueError):
        return False
    return True
