"""Which model a node gets: the order of rules.md in one place, and one shared client for each answer."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, Literal, TypeVar

from tradewind_server.access.ports import Credentials
from tradewind_server.errors import FailedPrecondition, Reason
from tradewind_server.flows.ports import ChatModel, ChatModelSpec, Embedder, EmbedderSpec
from tradewind_server.models.endpoint import Connections, Endpoint
from tradewind_server.models.openai.chat import OpenAIChatModel
from tradewind_server.models.openai.embeddings import OpenAIEmbedder
from tradewind_server.settings import Settings

Spec = ChatModelSpec | EmbedderSpec
Kind = Literal["node", "credential", "configured", "embedded"]
M = TypeVar("M")
K = TypeVar("K")
V = TypeVar("V")

OFFICIAL_ENDPOINTS = {"openai": "https://api.openai.com/v1"}
KEY_FIELDS = ("apiKey", "openAIApiKey", "localAIApiKey", "api_key")
URL_FIELDS = ("baseUrl", "basePath", "baseURL")
EMBEDDED_URL = "http://localhost/v1"
EMBEDDED_BATCH = 32
CREDENTIAL_SECONDS = 5.0
MOST_CLIENTS = 512


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where a node's model lives."""

    kind: Kind
    base_url: str
    api_key: str | None = field(repr=False)
    model: str
    label: str | None = None
    socket: str | None = None


class Recent(Generic[K, V]):
    """Keeps what was used last, up to a number of things."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        value = self._kept.get(key)
        if value is not None:
            self._kept.move_to_end(key)
        return value

    def put(self, key: K, value: V) -> None:
        self._kept[key] = value
        self._kept.move_to_end(key)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def __len__(self) -> int:
        return len(self._kept)


class ModelCatalog:
    """The port ``Models``.

    Order: the node's own base path; a credential that this server holds; the configured endpoint; the embedded model.
    A credential drawn elsewhere is not held here and falls through. Raises ``FailedPrecondition(MODEL_UNAVAILABLE)``
    when nothing is left.
    """

    def __init__(
        self,
        settings: Settings,
        credentials: Credentials,
        run_dir: Path | None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._credentials = credentials
        self._run_dir = run_dir
        self._monotonic = monotonic
        self._connections = Connections()
        self._known: Recent[tuple[str, Spec], tuple[float, Resolution]] = Recent(MOST_CLIENTS)
        self._clients: Recent[tuple[Spec, Resolution], ChatModel | Embedder] = Recent(MOST_CLIENTS)

    async def chat_model(self, workspace_id: str, spec: ChatModelSpec) -> ChatModel:
        resolution = await self.resolve(workspace_id, spec)

        def make() -> ChatModel:
            return OpenAIChatModel(self._endpoint(spec, resolution), resolution.model, dict(spec.parameters))

        return self._client(spec, resolution, make)

    async def embedder(self, workspace_id: str, spec: EmbedderSpec) -> Embedder:
        resolution = await self.resolve(workspace_id, spec)
        embedded = resolution.kind == "embedded"

        def make() -> Embedder:
            endpoint = self._endpoint(spec, resolution)
            if embedded:
                return OpenAIEmbedder(endpoint, resolution.model, spec, batch=EMBEDDED_BATCH, tells_apart=True)
            return OpenAIEmbedder(endpoint, resolution.model, spec)

        return self._client(spec, resolution, make)

    async def resolve(self, workspace_id: str, spec: Spec) -> Resolution:
        """Where the model of a node lives; credentials are looked up again after a few seconds."""
        known = self._known.get((workspace_id, spec))
        if known is not None and self._monotonic() - known[0] < CREDENTIAL_SECONDS:
            return known[1]
        resolution = await self._resolve(workspace_id, spec)
        self._known.put((workspace_id, spec), (self._monotonic(), resolution))
        return resolution

    async def _resolve(self, workspace_id: str, spec: Spec) -> Resolution:
        secret: dict[str, str] = {}
        if spec.credential_id:
            found = await self._credentials.reveal(workspace_id, spec.credential_id)
            secret = found[1] if found else {}
        key = spec.api_key or next((secret[name] for name in KEY_FIELDS if secret.get(name)), None)
        if spec.base_url:
            return Resolution("node", spec.base_url, key, spec.model)
        settings = self._settings
        if key:
            own_url = next((secret[name] for name in URL_FIELDS if secret.get(name)), None)
            url = own_url or OFFICIAL_ENDPOINTS.get(spec.provider) or settings.openai_base_url
            if url:
                return Resolution("credential", url, key, spec.model)
        if settings.openai_base_url:
            configured = settings.openai_api_key.get_secret_value() if settings.openai_api_key else None
            model = (settings.openai_model if isinstance(spec, ChatModelSpec) else None) or spec.model
            return Resolution("configured", settings.openai_base_url, configured, model)
        if settings.serves_embedded_models and self._run_dir is not None:
            chat = isinstance(spec, ChatModelSpec)
            return Resolution(
                "embedded",
                EMBEDDED_URL,
                None,
                settings.chat_model if chat else settings.embedding_model,
                "The embedded chat model" if chat else "The embedded embedding model",
                str(self._run_dir / ("chat.sock" if chat else "embeddings.sock")),
            )
        raise FailedPrecondition(
            Reason.MODEL_UNAVAILABLE,
            "No model is configured for this node: set TRADEWIND_OPENAI_BASE_URL, give the node a base path or a stored "
            "credential, or start the server without --no-local-models.",
        )

    def _endpoint(self, spec: Spec, resolution: Resolution) -> Endpoint:
        """Cheap to make: the connections are the catalog's, whoever uses them."""
        return Endpoint(
            resolution.base_url,
            resolution.api_key,
            label=resolution.label,
            socket=resolution.socket,
            headers=dict(spec.headers),
            timeout=spec.timeout or self._settings.model_timeout,
            connections=self._connections,
        )

    def _client(self, spec: Spec, resolution: Resolution, make: Callable[[], M]) -> M:
        client: M | None = self._clients.get((spec, resolution))  # type: ignore[assignment]
        if client is None:
            client = make()
            self._clients.put((spec, resolution), client)  # type: ignore[arg-type]
        return client

    async def aclose(self) -> None:
        await self._connections.aclose()
