"""What only Google's dialect has: signed thoughts, safety, refused questions, the model in the path."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason
from tradewind_server.flows.ports import CallOptions, Message, ToolCall, ToolSpec
from tradewind_server.models.endpoint import Endpoint
from tradewind_server.models.google.chat import GoogleChatModel

from fakes.google_endpoint import SIGNATURE, FakeGoogle

ASK = [Message("user", "hi")]
SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}}, "additionalProperties": False}
TOOLS = CallOptions(tools=(ToolSpec("find", "Finds.", SCHEMA),))
Make = Callable[..., GoogleChatModel]


@pytest.fixture
async def fake() -> AsyncIterator[FakeGoogle]:
    async with FakeGoogle() as endpoint:
        yield endpoint


@pytest.fixture
async def model(fake: FakeGoogle) -> AsyncIterator[Make]:
    endpoint = Endpoint(fake.base_url)

    def make(name: str = "m", parameters: dict[str, Any] | None = None, **extras: Any) -> GoogleChatModel:
        return GoogleChatModel(endpoint, name, parameters or {}, extras)

    yield make
    await endpoint.aclose()


async def test_the_model_cannot_leave_its_place_in_the_path(fake: FakeGoogle, model: Make) -> None:
    await model("models/gemini-x").complete(ASK)
    assert fake.requests[0].path == "/v1beta/models/gemini-x:generateContent"
    assert model("../files/x")._path(False) == "/models/..%2Ffiles%2Fx:generateContent"


async def test_parameters_have_googles_names(fake: FakeGoogle, model: Make) -> None:
    safety = (("HARM_CATEGORY_HARASSMENT", "BLOCK_NONE"),)
    await model(parameters={"temperature": 0.5, "max_tokens": 9, "top_p": 0.9}, topK=3, safety=safety).complete(ASK)
    body = fake.requests[0].body
    assert body["generationConfig"] == {"temperature": 0.5, "maxOutputTokens": 9, "topP": 0.9, "topK": 3}
    assert body["safetySettings"] == [{"category": "HARM_CATEGORY_HARASSMENT", "threshold": "BLOCK_NONE"}]


@pytest.mark.parametrize(
    ("extras", "config"),
    [
        ({"thinkingBudget": 512}, {"thinkingBudget": 512, "includeThoughts": True}),
        ({"thinkingBudget": 0}, {"thinkingBudget": 0, "includeThoughts": False}),
        ({"thinkingLevel": "low"}, {"thinkingLevel": "low", "includeThoughts": True}),
    ],
)
async def test_how_much_it_thinks(fake: FakeGoogle, model: Make, extras: dict[str, Any], config: dict[str, Any]) -> None:
    await model(**extras).complete(ASK)
    assert fake.requests[0].body["generationConfig"]["thinkingConfig"] == config


async def test_the_signature_of_a_thought_goes_back_with_the_call(fake: FakeGoogle, model: Make) -> None:
    (call,) = (await model("tools").complete(ASK, TOOLS)).tool_calls
    await model("echo").complete([*ASK, Message("assistant", "", (call,)), Message("tool", "2", tool_call_id=call.id)], TOOLS)
    asked, called, answered = fake.requests[1].body["contents"]
    assert called["parts"] == [{"functionCall": {"name": "find", "args": {"city": "hi"}}, "thoughtSignature": SIGNATURE}]
    assert answered["parts"] == [{"functionResponse": {"name": "find", "response": {"result": "2"}}}]
    assert asked["role"] == answered["role"] == "user" and called["role"] == "model"


async def test_a_call_that_another_model_made_has_no_signature(fake: FakeGoogle, model: Make) -> None:
    calls = (ToolCall("call_a", "find", {}), ToolCall("call_b", "find", {}))
    results = [Message("tool", "one", tool_call_id="call_a"), Message("tool", "two", tool_call_id="call_b")]
    await model().complete([*ASK, Message("assistant", "", calls), *results])
    _, called, answered = fake.requests[0].body["contents"]
    assert not any("thoughtSignature" in part for part in called["parts"])
    assert [part["functionResponse"]["response"]["result"] for part in answered["parts"]] == ["one", "two"]


async def test_a_schema_is_asked_for(fake: FakeGoogle, model: Make) -> None:
    await model().complete(ASK, CallOptions(json_schema=SCHEMA))
    assert fake.requests[0].body["generationConfig"] == {"responseMimeType": "application/json", "responseJsonSchema": SCHEMA}


async def test_an_image_by_its_address(fake: FakeGoogle, model: Make) -> None:
    await model().complete([Message("user", [{"type": "image_url", "image_url": {"url": "https://host/a.png?x=1"}}])])
    (part,) = fake.requests[0].body["contents"][0]["parts"]
    assert part == {"fileData": {"mimeType": "image/png", "fileUri": "https://host/a.png?x=1"}}


@pytest.mark.parametrize("url", ["data:image/png,plain", "data:image/png;base64,?!?!"])
async def test_an_image_that_is_no_base64_is_the_callers_matter(model: Make, url: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        await model().complete([Message("user", [{"type": "image_url", "image_url": {"url": url}}])])
    assert raised.value.reason is Reason.UPLOAD_INVALID


async def test_a_question_that_is_blocked(model: Make) -> None:
    with pytest.raises(FailedPrecondition, match="refused the question \\(SAFETY\\)"):
        model()._reply({"promptFeedback": {"blockReason": "SAFETY"}})


@pytest.mark.parametrize(("said", "reason"), [("STOP", "stop"), ("MAX_TOKENS", "length"), ("SAFETY", "content_filter")])
async def test_reasons_have_the_names_of_the_port(model: Make, said: str, reason: str) -> None:
    assert model()._reply({"candidates": [{"finishReason": said}]}).finish_reason == reason
