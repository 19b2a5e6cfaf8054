"""Which model a node gets: the order of rules.md in one place, and one shared client for each answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, Literal, TypeVar

from cachetools import LRUCache

from tradewind_server.access.ports import Credentials
from tradewind_server.errors import FailedPrecondition, Reason
from tradewind_server.flows.ports import ChatModel, ChatModelSpec, Embedder, EmbedderSpec, Reranker, RerankerSpec
from tradewind_server.header_values import pasted_key
from tradewind_server.models.anthropic.chat import AnthropicChatModel
from tradewind_server.models.bedrock.chat import BedrockChatModel
from tradewind_server.models.bedrock.embeddings import BedrockEmbedder, batch_of
from tradewind_server.models.bedrock.signature import AwsSigner
from tradewind_server.models.chat import EndpointChatModel, Meter
from tradewind_server.models.cohere.embeddings import CohereEmbedder
from tradewind_server.models.embeddings import EndpointEmbedder
from tradewind_server.models.embeddings import TextKind as EmbeddingKind
from tradewind_server.models.endpoint import Connections, Endpoint, GuardedConnections, Signer
from tradewind_server.models.google.chat import GoogleChatModel
from tradewind_server.models.google.embeddings import GoogleEmbedder
from tradewind_server.models.google.service_account import ServiceAccountSigner
from tradewind_server.models.google.vertex_embeddings import VertexEmbedder
from tradewind_server.models.ollama.chat import OllamaChatModel
from tradewind_server.models.openai.chat import OpenAIChatModel
from tradewind_server.models.openai.embeddings import OpenAIEmbedder
from tradewind_server.models.providers import AWS_REGION, CHAT, ELSEWHERE, EMBEDDED, EMBEDDINGS, RERANKERS, Provider
from tradewind_server.models.replicate.chat import RUN_SECONDS, ReplicateChatModel
from tradewind_server.models.rerank.reranker import EndpointReranker
from tradewind_server.outbound.destinations import Destinations
from tradewind_server.settings import Settings

Spec = ChatModelSpec | EmbedderSpec | RerankerSpec
ModelSource = Literal["node", "credential", "configured", "embedded"]
S = TypeVar("S", bound=Spec)
M = TypeVar("M")

EMBEDDED_URL = "http://localhost/v1"
EMBEDDED_TOKENS = 1024
"""Of an answer whose node sets no limit: a small model can repeat itself until its context is full."""
CREDENTIAL_SECONDS = 5.0
MOST_CLIENTS = 512
DIALECT_NAMES = {
    "openai": "OpenAI",
    "anthropic": "Anthropic",
    "google": "Google",
    "ollama": "Ollama",
    "cohere": "Cohere",
    "voyage": "Voyage",
    "replicate": "Replicate",
    "bedrock": "Bedrock",
    "vertex": "Vertex AI",
}


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where a node's model lives, and how it is spoken to there."""

    kind: ModelSource
    base_url: str
    api_key: str | None = field(repr=False)
    model: str
    provider: Provider = ELSEWHERE
    query: str = ""
    label: str | None = None
    socket: str | None = None
    secrets: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @property
    def is_the_nodes(self) -> bool:
        """Whether the provider that the node names answers, and not an endpoint in its place."""
        return self.kind in ("node", "credential")


