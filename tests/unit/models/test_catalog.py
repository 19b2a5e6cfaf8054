"""Which model a node gets, and that the same node gets the same client."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.access.ports import Credential
from tradewind_server.errors import FailedPrecondition, Reason, Unavailable
from tradewind_server.flows.ports import ChatModelSpec, EmbedderSpec, Message
from tradewind_server.models import catalog as catalog_module
from tradewind_server.models.catalog import ModelCatalog
from tradewind_server.models.openai.chat import OpenAIChatModel
from tradewind_server.settings import Settings

from fakes.ollama_endpoint import FakeOllama

CHAT = ChatModelSpec("openai", "gpt-4o-mini")
EMBEDDING = EmbedderSpec("openai", "text-embedding-3-small")
ASK = [Message("user", "hi")]
HOME, AWAY = "workspace-1", "workspace-2"


class StoredCredentials:
    """Credentials of one workspace, counting how often they are read."""

    def __init__(self, **secrets: Mapping[str, str]) -> None:
        self.secrets = dict(secrets)
        self.reads = 0

    async def set(self, workspace_id: str, name: str, provider: str, secret: Mapping[str, str]) -> Credential:
        self.secrets[name] = secret
        return Credential(name, workspace_id, name, provider, datetime.now(UTC), datetime.now(UTC))

    async def list(self, workspace_id: str) -> list[Credential]:
        return []

    async def delete(self, workspace_id: str, name_or_id: str) -> int:
        return int(self.secrets.pop(name_or_id, None) is not None)

    async def reveal(self, workspace_id: str, name_or_id: str) -> tuple[Credential, dict[str, str]] | None:
        self.reads += 1
        if workspace_id != HOME or name_or_id not in self.secrets:
            return None
        now = datetime.now(UTC)
        return Credential(name_or_id, HOME, name_or_id, "openAIApi", now, now), dict(self.secrets[name_or_id])


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def settings(**values: Any) -> Settings:
    return Settings(_env_file=None, **values)


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"TRADEWIND_{name}", raising=False)


@pytest.fixture
def stored() -> StoredCredentials:
    return StoredCredentials(
        mine={"openAIApiKey": "sk-mine"},
        local={"apiKey": "k", "basePath": "http://gpu:8000/v1"},
        odd={},
        claude={"anthropicApiKey": "sk-ant"},
    )


def catalog(stored: StoredCredentials, run_dir: Path | None = Path("/run/tw"), **values: Any) -> ModelCatalog:
    return ModelCatalog(settings(**values), stored, run_dir)


CONFIGURED = {"openai_base_url": "http://configured:1/v1", "openai_api_key": "sk-configured"}


@pytest.mark.parametrize(
    ("spec", "values", "kind", "url", "key", "model"),
    [
        # The node's own base path wins over everything.
        (replace(CHAT, base_url="http://node/v1"), CONFIGURED, "node", "http://node/v1", None, "gpt-4o-mini"),
        (
            replace(CHAT, base_url="http://node/v1", credential_id="mine"),
            CONFIGURED,
            "node",
            "http://node/v1",
            "sk-mine",
            "gpt-4o-mini",
        ),
        (
            replace(CHAT, base_url="http://node/v1", credential_id="mine", api_key="sk-node"),
            {},
            "node",
            "http://node/v1",
            "sk-node",
            "gpt-4o-mini",
        ),
        # Then a credential held here.
        (
            replace(CHAT, credential_id="mine"),
            CONFIGURED,
            "credential",
            "https://api.openai.com/v1",
            "sk-mine",
            "gpt-4o-mini",
        ),
        (replace(CHAT, credential_id="local"), {}, "credential", "http://gpu:8000/v1", "k", "gpt-4o-mini"),
        # One drawn elsewhere, or without a key, falls through.
        (
            replace(CHAT, credential_id="foreign"),
            CONFIGURED,
            "configured",
            "http://configured:1/v1",
            "sk-configured",
            "gpt-4o-mini",
        ),
        (replace(CHAT, credential_id="odd"), {}, "embedded", "http://localhost/v1", None, "qwen2.5-0.5b"),
        (
            replace(ChatModelSpec("anthropic", "claude"), credential_id="claude"),
            CONFIGURED,
            "credential",
            "https://api.anthropic.com/v1",
            "sk-ant",
            "claude",
        ),
        # Another provider's credential says nothing of this one.
        (replace(CHAT, credential_id="claude"), {}, "embedded", "http://localhost/v1", None, "qwen2.5-0.5b"),
        # The provider's own address, drawn into the node, does not stand for a credential.
        (
            replace(CHAT, base_url="https://api.openai.com/v1/", credential_id="foreign"),
            {},
            "embedded",
            "http://localhost/v1",
            None,
            "qwen2.5-0.5b",
        ),
        (
            replace(CHAT, base_url="https://api.openai.com/v1", credential_id="mine"),
            CONFIGURED,
            "credential",
            "https://api.openai.com/v1",
            "sk-mine",
            "gpt-4o-mini",
        ),
        # Ollama needs no key, only its address.
        (
            ChatModelSpec("ollama", "llama", base_url="http://localhost:11434"),
            CONFIGURED,
            "node",
            "http://localhost:11434",
            None,
            "llama",
        ),
        # Then the configured endpoint.
        (CHAT, CONFIGURED, "configured", "http://configured:1/v1", "sk-configured", "gpt-4o-mini"),
        (
            CHAT,
            {**CONFIGURED, "openai_model": "llama"},
            "configured",
            "http://configured:1/v1",
            "sk-configured",
            "llama",
        ),
        (
            EMBEDDING,
            {**CONFIGURED, "openai_model": "llama"},
            "configured",
            "http://configured:1/v1",
            "sk-configured",
            "text-embedding-3-small",
        ),
        # Then the embedded models, which have their own names.
        (CHAT, {"chat_model": "smollm2-135m"}, "embedded", "http://localhost/v1", None, "smollm2-135m"),
        (EMBEDDING, {}, "embedded", "http://localhost/v1", None, "multilingual-e5-small"),
    ],
)
async def test_the_order(
    stored: StoredCredentials,
    spec: ChatModelSpec | EmbedderSpec,
    values: dict[str, Any],
    kind: str,
    url: str,
    key: str | None,
    model: str,
) -> None:
    found = await catalog(stored, **values).resolve(HOME, spec)
    assert (found.kind, found.base_url, found.api_key, found.model) == (kind, url, key, model)


async def test_each_embedded_model_has_its_socket(stored: StoredCredentials) -> None:
    models = catalog(stored)
    assert (await models.resolve(HOME, CHAT)).socket == "/run/tw/chat.sock"
    assert (await models.resolve(HOME, EMBEDDING)).socket == "/run/tw/embeddings.sock"


@pytest.mark.parametrize("run_dir", [None, Path("/run/tw")])
async def test_nothing_left_names_both_ways_out(stored: StoredCredentials, run_dir: Path | None) -> None:
    models = catalog(stored, run_dir, local_models=run_dir is None)
    with pytest.raises(FailedPrecondition) as raised:
        await models.chat_model(HOME, CHAT)
    assert raised.value.reason is Reason.MODEL_UNAVAILABLE
    assert "TRADEWIND_OPENAI_BASE_URL" in raised.value.message and "--no-local-models" in raised.value.message


async def test_a_credential_of_another_workspace_is_not_used(stored: StoredCredentials) -> None:
    spec = replace(CHAT, credential_id="mine")
    models = catalog(stored)
    assert (await models.resolve(HOME, spec)).kind == "credential"
    assert (await models.resolve(AWAY, spec)).kind == "embedded"


async def test_the_same_node_gets_the_same_client(stored: StoredCredentials) -> None:
    models = catalog(stored)
    first = await models.chat_model(HOME, CHAT)
    assert await models.chat_model(AWAY, replace(CHAT)) is first
    assert await models.chat_model(HOME, replace(CHAT, parameters=(("temperature", 0.1),))) is not first
    embedder = await models.embedder(HOME, EMBEDDING)
    assert await models.embedder(HOME, replace(EMBEDDING)) is embedder
    assert embedder.model_name == "multilingual-e5-small"


async def test_a_credential_is_read_again_after_a_few_seconds(stored: StoredCredentials) -> None:
    clock = Clock()
    models = ModelCatalog(settings(), stored, None, clock)
    spec = replace(CHAT, credential_id="mine", base_url="http://node/v1")
    first = await models.chat_model(HOME, spec)
    for _ in range(10):
        assert await models.chat_model(HOME, spec) is first
    assert stored.reads == 1
    stored.secrets["mine"] = {"openAIApiKey": "sk-renewed"}
    clock.now += catalog_module.CREDENTIAL_SECONDS
    assert await models.chat_model(HOME, spec) is not first
    assert stored.reads == 2
    assert (await models.resolve(HOME, spec)).api_key == "sk-renewed"


async def test_the_caches_are_bounded(monkeypatch: pytest.MonkeyPatch, stored: StoredCredentials) -> None:
    monkeypatch.setattr(catalog_module, "MOST_CLIENTS", 8)
    models = catalog(stored)
    for number in range(50):
        await models.chat_model(HOME, replace(CHAT, parameters=(("seed", number),)))
    assert len(models._chat_clients) == len(models._chats) == 8


async def test_many_ways_to_one_endpoint_share_its_connections(
    monkeypatch: pytest.MonkeyPatch, fake: Any, stored: StoredCredentials
) -> None:
    monkeypatch.setattr(catalog_module, "MOST_CLIENTS", 8)
    models = catalog(stored, openai_base_url=fake.base_url)
    for number in range(50):
        model = await models.chat_model(HOME, replace(CHAT, headers=(("x-caller", str(number)),)))
        await model.complete([Message("user", "hi")])
    assert len(fake.connections) == 1
    assert [seen.headers["x-caller"] for seen in fake.requests] == [str(number) for number in range(50)]
    await models.aclose()


async def test_a_client_that_is_dropped_finishes_its_answer(
    monkeypatch: pytest.MonkeyPatch, fake: Any, stored: StoredCredentials
) -> None:
    monkeypatch.setattr(catalog_module, "MOST_CLIENTS", 1)
    fake.latency = 0.05
    models = catalog(stored, openai_base_url=fake.base_url)
    running = asyncio.ensure_future((await models.chat_model(HOME, CHAT)).complete([Message("user", "hi")]))
    await asyncio.wait_for(fake.asked.wait(), 60)
    for number in range(3):
        await models.chat_model(HOME, replace(CHAT, parameters=(("seed", number),)))
    assert (await running).text
    await models.aclose()


async def test_a_client_in_use_stays(monkeypatch: pytest.MonkeyPatch, stored: StoredCredentials) -> None:
    monkeypatch.setattr(catalog_module, "MOST_CLIENTS", 8)
    models = catalog(stored)
    busy = await models.chat_model(HOME, CHAT)
    for number in range(50):
        await models.chat_model(HOME, replace(CHAT, parameters=(("seed", number),)))
        assert await models.chat_model(HOME, CHAT) is busy


async def test_nodes_of_one_endpoint_share_its_connections(fake: Any, stored: StoredCredentials) -> None:
    models = catalog(stored, openai_base_url=fake.base_url)
    for number in range(3):
        model = await models.chat_model(HOME, replace(CHAT, parameters=(("seed", number),)))
        await model.complete([Message("user", "hi")])
    assert len(fake.connections) == 1
    assert [body["seed"] for body in fake.chats] == [0, 1, 2]
    await models.aclose()
    async with asyncio.timeout(60):
        while fake.connections:  # noqa: ASYNC110 (until the loop has seen the close)
            await asyncio.sleep(0)


async def test_headers_and_timeout_of_the_node_reach_the_endpoint(fake: Any, stored: StoredCredentials) -> None:
    models = catalog(stored, openai_base_url=fake.base_url)
    model = await models.chat_model(HOME, replace(CHAT, headers=(("X-Org", "o1"),), timeout=45.0))
    await model.complete([Message("user", "hi")])
    assert fake.requests[0].headers["x-org"] == "o1"
    assert isinstance(model, OpenAIChatModel) and model._endpoint._silence == 45.0
    await models.aclose()


async def test_the_embedded_embedder_sends_small_batches_and_says_what_a_text_is(
    fake_openai: Any, stored: StoredCredentials, tmp_path: Path
) -> None:
    fake = fake_openai()
    await fake.start(socket=str(tmp_path / "embeddings.sock"))
    models = catalog(stored, tmp_path)
    embedder = await models.embedder(HOME, EMBEDDING)
    await embedder.embed_documents(["text"] * 40)
    await embedder.embed_query("text")
    await models.aclose()
    await fake.stop()
    assert sorted(len(seen.body["input"]) for seen in fake.requests) == [1, 8, 32]
    assert [seen.body["input_type"] for seen in fake.requests] == ["passage", "passage", "query"]
    assert {seen.body["model"] for seen in fake.requests} == {"multilingual-e5-small"}


async def test_an_answer_of_the_embedded_chat_model_has_an_end(
    fake_openai: Any, stored: StoredCredentials, tmp_path: Path
) -> None:
    fake = fake_openai()
    await fake.start(socket=str(tmp_path / "chat.sock"))
    models = catalog(stored, tmp_path)
    for spec in (CHAT, replace(CHAT, parameters=(("max_tokens", 7),))):
        await (await models.chat_model(HOME, spec)).complete([Message("user", "hi")])
    await models.aclose()
    await fake.stop()
    assert [seen.body["max_tokens"] for seen in fake.requests] == [1024, 7]


async def test_an_embedded_model_that_is_starting(
    monkeypatch: pytest.MonkeyPatch, retries: list[float], stored: StoredCredentials, tmp_path: Path
) -> None:
    models = catalog(stored, tmp_path)
    with pytest.raises(Unavailable, match="The embedded chat model cannot be reached; it may be starting"):
        await (await models.chat_model(HOME, CHAT)).complete([Message("user", "hi")])
    await models.aclose()


async def test_no_secret_is_shown_by_its_repr(stored: StoredCredentials) -> None:
    models = catalog(stored)
    found = await models.resolve(HOME, replace(CHAT, credential_id="mine"))
    assert "sk-mine" not in repr(found)
    assert found.api_key == "sk-mine"


async def test_a_provider_speaks_its_dialect_and_one_in_its_place_does_not_get_its_parameters(
    fake: Any, stored: StoredCredentials
) -> None:
    spec = ChatModelSpec("ollama", "llama", parameters=(("temperature", 0.5),), extras=(("num_ctx", 4096),))
    async with FakeOllama() as ollama:
        models = catalog(stored, openai_base_url=fake.base_url)
        assert (await (await models.chat_model(HOME, replace(spec, base_url=ollama.base_url))).complete(ASK)).text
        assert (await (await models.chat_model(HOME, spec)).complete(ASK)).text
        await models.aclose()
    assert ollama.requests[0].body["options"] == {"temperature": 0.5, "num_ctx": 4096}
    assert fake.chats[0]["temperature"] == 0.5 and "num_ctx" not in fake.chats[0]


@pytest.mark.parametrize(
    ("provider", "key_field", "made"),
    [
        ("anthropic", "anthropicApiKey", "AnthropicChatModel"),
        ("google", "googleGenerativeAPIKey", "GoogleChatModel"),
        ("groq", "groqApiKey", "OpenAIChatModel"),
        ("azure", "azureOpenAIApiKey", "OpenAIChatModel"),
    ],
)
async def test_each_provider_has_its_adapter(stored: StoredCredentials, provider: str, key_field: str, made: str) -> None:
    stored.secrets["held"] = {key_field: "k", "azureOpenAIApiInstanceName": "team"}
    model = await catalog(stored).chat_model(HOME, ChatModelSpec(provider, "m", credential_id="held"))
    assert type(model).__name__ == made


@pytest.mark.parametrize(
    ("provider", "made"), [("google", "GoogleEmbedder"), ("cohere", "CohereEmbedder"), ("voyage", "OpenAIEmbedder")]
)
async def test_each_provider_of_embeddings_has_its_adapter(stored: StoredCredentials, provider: str, made: str) -> None:
    embedder = await catalog(stored).embedder(HOME, EmbedderSpec(provider, "m", api_key="k"))
    assert type(embedder).__name__ == made
