"""A fake of Ollama's own API; ``fakes.provider_endpoint`` says what it can do."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

import orjson

from fakes.provider_endpoint import FakeProvider, Said, pieces_of


class FakeOllama(FakeProvider):
    content_type = "application/x-ndjson"

    def given_key(self, headers: Mapping[str, str]) -> str | None:
        return headers.get("authorization", "").removeprefix("Bearer ")

    def model_of(self, path: str, body: Any) -> str:
        assert path == "/api/chat"
        return str(body["model"])

    def streams(self, path: str, body: Any) -> bool:
        return bool(body["stream"])

    def refusal(self, status: int, message: str) -> Any:
        return {"error": message}

    def overflow(self) -> tuple[int, Any]:
        return 400, {"error": "request (9001 tokens) exceeds the available context size (8192 tokens)"}

    def whole(self, said: Said) -> Any:
        message: dict[str, Any] = {"role": "assistant", "content": said.text}
        if said.thinking:
            message["thinking"] = said.thinking
        if said.call:
            message["tool_calls"] = [self._call(*said.call)]
        return self._line(message, True)

    def events(self, said: Said) -> list[Any]:
        lines = [self._line({"role": "assistant", "content": "", "thinking": piece}) for piece in pieces_of(said.thinking)]
        lines += [self._line({"role": "assistant", "content": piece}) for piece in pieces_of(said.text)]
        if said.call:
            lines.append(self._line({"role": "assistant", "content": "", "tool_calls": [self._call(*said.call)]}))
        return [*lines, self._line({"role": "assistant", "content": ""}, True)]

    def _call(self, name: str, arguments: str) -> dict[str, Any]:
        return {"function": {"name": name, "arguments": orjson.loads(arguments) if arguments.strip() else {}}}

    def _line(self, message: dict[str, Any], done: bool = False) -> dict[str, Any]:
        line: dict[str, Any] = {"model": "fake", "message": message, "done": done}
        return line | {"done_reason": "stop", "prompt_eval_count": 10, "eval_count": 20} if done else line

    def written(self, event: Any) -> bytes:
        return orjson.dumps(event) + b"\n"

    def broken(self) -> Any:
        return {"error": "an error was encountered while running the model"}

    def last_text(self, body: Any) -> str:
        return str(body["messages"][-1]["content"])

    def images(self, body: Any) -> list[tuple[str, str]]:
        images = [image for message in body["messages"] for image in message.get("images", ())]
        return [(_type(image), image) for image in images]

    def tools(self, body: Any) -> list[tuple[str, Any]]:
        return [(tool["function"]["name"], tool["function"]["parameters"]) for tool in body.get("tools", ())]

    def has_result(self, body: Any) -> bool:
        return bool(body["messages"][-1]["role"] == "tool")

    def system(self, body: Any) -> str:
        return "".join(message["content"] for message in body["messages"] if message["role"] == "system")

    def stops(self, body: Any) -> list[str]:
        return list(body["options"].get("stop", ()))


def _type(image: str) -> str:
    """Ollama is told no type: it looks at the bytes."""
    return "image/png" if base64.b64decode(image).startswith(b"\x89PNG") else "image/jpeg"
