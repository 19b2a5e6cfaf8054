"""Suggested next questions: behind the answer, and never in its way."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest
from tradewind_server.errors import FailedPrecondition, Reason, Unavailable
from tradewind_server.flows.components import ChatModelHandle
from tradewind_server.flows.ports import PLAIN_CALL, CallOptions, ChatModelSpec, ChatReply, Message
from tradewind_server.flows.predict.follow_up import FollowUp

from fakes.flow_engine import WORKSPACE, Engine, FakeChatModel, conversation

THREE = ["What is next?", "Why is that so?", "Can you say more?"]


def config(provider: str = "chatOpenAI", *, status: Any = True, **settings: Any) -> dict[str, Any]:
    chosen = {"modelName": "asker", "prompt": "About: {history}!", "temperature": "0.4", "credentialId": "cred", **settings}
    return {"status": status, "selectedProvider": provider, provider: chosen}


def asking(engine: Engine, *answers: Any, **settings: Any) -> str:
    engine.model("asker", *(answers or (json.dumps({"questions": THREE}),)))
    return engine.put(*conversation(), follow_up_prompts=config(**settings))


async def test_questions_come_with_the_answer_and_are_stored(engine: Engine) -> None:
    flow = asking(engine, baseUrl="http://model.example/v1")
    result = await engine.ask(flow, "hello")
    assert result.follow_up_prompts == '["What is next?","Why is that so?","Can you say more?"]'
    question, answer = engine.messages.of(flow)
    assert (question.follow_up_prompts, answer.follow_up_prompts) == (None, result.follow_up_prompts)
    (call,) = engine.model("asker").calls
    assert call.texts[0][0] == "user" and call.texts[0][1].startswith("About: Answer of m.!")
    assert call.options.json_schema and not call.streamed
    spec = engine.models.specs[-1]
    assert (spec.base_url, spec.credential_id, dict(spec.parameters)) == (
        "http://model.example/v1",
        "cred",
        {"temperature": 0.4},
    )


async def test_they_stand_in_the_metadata_of_a_stream(engine: Engine) -> None:
    events = await engine.stream(asking(engine), "hello")
    assert [event.name for event in events[-2:]] == ["metadata", "end"]
    assert json.loads(events[-2].data["followUpPrompts"]) == THREE


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (json.dumps(THREE), THREE),
        (f"Here:\n```json\n{json.dumps({'questions': THREE})}\n```", THREE),
        (json.dumps({"questions": [" a? ", "", 7]}), ["a?", "7"]),
        (json.dumps({"questions": [f"{n}?" for n in range(99)]}), [f"{n}?" for n in range(10)]),
        ("I would rather not.", None),
        (json.dumps({"questions": []}), None),
        (json.dumps({"answers": THREE}), None),
        (json.dumps({"questions": "a?"}), None),
        ("", None),
        ('{"questions": ["Half \\ud83d?",]}', ["Half \ufffd?"]),
        ("<think>[]</think>[1] {'questions': ['a?']}", ["a?"]),
        ("[" * 5000, None),
        (Unavailable(Reason.MODEL_UNAVAILABLE, "Away."), None),
    ],
)
async def test_whatever_the_model_says_the_answer_stands(engine: Engine, said: Any, found: list[str] | None) -> None:
    flow = asking(engine, said)
    result = await engine.ask(flow, "hello")
    assert result.text == "Answer of m."
    assert (json.loads(result.follow_up_prompts) if result.follow_up_prompts else None) == found
    assert len(engine.messages.of(flow)) == 2


class NeverAnswers(FakeChatModel):
    async def complete(self, messages: Sequence[Message], options: CallOptions = PLAIN_CALL) -> ChatReply:
        await asyncio.Event().wait()
        raise AssertionError


async def test_a_model_that_takes_too_long_is_not_waited_for(engine: Engine) -> None:
    engine.models.by_name["asker"] = NeverAnswers("asker")
    handle = ChatModelHandle(engine.models, "w", ChatModelSpec("openai", "asker"))
    assert await FollowUp(handle, "{history}", seconds=0.0).suggest("answer") is None


class RefusesSchemas(FakeChatModel):
    async def complete(self, messages: Sequence[Message], options: CallOptions = PLAIN_CALL) -> ChatReply:
        if options.json_schema is not None:
            raise FailedPrecondition(Reason.MODEL_REFUSED, "No schemas here.")
        return await super().complete(messages, options)


async def test_an_endpoint_without_schemas_serves_too(engine: Engine) -> None:
    engine.models.by_name["asker"] = RefusesSchemas("asker", json.dumps({"questions": THREE}))
    flow = engine.put(*conversation(), follow_up_prompts=config())
    assert json.loads((await engine.ask(flow, "hello")).follow_up_prompts or "null") == THREE


@pytest.mark.parametrize(
    "column",
    [
        "{",
        "[]",
        {},
        config(status=False),
        config(status="true"),
        {"status": True},
        {"status": True, "selectedProvider": "chatOpenAI"},
        {"status": True, "selectedProvider": "chatOpenAI", "chatOpenAI": "x"},
        {"status": True, "selectedProvider": ["chatOpenAI"]},
        config("unheardOf"),
        config(temperature="warm"),
    ],
)
async def test_where_it_is_off_or_damaged_nothing_is_asked(engine: Engine, column: Any) -> None:
    flow = engine.put(*conversation(), follow_up_prompts=column)
    result = await engine.ask(flow, "hello")
    assert (result.text, result.follow_up_prompts) == ("Answer of m.", None)
    assert engine.model("asker").calls == []


async def test_without_a_prompt_ours_stands_in(engine: Engine) -> None:
    flow = asking(engine, prompt=" ")
    await engine.ask(flow, "hello")
    assert "Answer of m." in str(engine.model("asker").calls[0].texts)


async def test_what_asks_is_made_once_for_a_version(engine: Engine) -> None:
    flow = asking(engine)
    first = (await engine.prepare(flow)).follow_up
    assert first is not None and (await engine.prepare(flow)).follow_up is first
    await engine.chatflows.update(WORKSPACE, flow, {"follow_up_prompts": json.dumps(config(prompt="Other: {history}"))})
    changed = (await engine.prepare(flow)).follow_up
    assert changed is not None and changed.prompt == "Other: {history}"
