"""The providers of models: where each one lives, under which names a credential keeps its key, and what it speaks.

The next provider is a row here and a row beside its node (``flows/nodes``). A provider that is not in a table speaks
OpenAI's dialect at whatever address its node or its credential names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from tradewind_server.access.ports import endpoint_of
from tradewind_server.errors import FailedPrecondition, Reason
from tradewind_server.models.embeddings import BATCH
from tradewind_server.models.endpoint import BEARER
from tradewind_server.models.google.service_account import no_account, project_of

KEY_FIELDS = ("apiKey", "api_key")
"""Where a key stands in a credential that ``tradewind credentials set`` stored, whatever its provider."""
VERSION_SEGMENT = re.compile(r"/v\d++[a-z]*+\d*+(/|$)")

PATHS = ("/embeddings", "/chat/completions", "/rerank")
"""What people leave at the end of a base URL."""

CredentialFields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EndpointAddress:
    """Where requests go: a base URL and a query that is added to each of them."""

    url: str
    query: str = ""


@dataclass(frozen=True, slots=True)
class Provider:
    """One row. ``version`` is a path that people leave out of the base URL; ``kinds`` are the provider's words for a
    question and a passage."""

    url: str | None = None
    keys: tuple[str, ...] = ()
    dialect: Literal["openai", "anthropic", "google", "ollama", "cohere", "voyage", "replicate", "bedrock", "vertex"] = "openai"
    auth: tuple[str, str] = BEARER
    version: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    signs: Literal["", "aws", "google"] = ""
    """How requests are signed where a key is not sent itself; ``secrets`` are the fields of a credential that this takes."""
    secrets: tuple[str, ...] = ()
    locate: Callable[[str | None, CredentialFields, str], EndpointAddress | None] | None = None
    """Finds the address from a node's base path, the fields of its credential and its model, where a row cannot."""

    behind_guard: bool = False
    """Whether the guard of outbound calls decides which addresses it may be at."""

    counts_streams: bool = True
    knows_schemas: bool = True

    batch: int = BATCH
    packs: bool = True
    kinds: tuple[str, str] | None = None

    def key_of(self, fields: CredentialFields) -> str | None:
        return next((fields[name] for name in (*self.keys, *KEY_FIELDS) if fields.get(name)), None)

    def address(self, base: str | None, fields: CredentialFields, model: str) -> EndpointAddress | None:
        """Where this provider is reached by a node's base path, or else by a credential; None without either."""
        if self.locate is not None:
            return self.locate(base, fields, model)
        url = base or endpoint_of(fields)
        if url is None:
            return EndpointAddress(self.url) if self.url else None
        url = url.rstrip("/")
        for path in PATHS:
            url = url.removesuffix(path)
        if self.version and not VERSION_SEGMENT.search(url):
            url += self.version
        return EndpointAddress(url)


AWS_REGION, GOOGLE_REGION = "us-east-1", "us-central1"
CLOUDFLARE = "https://api.cloudflare.com/client/v4/accounts"
ACCOUNT = re.compile(r"[0-9a-zA-Z_-]{1,64}")
PROJECT = re.compile(r"[a-z0-9.:-]{1,100}")
AZURE_VERSION = "2024-10-21"
AZURE_DEPLOYMENTS = ("azureOpenAIApiEmbeddingsDeploymentName", "azureOpenAIApiDeploymentName")


def azure_chat(base: str | None, fields: CredentialFields, model: str) -> EndpointAddress | None:
    return _azure(base, fields, fields.get("azureOpenAIApiDeploymentName") or model)


def azure_embeddings(base: str | None, fields: CredentialFields, model: str) -> EndpointAddress | None:
    return _azure(base, fields, next((fields[name] for name in AZURE_DEPLOYMENTS if fields.get(name)), model))


