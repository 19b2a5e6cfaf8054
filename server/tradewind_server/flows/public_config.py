"""What anyone may know of a chatflow: the look of its chat widget and its flags. No prompt, no credential, no origin list."""

from __future__ import annotations

from typing import Any

import orjson

from tradewind_server.flows.chatflows import Chatflow

PRIVATE = frozenset({"allowedOrigins", "allowedOriginsError", "postProcessing"})


def public_chatbot_config(chatflow: Chatflow) -> dict[str, Any]:
    """The ``public-chatbotConfig`` answer."""
    config = _object(chatflow.chatbot_config)
    speech = _object(chatflow.text_to_speech)
    return {
        **{name: value for name, value in config.items() if name not in PRIVATE},
        "uploads": upload_flags(chatflow),
        "isTTSEnabled": any(_is_on(provider) for provider in speech.values()),
    }


def upload_flags(chatflow: Chatflow) -> dict[str, Any]:
    """Which uploads the widget may offer."""
    speech = _object(chatflow.speech_to_text)
    return {
        "isSpeechToTextEnabled": any(_is_on(provider) for name, provider in speech.items() if name != "none"),
        "isImageUploadAllowed": False,
        "isRAGFileUploadAllowed": False,
        "imgUploadSizeAndTypes": [],
        "fileUploadSizeAndTypes": [],
    }


def _is_on(provider: Any) -> bool:
    return isinstance(provider, dict) and provider.get("status") is True


def _object(text: str | None) -> dict[str, Any]:
    try:
        value = orjson.loads(text) if text else {}
    except orjson.JSONDecodeError:
        return {}
    return value if isinstance(value, dict) else {}
