"""Each dialect of chat models beside a fake endpoint that speaks it, and what the suite wants to know of a request."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from tradewind_server.flows.ports import ChatModel
from tradewind_server.models.anthropic.chat import AnthropicChatModel
from tradewind_server.models.bedrock.chat import BedrockChatModel
from tradewind_server.models.bedrock.signature import AwsSigner
from tradewind_server.models.endpoint import Connections, Endpoint
from tradewind_server.models.google.chat import GoogleChatModel
from tradewind_server.models.ollama.chat import OllamaChatModel
from tradewind_server.models.openai.chat import OpenAIChatModel
from tradewind_server.models.providers import CHAT

from fakes.anthropic_endpoint import FakeAnthropic
from fakes.bedrock_endpoint import FakeBedrock
from fakes.google_endpoint import FakeGoogle
from fakes.ollama_endpoint import FakeOllama
from fakes.openai_endpoint import FakeOpenAI
from fakes.provider_endpoint import FakeProvider

KEY = "sk-very-secret-0123456789"


class Bench(ABC):
    """A dialect and its fake, with what the suite wants to know of a request."""

    fake: Any

    def __init__(self) -> None:
        self.connections = Connections()

    @abstractmethod
    def model(
        self, name: str, *, timeout: float = 5.0, key: str = KEY, url: str | None = None, **parameters: Any
    ) -> ChatModel: ...

    @abstractmethod
    def images(self, body: Any) -> list[tuple[str, str]]: ...

    @abstractmethod
    def tools(self, body: Any) -> list[tuple[str, Any]]: ...

    @abstractmethod
    def system(self, body: Any) -> str: ...

    @abstractmethod
    def stops(self, body: Any) -> list[str]: ...

    def endpoint(self, provider: str, url: str | None, key: str, timeout: float) -> Endpoint:
        row = CHAT[provider]
        return Endpoint(
            url or self.fake.base_url,
            key,
            auth=row.auth,
            headers=dict(row.headers),
            timeout=timeout,
            connections=self.connections,
        )


class OpenAIBench(Bench):
    def __init__(self) -> None:
        super().__init__()
        self.fake = FakeOpenAI(api_key=KEY)

    def model(self, name: str, *, timeout: float = 5.0, key: str = KEY, url: str | None = None, **parameters: Any) -> ChatModel:
        return OpenAIChatModel(self.endpoint("openai", url, key, timeout), name, parameters)

    def images(self, body: Any) -> list[tuple[str, str]]:
        parts = [part for message in body["messages"] if isinstance(message["content"], list) for part in message["content"]]
        urls = [part["image_url"]["url"] for part in parts if part["type"] == "image_url"]
        return [tuple(url.removeprefix("data:").split(";base64,")) for url in urls]

    def tools(self, body: Any) -> list[tuple[str, Any]]:
        return [(tool["function"]["name"], tool["function"]["parameters"]) for tool in body.get("tools", ())]

    def system(self, body: Any) -> str:
        return "".join(message["content"] for message in body["messages"] if message["role"] == "system")

    def stops(self, body: Any) -> list[str]:
        return list(body.get("stop", ()))


class ProviderBench(Bench):
    """A dialect whose fake can tell itself what it was sent."""

    def __init__(self, provider: str, fake: FakeProvider, dialect: Any) -> None:
        super().__init__()
        self.provider = provider
        self.fake = fake
        self.dialect = dialect

    def model(self, name: str, *, timeout: float = 5.0, key: str = KEY, url: str | None = None, **parameters: Any) -> ChatModel:
        model: ChatModel = self.dialect(self.endpoint(self.provider, url, key, timeout), name, parameters)
        return model

    def images(self, body: Any) -> list[tuple[str, str]]:
        return list(self.fake.images(body))

    def tools(self, body: Any) -> list[tuple[str, Any]]:
        return list(self.fake.tools(body))

    def system(self, body: Any) -> str:
        return str(self.fake.system(body))

    def stops(self, body: Any) -> list[str]:
        return list(self.fake.stops(body))


class BedrockBench(ProviderBench):
    """Its requests are signed instead of carrying a key."""

    def __init__(self) -> None:
        super().__init__("bedrock", FakeBedrock(KEY), BedrockChatModel)

    def endpoint(self, provider: str, url: str | None, key: str, timeout: float) -> Endpoint:
        signer = AwsSigner(key, f"secret of {KEY}", "us-east-1")
        return Endpoint(url or self.fake.base_url, timeout=timeout, connections=self.connections, signer=signer)


BENCHES: Mapping[str, Any] = {
    "openai": OpenAIBench,
    "anthropic": lambda: ProviderBench("anthropic", FakeAnthropic(KEY), AnthropicChatModel),
    "google": lambda: ProviderBench("google", FakeGoogle(KEY), GoogleChatModel),
    "bedrock": BedrockBench,
    "ollama": lambda: ProviderBench("ollama", FakeOllama(KEY), OllamaChatModel),
}
