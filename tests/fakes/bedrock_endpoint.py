"""A fake of the Converse API of Bedrock; ``fakes.provider_endpoint`` says what it can do."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from typing import Any

import orjson

from fakes.provider_endpoint import FakeProvider, Said, pieces_of

USAGE = {"inputTokens": 10, "outputTokens": 20, "totalTokens": 30}


def frame(headers: Mapping[str, str], payload: bytes) -> bytes:
    """One frame of an event stream, with its checksums."""
    head = b"".join(
        bytes([len(name)]) + name.encode() + b"\x07" + struct.pack(">H", len(value)) + value.encode()
        for name, value in headers.items()
    )
    prelude = struct.pack(">II", 16 + len(head) + len(payload), len(head))
    body = prelude + struct.pack(">I", zlib.crc32(prelude)) + head + payload
    return body + struct.pack(">I", zlib.crc32(body))


class FakeBedrock(FakeProvider):
    content_type = "application/vnd.amazon.eventstream"

    def given_key(self, headers: Mapping[str, str]) -> str | None:
        """The id of the key that signed; that it signed well is a matter of the signature's own tests."""
        return headers.get("authorization", "").partition("Credential=")[2].partition("/")[0]

    def model_of(self, path: str, body: Any) -> str:
        assert path.startswith("/model/")
        return path.removeprefix("/model/").rpartition("/")[0]

    def streams(self, path: str, body: Any) -> bool:
        return path.endswith("/converse-stream")

    def refusal(self, status: int, message: str) -> Any:
        return {"message": message}

    def overflow(self) -> tuple[int, Any]:
        return 400, {"message": "prompt is too long: 9001 tokens > 8192 maximum"}

    def whole(self, said: Said) -> Any:
        content: list[dict[str, Any]] = []
        if said.thinking:
            content.append({"reasoningContent": {"reasoningText": {"text": said.thinking, "signature": "s"}}})
        if said.text:
            content.append({"text": said.text})
        if said.call:
            name, arguments = said.call
            value = orjson.loads(arguments) if arguments.strip() else {}
            content.append({"toolUse": {"toolUseId": "tool-1", "name": name, "input": value}})
        reason = "tool_use" if said.call else "end_turn"
        return {"output": {"message": {"role": "assistant", "content": content}}, "stopReason": reason, "usage": USAGE}

    def events(self, said: Said) -> list[Any]:
        events: list[Any] = [("messageStart", {"role": "assistant"})]
        for piece in pieces_of(said.thinking):
            events.append(("contentBlockDelta", {"contentBlockIndex": 0, "delta": {"reasoningContent": {"text": piece}}}))
        for piece in pieces_of(said.text):
            events.append(("contentBlockDelta", {"contentBlockIndex": 1, "delta": {"text": piece}}))
        if said.call:
            name, arguments = said.call
            start = {"contentBlockIndex": 2, "start": {"toolUse": {"toolUseId": "tool-1", "name": name}}}
            events.append(("contentBlockStart", start))
            for piece in (arguments[:5], arguments[5:]):
                events.append(("contentBlockDelta", {"contentBlockIndex": 2, "delta": {"toolUse": {"input": piece}}}))
        events.append(("messageStop", {"stopReason": "tool_use" if said.call else "end_turn"}))
        return [*events, ("metadata", {"usage": USAGE, "metrics": {"latencyMs": 1}})]

    def written(self, event: Any) -> bytes:
        kind, body = event
        message = ":exception-type" if kind.endswith("Exception") else ":event-type"
        about = {message: kind, ":content-type": "application/json", ":message-type": message[1:].partition("-")[0]}
        return frame(about, orjson.dumps(body))

    def broken(self) -> Any:
        return ("serviceUnavailableException", {"message": "The service is not there."})

    def says_something(self, event: Any) -> bool:
        return bool(event[0] == "contentBlockDelta")

    def last_text(self, body: Any) -> str:
        said = []
        for part in body["messages"][-1]["content"]:
            said.append(part.get("text") or "".join(one["text"] for one in part.get("toolResult", {}).get("content", ())))
        return "".join(said)

    def images(self, body: Any) -> list[tuple[str, str]]:
        parts = [part["image"] for turn in body["messages"] for part in turn["content"] if "image" in part]
        return [(f"image/{part['format']}", part["source"]["bytes"]) for part in parts]

    def tools(self, body: Any) -> list[tuple[str, Any]]:
        specs = [tool["toolSpec"] for tool in body.get("toolConfig", {}).get("tools", ())]
        return [(spec["name"], spec["inputSchema"]["json"]) for spec in specs]

    def has_result(self, body: Any) -> bool:
        return "toolResult" in body["messages"][-1]["content"][-1]

    def system(self, body: Any) -> str:
        return "".join(part["text"] for part in body.get("system", ()))

    def stops(self, body: Any) -> list[str]:
        return list(body.get("inferenceConfig", {}).get("stopSequences", ()))
