"""What a chatflow's owner set up beside the drawing: the JSON texts of its columns, read here and nowhere else.

Owners and imports write these texts by hand, so every reading is lenient: a text that is no JSON object, or is nested deeper
than ``bounded_json.DEEPEST``, counts as none, and so does a setting of the wrong type. One exception: an ``apiConfig`` that
cannot be read opens no input at all, where a missing one opens the inputs that are open by default.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from tradewind_server.access.rate_limits import RateLimit, rate_limit_of
from tradewind_server.bounded_json import foreign_json
from tradewind_server.caching import VersionCache
from tradewind_server.chatflows.origins import AllowedOrigins, allowed_origins
from tradewind_server.chatflows.ports import Chatflow

NO_PROVIDER = "none"
"""Stands in ``speechToText`` for "switched off"."""
CACHED_CONFIGS = 512
INVALID = object()
"""Stands for a text that is no JSON."""


class DoubleSend(StrEnum):
    """What becomes of a question while its session is being answered: refused, answered later, or answered instead."""

    REJECT = "reject"
    QUEUE = "queue"
    INTERRUPT = "interrupt"


@dataclass(frozen=True, slots=True)
class ProviderChoice:
    """A provider that the owner switched on, by the canvas's name, and its settings as they were saved."""

    name: str
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Webhook:
    """Who is told of the end of a run. ``credential`` names the stored secret that signs what is told."""

    url: str
    credential: str


@dataclass(frozen=True, slots=True)
class AttachmentTypes:
    """What files may be attached to a chat. ``names`` are media types, in small letters; empty: whatever can be read."""

    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ChatflowConfig:
    """All of a chatflow's columns that hold JSON, but for the drawing and what this server does not use."""

    chatbot: Mapping[str, Any] = field(default_factory=dict)
    """``chatbotConfig`` whole, for the widget that shows it."""
    origins: AllowedOrigins = field(default_factory=AllowedOrigins)
    attachment_types: AttachmentTypes | None = None
    """``fullFileUpload`` of ``chatbotConfig``; None where it is not on: a chat takes no attachments then."""
    post_processes: bool = False
    """Whether answers are to be changed by a function of the owner's, which needs the whole answer."""
    post_processing: str = ""
    """That function, JavaScript; "" where there is none."""
    rate_limit: RateLimit | None = None
    override_inputs: Mapping[str, frozenset[str]] | None = None
    """Names of the inputs that callers may replace, by node label; None where no list was ever set up."""
    override_variables: frozenset[str] = frozenset()
    """Names of the variables that callers may set."""
    speech: ProviderChoice | None = None
    """The first provider that is on in ``speechToText``."""
    offers_speech: bool = False
    """Whether the widget may offer recordings. It reads ``status`` more strictly than a call does: the text "true" is off."""
    reads_aloud: bool = False
    voice: ProviderChoice | None = None
    """The first provider that is on in ``textToSpeech``."""
    follow_up: ProviderChoice | None = None
    analytics: Sequence[ProviderChoice] = ()
    """The services that are on in ``analytic``."""
    keeps_runs: bool = False
    """Whether streamed answers are kept as runs without being asked for: ``runs.keep`` in ``apiConfig``."""
    webhook: Webhook | None = None
    """``runs.webhook`` in ``apiConfig``, ``{url, credential}``."""
    double_send: DoubleSend | None = None
    """``runs.doubleSend`` in ``apiConfig``; None: answers of one session are made side by side."""


def read_config(chatflow: Chatflow) -> ChatflowConfig:
    """The columns of one version of a chatflow. Raises nothing, whatever they hold."""
    chatbot = _object(_value(chatflow.chatbot_config))
    processing = chatbot.get("postProcessing")
    api = _value(chatflow.api_config)
    inputs, variables = _overrides(api)
    runs = _object(_object(api).get("runs"))
    speech = _object(_value(chatflow.speech_to_text))
    voices = _object(_value(chatflow.text_to_speech))
    analytic = _object(_value(chatflow.analytic))
    return ChatflowConfig(
        chatbot=chatbot,
        origins=allowed_origins(chatbot.get("allowedOrigins"), chatbot.get("allowedOriginsError")),
        attachment_types=_attachment_types(chatbot.get("fullFileUpload")),
        post_processes=isinstance(processing, dict) and processing.get("enabled") is True,
        post_processing=_function_of(processing),
        rate_limit=rate_limit_of(_object(api).get("rateLimit")),
        override_inputs=inputs,
        override_variables=variables,
        speech=_first_provider(speech),
        offers_speech=any(name != NO_PROVIDER for name in _switched_on(speech)),
        reads_aloud=bool(_switched_on(voices)),
        voice=_first_provider(_without_none(voices)),
        follow_up=_selected_provider(_object(_value(chatflow.follow_up_prompts))),
        analytics=tuple(ProviderChoice(name, analytic[name]) for name in _switched_on(analytic)),
        keeps_runs=runs.get("keep") is True,
        webhook=_webhook(runs.get("webhook")),
        double_send=_double_send(runs.get("doubleSend")),
    )