@dataclass(slots=True)
class CacheEntry(Generic[M]):
    """The client that a node was last given."""

    at: float
    client: M


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
        *,
        meter: Meter | None = None,
    ) -> None:
        """``meter`` is shown what each call of a chat model used."""
        self._settings = settings
        self._credentials = credentials
        self._run_dir = run_dir
        self._monotonic = monotonic
        self._meter = meter
        self._connections = Connections()
        self._guard = GuardedConnections(Destinations.from_entries(settings.outbound_allow))
        self._chats: LRUCache[tuple[str, ChatModelSpec], CacheEntry[ChatModel]] = LRUCache(MOST_CLIENTS)
        self._embedders: LRUCache[tuple[str, EmbedderSpec], CacheEntry[Embedder]] = LRUCache(MOST_CLIENTS)
        self._rerankers: LRUCache[tuple[str, RerankerSpec], CacheEntry[Reranker]] = LRUCache(MOST_CLIENTS)
        self._chat_clients: LRUCache[tuple[ChatModelSpec, Resolution], ChatModel] = LRUCache(MOST_CLIENTS)
        self._embedder_clients: LRUCache[tuple[EmbedderSpec, Resolution], Embedder] = LRUCache(MOST_CLIENTS)
        self._reranker_clients: LRUCache[tuple[RerankerSpec, Resolution], Reranker] = LRUCache(MOST_CLIENTS)

    async def chat_model(self, workspace_id: str, spec: ChatModelSpec) -> ChatModel:
        return await self._client(workspace_id, spec, self._chats, self._chat_clients, self._make_chat_model)

    async def embedder(self, workspace_id: str, spec: EmbedderSpec) -> Embedder:
        return await self._client(workspace_id, spec, self._embedders, self._embedder_clients, self._make_embedder)

    async def reranker(self, workspace_id: str, spec: RerankerSpec) -> Reranker:
        return await self._client(workspace_id, spec, self._rerankers, self._reranker_clients, self._make_reranker)

    async def _client(
        self,
        workspace_id: str,
        spec: S,
        cache: LRUCache[tuple[str, S], CacheEntry[M]],
        clients: LRUCache[tuple[S, Resolution], M],
        make: Callable[[S, Resolution], M],
    ) -> M:
        """The client of a spec; credentials are looked up again after a few seconds."""
        entry = cache.get((workspace_id, spec))
        if entry is not None and self._monotonic() - entry.at < CREDENTIAL_SECONDS:
            return entry.client
        resolution = await self.resolve(workspace_id, spec)
        client = clients.get((spec, resolution))
        if client is None:
            client = make(spec, resolution)
            clients[(spec, resolution)] = client
        cache[(workspace_id, spec)] = CacheEntry(self._monotonic(), client)
        return client

    async def resolve(self, workspace_id: str, spec: Spec) -> Resolution:
        """Where the model of a node lives."""
        fields: dict[str, str] = {}
        if spec.credential_id:
            secret = await self._credentials.reveal(workspace_id, spec.credential_id)
            fields = dict(secret[1]) if secret else {}
        fields |= dict(spec.credential_fields)
        provider = _table(spec).get(spec.provider, ELSEWHERE)
        key = pasted_key(spec.api_key or provider.key_of(fields) or "") or None
        # Drawings carry a provider's own address in them: it says no more than the node itself does.
        base = spec.base_url if spec.base_url and spec.base_url.rstrip("/") != provider.url else None
        if base or key:
            address = provider.address(base, fields, spec.model)
            if address is not None:
                kind: ModelSource = "node" if base else "credential"
                secrets = tuple((name, fields[name]) for name in provider.secrets if fields.get(name))
                return Resolution(kind, address.url, key, spec.model, provider, address.query, secrets=secrets)
        if isinstance(spec, RerankerSpec):
            raise no_key(spec.provider, provider)
        return self._without_the_node(spec.model, isinstance(spec, ChatModelSpec))

    def _without_the_node(self, model: str, is_chat: bool) -> Resolution:
        """What answers in place of a provider that this server has no way to: the configured endpoint, or what is embedded."""
        settings = self._settings
        if settings.openai_base_url:
            key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else None
            name = (settings.openai_model if is_chat else None) or model
            return Resolution("configured", settings.openai_base_url, key, name)
        if settings.serves_embedded_models and self._run_dir is not None:
            return Resolution(
                "embedded",
                EMBEDDED_URL,
                None,
                settings.chat_model if is_chat else settings.embedding_model,
                EMBEDDED,
                label="The embedded chat model" if is_chat else "The embedded embedding model",
                socket=str(self._run_dir / ("chat.sock" if is_chat else "embeddings.sock")),
            )
        raise FailedPrecondition(
            Reason.MODEL_UNAVAILABLE,
            "No model is configured for this node: set TRADEWIND_OPENAI_BASE_URL, give the node a base path or a stored "
            "credential, or start the server without --no-local-models.",
        )

    def _make_chat_model(self, spec: ChatModelSpec, resolution: Resolution) -> ChatModel:
        chat = self._chat_model(spec, resolution)
        chat.provider = spec.provider if resolution.is_the_nodes else resolution.kind
        chat.meter = self._meter
        return chat

    def _chat_model(self, spec: ChatModelSpec, resolution: Resolution) -> EndpointChatModel:
        """A model in the dialect of its provider."""
        endpoint, model, provider = self._endpoint(spec, resolution), resolution.model, resolution.provider
        parameters = dict(spec.parameters)
        if resolution.kind == "embedded":
            parameters.setdefault("max_tokens", EMBEDDED_TOKENS)
        extras = dict(spec.extras) if resolution.is_the_nodes else {}
        match provider.dialect:
            case "anthropic":
                return AnthropicChatModel(endpoint, model, parameters, extras)
            case "google":
                return GoogleChatModel(endpoint, model, parameters, extras)
            case "bedrock":
                return BedrockChatModel(endpoint, model, parameters, extras)
            case "replicate":
                return ReplicateChatModel(endpoint, model, parameters, extras, seconds=spec.timeout or RUN_SECONDS)
            case "ollama":
                return OllamaChatModel(endpoint, model, parameters, extras)
        counts, schemas = provider.counts_streams, provider.knows_schemas
        return OpenAIChatModel(endpoint, model, parameters | extras, stream_usage=counts, knows_schemas=schemas)

    def _make_embedder(self, spec: EmbedderSpec, resolution: Resolution) -> Embedder:
        embedder = self._embedder(spec, resolution)
        embedder.provider = spec.provider if resolution.is_the_nodes else resolution.kind
        return embedder

    def _embedder(self, spec: EmbedderSpec, resolution: Resolution) -> EndpointEmbedder:
        """An embedder in the dialect of its provider."""
        endpoint, model, provider = self._endpoint(spec, resolution), resolution.model, resolution.provider
        match provider.dialect:
            case "google":
                return GoogleEmbedder(endpoint, model, spec, batch=provider.batch, task=spec.task)
            case "bedrock":
                return BedrockEmbedder(endpoint, model, spec, batch=batch_of(model))
            case "vertex":
                return VertexEmbedder(endpoint, model, spec)
            case "cohere":
                return CohereEmbedder(endpoint, model, spec, batch=provider.batch)
        kinds: dict[EmbeddingKind, str] | None = None
        if provider.kinds:
            kinds = {"query": provider.kinds[0], "passage": provider.kinds[1]}
        return OpenAIEmbedder(endpoint, model, spec, batch=provider.batch, kinds=kinds, packs=provider.packs)

    def _make_reranker(self, spec: RerankerSpec, resolution: Resolution) -> Reranker:
        return EndpointReranker(
            self._endpoint(spec, resolution),
            resolution.model,
            dict(spec.extras),
            limit_name="top_k" if resolution.provider.dialect == "voyage" else "top_n",
            provider=spec.provider,
            meter=self._meter,
        )

    def _endpoint(self, spec: Spec, resolution: Resolution) -> Endpoint:
        """Cheap to make: the connections are the catalog's, whoever uses them."""
        provider = resolution.provider
        return Endpoint(
            resolution.base_url,
            None if provider.signs else resolution.api_key,
            label=resolution.label,
            socket=resolution.socket,
            headers=dict(provider.headers + spec.headers),
            timeout=spec.timeout or self._settings.model_timeout,
            auth=provider.auth,
            query=resolution.query,
            dialect=DIALECT_NAMES[provider.dialect],
            signer=signer_of(resolution),
            connections=self._guard if provider.behind_guard else self._connections,
        )

    async def aclose(self) -> None:
        await self._connections.aclose()
        await self._guard.aclose()


def signer_of(resolution: Resolution) -> Signer | None:
    """What signs the requests of a provider that is sent no key; None for others, and without a key."""
    if not resolution.api_key or not resolution.provider.signs:
        return None
    if resolution.provider.signs == "google":
        return ServiceAccountSigner(resolution.api_key)
    fields = dict(resolution.secrets)
    return AwsSigner(
        resolution.api_key,
        fields.get("awsSecret", "").strip(),
        fields.get("region") or AWS_REGION,
        fields.get("awsSession", "").strip(),
    )


def _table(spec: Spec) -> Mapping[str, Provider]:
    if isinstance(spec, ChatModelSpec):
        return CHAT
    return EMBEDDINGS if isinstance(spec, EmbedderSpec) else RERANKERS


def no_key(name: str, provider: Provider) -> FailedPrecondition:
    """Nothing answers in place of some services: without a key of theirs a node cannot run."""
    return FailedPrecondition(
        Reason.CREDENTIAL_NOT_FOUND,
        f"A node of {name} has no stored credential with the field {(*provider.keys, 'apiKey')[0]}; store one with "
        "`tradewind credentials set`, under the name or id that the node has for it.",
    )