def _azure(base: str | None, fields: CredentialFields, deployment: str) -> EndpointAddress | None:
    """Azure serves each deployment at an address of its own, and wants the version of its API in the query."""
    if not base and (own := endpoint_of(fields)):
        base = own if "/deployments" in own else f"{own.removesuffix('/openai')}/openai/deployments"
    if not base:
        instance = fields.get("azureOpenAIApiInstanceName")
        if not instance:
            return None
        base = f"https://{instance}.openai.azure.com/openai/deployments"
    return EndpointAddress(
        f"{base.rstrip('/')}/{deployment}", f"api-version={fields.get('azureOpenAIApiVersion') or AZURE_VERSION}"
    )


def azure_foundry(base: str | None, fields: CredentialFields, model: str) -> EndpointAddress | None:
    """The address in the credential is that of the call itself."""
    url = base or fields.get("azureFoundryEndpoint") or endpoint_of(fields)
    return EndpointAddress(url.strip().rstrip("/").removesuffix("/rerank")) if url else None


def bedrock(base: str | None, fields: CredentialFields, model: str) -> EndpointAddress | None:
    """Each region has an address of its own; a node may name another host, as of a private endpoint."""
    if fields.get("roleArn"):
        raise FailedPrecondition(
            Reason.CREDENTIAL_NOT_FOUND,
            "The credential of the Bedrock node names a role, and roles are not taken on here; store keys in it that may call "
            "Bedrock themselves.",
        )
    if base:
        return EndpointAddress(base if "://" in base else f"https://{base}")
    return EndpointAddress(f"https://bedrock-runtime.{fields.get('region') or AWS_REGION}.amazonaws.com")


def vertex(base: str | None, fields: CredentialFields, model: str) -> EndpointAddress | None:
    """Models of Google in a region of a project."""
    region, project = fields.get("region") or GOOGLE_REGION, project_of(fields)
    if not PROJECT.fullmatch(project):
        raise no_account()
    host = "aiplatform.googleapis.com" if region == "global" else f"{region}-aiplatform.googleapis.com"
    return EndpointAddress(f"https://{host}/v1/projects/{project}/locations/{region}/publishers/google")


def cloudflare(base: str | None, fields: CredentialFields, model: str) -> EndpointAddress | None:
    """Each account has an address of its own."""
    account = fields.get("cloudflareAccountId", "").strip()
    if not ACCOUNT.fullmatch(account):
        return None
    return EndpointAddress(f"{(base or CLOUDFLARE).rstrip('/')}/{account}/ai/v1")


OPENAI = Provider("https://api.openai.com/v1", ("openAIApiKey",))
ELSEWHERE = Provider()
"""An endpoint of which nothing is known but that it speaks OpenAI's dialect."""
EMBEDDED = Provider(kinds=("query", "passage"), batch=32)
"""The embedded models, which are served in OpenAI's dialect too. Small batches: each is answered within a second or so."""
AZURE_KEYS = ("azureOpenAIApiKey",)
GOOGLE = Provider(
    "https://generativelanguage.googleapis.com/v1beta",
    ("googleGenerativeAPIKey",),
    dialect="google",
    auth=("x-goog-api-key", ""),
    version="/v1beta",
    batch=100,
)

BEDROCK = Provider(
    keys=("awsKey",),
    dialect="bedrock",
    signs="aws",
    secrets=("awsKey", "awsSecret", "awsSession", "region"),
    locate=bedrock,
    behind_guard=True,
)