def with_access_of(config: ChatflowConfig, newest: ChatflowConfig) -> ChatflowConfig:
    """The settings of a former version of a chatflow, with what says who may call it, how often, and what callers may replace
    as the chatflow has it now: closing a chatflow closes its former versions too."""
    return replace(
        config,
        origins=newest.origins,
        rate_limit=newest.rate_limit,
        override_inputs=newest.override_inputs,
        override_variables=newest.override_variables,
    )


class ConfigCache:
    """The configurations of the chatflows that are called, by version."""

    def __init__(self, most: int = CACHED_CONFIGS) -> None:
        self._configs: VersionCache[ChatflowConfig] = VersionCache(most)

    def config(self, chatflow: Chatflow) -> ChatflowConfig:
        entry = self._configs.get(chatflow.cache_key)
        return entry or self._configs.put(chatflow.cache_key, read_config(chatflow))

    def former(self, version: Chatflow, newest: ChatflowConfig) -> ChatflowConfig:
        """The configuration of a former version; ``newest`` is that of the chatflow as it is now."""
        entry = self._configs.get(version.cache_key)
        return entry or self._configs.put(version.cache_key, with_access_of(read_config(version), newest))


def _function_of(processing: Any) -> str:
    """The function that changes answers. Canvases keep it as JSON text of the text; others write it as it is."""
    if not isinstance(processing, dict) or processing.get("enabled") is not True:
        return ""
    code = processing.get("customFunction") or processing.get("customPostProcessingFunction")
    if not isinstance(code, str):
        return ""
    value = _value(code)
    return value if isinstance(value, str) else code


def _value(text: str | None) -> Any:
    """What a column holds: None where it is empty, ``INVALID`` where it cannot be read."""
    try:
        return foreign_json(text) if text else None
    except ValueError:
        return INVALID


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _webhook(value: Any) -> Webhook | None:
    hook = _object(value)
    url, credential = hook.get("url"), hook.get("credential")
    if isinstance(url, str) and isinstance(credential, str) and url and credential:
        return Webhook(url, credential)
    return None


def _double_send(value: Any) -> DoubleSend | None:
    return next((choice for choice in DoubleSend if choice.value == value), None)


def _overrides(api: Any) -> tuple[Mapping[str, frozenset[str]] | None, frozenset[str]]:
    """Inputs by node label and variables that ``apiConfig.overrideConfig`` opens."""
    if api is INVALID:
        return {}, frozenset()
    override = _object(api).get("overrideConfig")
    if override is None:
        return None, frozenset()
    if not isinstance(override, dict) or override.get("status") is not True:
        return {}, frozenset()
    inputs = {label: _enabled(entries) for label, entries in _object(override.get("nodes")).items()}
    return inputs, _enabled(override.get("variables"))


def _attachment_types(upload: Any) -> AttachmentTypes | None:
    """``allowedUploadFileTypes`` is a text with commas, as a canvas saves it, or a list."""
    values = _object(upload)
    if values.get("status") is not True:
        return None
    types = values.get("allowedUploadFileTypes")
    items = types.split(",") if isinstance(types, str) else types if isinstance(types, list) else []
    return AttachmentTypes(frozenset(one.strip().lower() for one in items if isinstance(one, str) and one.strip()))


def _enabled(entries: Any) -> frozenset[str]:
    items = entries if isinstance(entries, list) else []
    return frozenset(str(one.get("name")) for one in items if isinstance(one, dict) and one.get("enabled") is True)


def _switched_on(providers: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name for name, one in providers.items() if isinstance(one, dict) and one.get("status") is True)


def _first_provider(providers: Mapping[str, Any]) -> ProviderChoice | None:
    for name, settings in providers.items():
        if isinstance(settings, dict) and settings.get("status") in (True, "true"):
            return ProviderChoice(name, settings)
    return None


def _without_none(providers: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: settings for name, settings in providers.items() if name != NO_PROVIDER}


def _selected_provider(column: Mapping[str, Any]) -> ProviderChoice | None:
    name = column.get("selectedProvider") if column.get("status") is True else None
    settings = column.get(name) if isinstance(name, str) else None
    return ProviderChoice(name, settings) if isinstance(name, str) and isinstance(settings, dict) else None
