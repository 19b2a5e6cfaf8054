"""The rows of the provider tables, and where each way of naming an endpoint leads."""

from __future__ import annotations

import pytest
from tradewind_server.flows.nodes.models.chat import CHAT_PROVIDERS
from tradewind_server.flows.nodes.models.clouds import CLOUD_PROVIDERS
from tradewind_server.flows.nodes.models.embeddings import EMBEDDINGS_PROVIDERS
from tradewind_server.flows.nodes.models.llms import LLM_PROVIDERS
from tradewind_server.models.providers import CHAT, EMBEDDINGS, EndpointAddress, Provider


def test_every_node_has_its_provider_and_its_key_field() -> None:
    for row in (*CHAT_PROVIDERS, *LLM_PROVIDERS, *CLOUD_PROVIDERS):
        assert row.key in CHAT[row.provider].keys, row.node
    for embeddings in EMBEDDINGS_PROVIDERS:
        assert embeddings.key in EMBEDDINGS[embeddings.provider].keys, embeddings.node


def test_every_provider_is_somewhere() -> None:
    """By an address of its own, or by an input of its node."""
    for row in (*CHAT_PROVIDERS, *LLM_PROVIDERS, *CLOUD_PROVIDERS):
        provider = CHAT[row.provider]
        assert provider.url or row.url or provider.locate, row.node
    for provider in (*CHAT.values(), *EMBEDDINGS.values()):
        assert provider.url is None or (provider.url.startswith("https://") and not provider.url.endswith("/"))


@pytest.mark.parametrize(
    ("provider", "base", "expected"),
    [
        (CHAT["openai"], None, "https://api.openai.com/v1"),
        (CHAT["openai"], "http://gpu:8000/v1/", "http://gpu:8000/v1"),
        (CHAT["openai"], "http://gpu:8000/v1/chat/completions", "http://gpu:8000/v1"),
        (CHAT["ollama"], "http://localhost:11434", "http://localhost:11434"),
        (EMBEDDINGS["ollama"], "http://localhost:11434/", "http://localhost:11434/v1"),
        (EMBEDDINGS["ollama"], "http://localhost:11434/v1", "http://localhost:11434/v1"),
        (CHAT["mistral"], "https://proxy.example", "https://proxy.example/v1"),
        (CHAT["google"], "https://generativelanguage.googleapis.com", "https://generativelanguage.googleapis.com/v1beta"),
        (CHAT["google"], "https://proxy.example/google/v1", "https://proxy.example/google/v1"),
        (CHAT["localai"], None, None),
    ],
)
def test_the_address_by_a_base_path(provider: Provider, base: str | None, expected: str | None) -> None:
    assert provider.address(base, {}, "m") == (EndpointAddress(expected) if expected else None)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"baseUrl": "http://gpu/v1"}, "http://gpu/v1"),
        ({"endpoint": "https://api.voyageai.com/v1/embeddings"}, "https://api.voyageai.com/v1"),
        ({}, "https://api.voyageai.com/v1"),
    ],
)
def test_the_address_by_a_credential(fields: dict[str, str], expected: str) -> None:
    assert EMBEDDINGS["voyage"].address(None, fields, "m") == EndpointAddress(expected)


AZURE = {
    "azureOpenAIApiInstanceName": "team",
    "azureOpenAIApiDeploymentName": "fast",
    "azureOpenAIApiVersion": "2025-01-01",
}
DEPLOYMENTS = "https://team.openai.azure.com/openai/deployments"


@pytest.mark.parametrize(
    ("table", "base", "fields", "expected"),
    [
        (CHAT, None, AZURE, EndpointAddress(f"{DEPLOYMENTS}/fast", "api-version=2025-01-01")),
        (CHAT, "http://gate/azure/", AZURE, EndpointAddress("http://gate/azure/fast", "api-version=2025-01-01")),
        (CHAT, None, {"azureOpenAIApiInstanceName": "team"}, EndpointAddress(f"{DEPLOYMENTS}/gpt-x", "api-version=2024-10-21")),
        (CHAT, None, {"azureOpenAIApiDeploymentName": "fast"}, None),
        (
            CHAT,
            None,
            {**AZURE, "endpoint": "https://own.example/"},
            EndpointAddress("https://own.example/openai/deployments/fast", "api-version=2025-01-01"),
        ),
        (
            CHAT,
            None,
            {**AZURE, "baseUrl": "https://own.example/openai/deployments"},
            EndpointAddress("https://own.example/openai/deployments/fast", "api-version=2025-01-01"),
        ),
        (
            EMBEDDINGS,
            None,
            {**AZURE, "azureOpenAIApiEmbeddingsDeploymentName": "vectors"},
            EndpointAddress(f"{DEPLOYMENTS}/vectors", "api-version=2025-01-01"),
        ),
        (EMBEDDINGS, None, AZURE, EndpointAddress(f"{DEPLOYMENTS}/fast", "api-version=2025-01-01")),
    ],
)
def test_azure_has_an_address_for_each_deployment(
    table: dict[str, Provider], base: str | None, fields: dict[str, str], expected: EndpointAddress | None
) -> None:
    assert table["azure"].address(base, fields, "gpt-x") == expected


def test_a_key_stands_under_its_providers_name_or_under_ours() -> None:
    assert CHAT["anthropic"].key_of({"anthropicApiKey": "a", "apiKey": "b"}) == "a"
    assert CHAT["anthropic"].key_of({"apiKey": "b"}) == "b"
    assert CHAT["anthropic"].key_of({"openAIApiKey": "c"}) is None  # Another provider's key is not sent to this one.


@pytest.mark.parametrize(
    ("base", "account", "url"),
    [
        (None, "acc1", "https://api.cloudflare.com/client/v4/accounts/acc1/ai/v1"),
        ("https://gate.example/", "acc1", "https://gate.example/acc1/ai/v1"),
        (None, "", None),
        (None, "../x", None),
    ],
)
def test_cloudflare_has_an_address_for_each_account(base: str | None, account: str, url: str | None) -> None:
    fields = {"cloudflareApiToken": "k", "cloudflareAccountId": account}
    assert CHAT["cloudflare"].address(base, fields, "m") == (EndpointAddress(url) if url else None)
