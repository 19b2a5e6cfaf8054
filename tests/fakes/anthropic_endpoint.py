"""A fake of Anthropic's Messages API; ``fakes.provider_endpoint`` says what it can do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from fakes.provider_endpoint import FakeProvider, Said, pieces_of

KINDS = {401: "authentication_error", 404: "not_found_error", 429: "rate_limit_error", 529: "overloaded_error"}


class FakeAnthropic(FakeProvider):
    prefix = "/v1"

    def given_key(self, headers: Mapping[str, str]) -> str | None:
        return headers.get("x-api-key")

    def model_of(self, path: str, body: Any) -> str:
        assert path == "/v1/messages" and body["max_tokens"] > 0
        return str(body["model"])

    def streams(self, path: str, body: Any) -> bool:
        return bool(body.get("stream"))

    def refusal(self, status: int, message: str) -> Any:
        return {"type": "error", "error": {"type": KINDS.get(status, "api_error"), "message": message}}

    def overflow(self) -> tuple[int, Any]:
        message = "prompt is too long: 9001 tokens > 8192 maximum"
        return 400, {"type": "error", "error": {"type": "invalid_request_error", "message": message}}

    def whole(self, said: Said) -> Any:
        content: list[dict[str, Any]] = []
        if said.thinking:
            content.append({"type": "thinking", "thinking": said.thinking, "signature": "c2ln"})
        if said.text:
            content.append({"type": "text", "text": said.text})
        if said.call:
            name, arguments = said.call
            value = orjson.loads(arguments) if arguments.strip() else {}
            content.append({"type": "tool_use", "id": f"toolu_{name}", "name": name, "input": value})
        reason = "tool_use" if said.call else "end_turn"
        usage = {"input_tokens": 10, "output_tokens": 20}
        return {"type": "message", "role": "assistant", "content": content, "stop_reason": reason, "usage": usage}

    def events(self, said: Said) -> list[Any]:
        message = {"type": "message", "role": "assistant", "content": [], "usage": {"input_tokens": 10, "output_tokens": 1}}
        events: list[Any] = [{"type": "message_start", "message": message}, {"type": "ping"}]
        blocks: list[tuple[dict[str, Any], list[dict[str, Any]]]] = []
        if said.thinking:
            deltas = [{"type": "thinking_delta", "thinking": piece} for piece in pieces_of(said.thinking)]
            blocks.append(({"type": "thinking", "thinking": ""}, [*deltas, {"type": "signature_delta", "signature": "c2ln"}]))
        if said.text:
            blocks.append(({"type": "text", "text": ""}, [{"type": "text_delta", "text": p} for p in pieces_of(said.text)]))
        if said.call:
            name, arguments = said.call
            cut = [arguments[i : i + 5] for i in range(0, len(arguments), 5)]
            start = {"type": "tool_use", "id": f"toolu_{name}", "name": name, "input": {}}
            blocks.append((start, [{"type": "input_json_delta", "partial_json": piece} for piece in ["", *cut]]))
        for index, (start, deltas) in enumerate(blocks):
            events.append({"type": "content_block_start", "index": index, "content_block": start})
            events += [{"type": "content_block_delta", "index": index, "delta": delta} for delta in deltas]
            events.append({"type": "content_block_stop", "index": index})
        reason = "tool_use" if said.call else "end_turn"
        events.append({"type": "message_delta", "delta": {"stop_reason": reason}, "usage": {"output_tokens": 20}})
        return [*events, {"type": "message_stop"}]

    def says_something(self, event: Any) -> bool:
        return event["type"] == "content_block_delta"

    def written(self, event: Any) -> bytes:
        return b"event: " + event["type"].encode() + b"\n" + super().written(event)

    def broken(self) -> Any:
        return {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}

    def last_text(self, body: Any) -> str:
        blocks = body["messages"][-1]["content"]
        return "".join(block.get("text") or block.get("content") or "" for block in blocks)

    def images(self, body: Any) -> list[tuple[str, str]]:
        blocks = [block for message in body["messages"] for block in message["content"] if block["type"] == "image"]
        return [(block["source"]["media_type"], block["source"]["data"]) for block in blocks]

    def tools(self, body: Any) -> list[tuple[str, Any]]:
        return [(tool["name"], tool["input_schema"]) for tool in body.get("tools", ())]

    def has_result(self, body: Any) -> bool:
        return body["messages"][-1]["content"][-1]["type"] == "tool_result"

    def system(self, body: Any) -> str:
        return str(body.get("system", ""))

    def stops(self, body: Any) -> list[str]:
        return list(body.get("stop_sequences", ()))
