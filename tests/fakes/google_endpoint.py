"""A fake of Google's Generative Language API; ``fakes.provider_endpoint`` says what it can do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

import orjson

from fakes.provider_endpoint import FakeProvider, Said, pieces_of

SIGNATURE = "c2lnbmF0dXJl"


class FakeGoogle(FakeProvider):
    prefix = "/v1beta"

    def given_key(self, headers: Mapping[str, str]) -> str | None:
        return headers.get("x-goog-api-key")

    def model_of(self, path: str, body: Any) -> str:
        assert path.startswith("/v1beta/models/")
        return unquote(path.removeprefix("/v1beta/models/").rpartition(":")[0])

    def streams(self, path: str, body: Any) -> bool:
        return path.endswith(":streamGenerateContent")

    def refusal(self, status: int, message: str) -> Any:
        return {"error": {"code": status, "message": message, "status": "FAULT"}}

    def overflow(self) -> tuple[int, Any]:
        message = "The input token count (9001) exceeds the maximum number of tokens allowed (8192)."
        return 400, {"error": {"code": 400, "message": message, "status": "INVALID_ARGUMENT"}}

    def whole(self, said: Said) -> Any:
        parts: list[dict[str, Any]] = []
        if said.thinking:
            parts.append({"text": said.thinking, "thought": True})
        if said.text:
            parts.append({"text": said.text})
        if said.call:
            parts.append(self._call(*said.call))
        return self._event(parts, "STOP")

    def events(self, said: Said) -> list[Any]:
        parts = [{"text": piece, "thought": True} for piece in pieces_of(said.thinking)]
        parts += [{"text": piece} for piece in pieces_of(said.text)]
        if said.call:
            parts.append(self._call(*said.call))
        return [*(self._event([part]) for part in parts), self._event([{"text": ""}], "STOP")]

    def _call(self, name: str, arguments: str) -> dict[str, Any]:
        value = orjson.loads(arguments) if arguments.strip() else {}
        return {"functionCall": {"name": name, "args": value}, "thoughtSignature": SIGNATURE}

    def _event(self, parts: list[dict[str, Any]], reason: str | None = None) -> dict[str, Any]:
        candidate: dict[str, Any] = {"content": {"role": "model", "parts": parts}, "index": 0}
        usage = {"promptTokenCount": 10, "totalTokenCount": 30}
        if reason:
            candidate["finishReason"] = reason
            usage["candidatesTokenCount"] = 20
        return {"candidates": [candidate], "usageMetadata": usage}

    def written(self, event: Any) -> bytes:
        return b"data: " + orjson.dumps(event) + b"\r\n\r\n"

    def broken(self) -> Any:
        return {"error": {"code": 503, "message": "The model is overloaded.", "status": "UNAVAILABLE"}}

    def last_text(self, body: Any) -> str:
        said = []
        for part in body["contents"][-1]["parts"]:
            said.append(part.get("text") or part.get("functionResponse", {}).get("response", {}).get("result", ""))
        return "".join(said)

    def images(self, body: Any) -> list[tuple[str, str]]:
        parts = [part["inlineData"] for turn in body["contents"] for part in turn["parts"] if "inlineData" in part]
        return [(part["mimeType"], part["data"]) for part in parts]

    def tools(self, body: Any) -> list[tuple[str, Any]]:
        declared = [tool for group in body.get("tools", ()) for tool in group["functionDeclarations"]]
        return [(tool["name"], tool["parametersJsonSchema"]) for tool in declared]

    def has_result(self, body: Any) -> bool:
        return "functionResponse" in body["contents"][-1]["parts"][-1]

    def system(self, body: Any) -> str:
        return "".join(part["text"] for part in body.get("systemInstruction", {}).get("parts", ()))

    def stops(self, body: Any) -> list[str]:
        return list(body.get("generationConfig", {}).get("stopSequences", ()))