CHAT: Mapping[str, Provider] = {
    "openai": OPENAI,
    "azure": Provider(keys=AZURE_KEYS, auth=("api-key", ""), locate=azure_chat),
    "anthropic": Provider(
        "https://api.anthropic.com/v1",
        ("anthropicApiKey",),
        dialect="anthropic",
        auth=("x-api-key", ""),
        version="/v1",
        headers=(("anthropic-version", "2023-06-01"),),
    ),
    "google": GOOGLE,
    "ollama": Provider(keys=("ollamaApiKey",), dialect="ollama"),
    "mistral": Provider("https://api.mistral.ai/v1", ("mistralAIAPIKey",), version="/v1", counts_streams=False),
    "groq": Provider("https://api.groq.com/openai/v1", ("groqApiKey",)),
    "localai": Provider(keys=("localAIApiKey",)),
    "deepseek": Provider("https://api.deepseek.com", ("deepseekApiKey",), knows_schemas=False),
    "openrouter": Provider("https://openrouter.ai/api/v1", ("openRouterApiKey",)),
    "xai": Provider("https://api.x.ai/v1", ("xaiApiKey",)),
    "together": Provider("https://api.together.xyz/v1", ("togetherAIApiKey",)),
    "fireworks": Provider("https://api.fireworks.ai/inference/v1", ("fireworksApiKey",)),
    "perplexity": Provider("https://api.perplexity.ai", ("perplexityApiKey",)),
    "cerebras": Provider("https://api.cerebras.ai/v1", ("cerebrasApiKey",)),
    "nvidia": Provider("https://integrate.api.nvidia.com/v1", ("nvidiaNIMApiKey",)),
    "litellm": Provider(keys=("litellmApiKey",)),
    # Its OpenAI-compatible interface, which takes tools and schemas as its own does.
    "cohere": Provider("https://api.cohere.ai/compatibility/v1", ("cohereApiKey",), counts_streams=False, behind_guard=True),
    "bedrock": BEDROCK,
    "sambanova": Provider("https://api.sambanova.ai/v1", ("sambanovaApiKey",), behind_guard=True),
    "cometapi": Provider("https://api.cometapi.com/v1", ("cometApiKey",), behind_guard=True),
    "cloudflare": Provider(keys=("cloudflareApiToken",), locate=cloudflare, knows_schemas=False, behind_guard=True),
    "vertex": Provider(
        keys=("googleApplicationCredential",), dialect="google", signs="google", locate=vertex, behind_guard=True
    ),
    "huggingface": Provider("https://router.huggingface.co/v1", ("huggingFaceApiKey",), version="/v1", behind_guard=True),
    "replicate": Provider("https://api.replicate.com/v1", ("replicateApiKey",), dialect="replicate", behind_guard=True),
    "alibaba": Provider("https://dashscope.aliyuncs.com/compatible-mode/v1", ("alibabaApiKey",), knows_schemas=False),
}

EMBEDDINGS: Mapping[str, Provider] = {
    "openai": OPENAI,
    "azure": Provider(keys=AZURE_KEYS, auth=("api-key", ""), locate=azure_embeddings),
    "localai": CHAT["localai"],
    "ollama": Provider(keys=("ollamaApiKey",), version="/v1"),
    "mistral": Provider("https://api.mistral.ai/v1", ("mistralAIAPIKey",), version="/v1", batch=32, packs=False),
    "google": GOOGLE,
    "together": CHAT["together"],
    "voyage": Provider("https://api.voyageai.com/v1", ("voyageAIAPIKey",), kinds=("query", "document")),
    "cohere": Provider("https://api.cohere.com/v2", ("cohereApiKey",), dialect="cohere", batch=96),
    "jina": Provider("https://api.jina.ai/v1", ("jinaAIAPIKey",), packs=False, behind_guard=True),
    "bedrock": BEDROCK,
    "vertex": Provider(
        keys=("googleApplicationCredential",), dialect="vertex", signs="google", locate=vertex, behind_guard=True
    ),
}

RERANKERS: Mapping[str, Provider] = {
    "azure-foundry": Provider(keys=("azureFoundryApiKey",), auth=("api-key", ""), locate=azure_foundry, behind_guard=True),
    "cohere": Provider("https://api.cohere.com/v1", ("cohereApiKey",), dialect="cohere", version="/v1", behind_guard=True),
    "jina": Provider("https://api.jina.ai/v1", ("jinaAIAPIKey",), dialect="cohere", behind_guard=True),
    "voyage": Provider("https://api.voyageai.com/v1", ("voyageAIAPIKey",), dialect="voyage", behind_guard=True),
}
