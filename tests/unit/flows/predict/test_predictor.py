"""Predictions from the checks to the two rows of a turn."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from typing import Any

import pytest
from tradewind_server.access.ports import Principal
from tradewind_server.errors import (
    Conflict,
    InvalidInput,
    NotFound,
    PermissionDenied,
    Reason,
    Unauthenticated,
    Unavailable,
)
from tradewind_server.flows.predict.analytics import ANALYTICS, AnswerReport
from tradewind_server.flows.predict.turn import PreparedPrediction

from fakes.flow_engine import Engine, conversation, node, retrieval, wire

MISSING = "11111111-2222-4333-8444-555555555555"


async def prepared(engine: Engine, flow: str, question: str = "Hi", **fields: Any) -> PreparedPrediction:
    return await engine.prepare(flow, question, **fields)


async def test_an_answer_has_ids_question_session_and_memory(engine: Engine) -> None:
    flow = engine.put(*conversation())
    result = await engine.ask(flow, "Hi", chat_id="c")
    assert (result.text, result.question, result.chat_id, result.session_id) == ("Answer of m.", "Hi", "c", "c")
    assert (result.memory_type, result.json, result.source_documents, result.used_tools) == ("Buffer Memory", None, None, None)
    assert not result.as_stream


async def test_a_turn_is_two_rows_and_the_answer_is_the_later(engine: Engine) -> None:
    flow = engine.put(*conversation())
    result = await engine.ask(flow, "Hi", chat_id="c", override_config={"sessionId": "s"}, lead_email="a@b.example")
    question, answer = engine.messages.of(flow)
    assert (question.role, question.content, question.lead_email) == ("userMessage", "Hi", "a@b.example")
    assert (answer.role, answer.content, answer.lead_email) == ("apiMessage", "Answer of m.", None)
    assert answer.id == result.chat_message_id != question.id
    for row in (question, answer):
        assert (row.chat_id, row.session_id, row.memory_type, row.chat_type) == ("c", "s", "Buffer Memory", "EXTERNAL")
    assert answer.created_date > question.created_date


async def test_the_id_of_the_answer_is_known_while_it_is_made(engine: Engine) -> None:
    flow = engine.put(*conversation(systemMessagePrompt="id={{$flow.apiMessageId}}"))
    result = await engine.ask(flow, "Hi")
    assert engine.model("m").calls[0].messages[0].content == f"id={result.chat_message_id}"


async def test_source_documents_are_stored_with_the_answer(engine: Engine) -> None:
    engine.indexes.hold("one")
    flow = engine.put(*retrieval(returnSourceDocuments=True))
    result = await engine.ask(flow, "Hi")
    assert engine.messages.of(flow)[1].source_documents == result.source_documents
    assert result.source_documents


@pytest.mark.parametrize("question", [None, "", "  \n"])
async def test_a_question_is_needed(engine: Engine, question: Any) -> None:
    with pytest.raises(InvalidInput, match="question is missing"):
        await engine.ask(engine.put(*conversation()), question)


async def test_a_question_may_be_too_long() -> None:
    engine = Engine(question_chars=10)
    flow = engine.put(*conversation())
    assert (await engine.ask(flow, "x" * 10)).text
    with pytest.raises(InvalidInput, match="longer than 10 characters"):
        await engine.ask(flow, "x" * 11)


@pytest.mark.parametrize("fields", [{"form": {"a": 1}}, {"human_input": {"type": "proceed"}}, {"action": {"id": "x"}}])
async def test_what_belongs_to_agent_flows_is_refused(engine: Engine, fields: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as error:
        await engine.ask(engine.put(*conversation()), "Hi", **fields)
    assert error.value.reason is Reason.FEATURE_NOT_SUPPORTED


async def test_an_unknown_chatflow_is_not_found(engine: Engine) -> None:
    with pytest.raises(NotFound, match=MISSING):
        await engine.ask(MISSING, "Hi")


async def test_a_chatflow_with_a_key_answers_its_holder(engine: Engine) -> None:
    flow = engine.put(*conversation(), apikeyid="key-1")
    with pytest.raises(Unauthenticated):
        await engine.ask(flow, "Hi")
    assert (await engine.ask(flow, "Hi", Principal("key", "w", "key-1"))).text
    assert len(engine.messages.rows) == 2


async def test_a_call_that_fails_stores_nothing(engine: Engine) -> None:
    flow = engine.put(*conversation())
    engine.model("m", Unavailable(Reason.MODEL_UNAVAILABLE, "The model is away."))
    with pytest.raises(Unavailable):
        await engine.ask(flow, "Hi")
    events = await engine.stream(flow, "Hi")
    assert [(event.name, event.data) for event in events] == [
        ("start", ""),
        ("error", "The model is away."),
        ("end", "[DONE]"),
    ]
    assert engine.messages.rows == []


CHATBOT = {"allowedOrigins": ["https://site.example", "other.example:8080", ""], "allowedOriginsError": "Not from here"}


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        (None, True),
        ("https://site.example", True),
        ("https://SITE.example", True),
        ("http://site.example", False),
        ("https://other.example:8080", True),
        ("https://other.example", False),
        ("https://evil.example", False),
        ("https://site.example.evil.example", False),
        ("null", False),
    ],
)
async def test_pages_that_the_owner_did_not_list_are_refused(engine: Engine, origin: str | None, allowed: bool) -> None:
    flow = engine.put(*conversation(), chatbot_config=CHATBOT)
    if allowed:
        assert (await engine.ask(flow, "Hi", origin=origin)).text
        return
    with pytest.raises(PermissionDenied, match="Not from here") as error:
        await engine.ask(flow, "Hi", origin=origin)
    assert error.value.reason is Reason.ORIGIN_NOT_ALLOWED


@pytest.mark.parametrize(
    "config", ["", "{", "[]", {}, {"allowedOrigins": []}, {"allowedOrigins": [""]}, {"allowedOrigins": "x"}]
)
async def test_without_a_list_any_page_may_ask(engine: Engine, config: Any) -> None:
    flow = engine.put(*conversation(), chatbot_config=config)
    assert (await engine.ask(flow, "Hi", origin="https://anyone.example")).text


async def test_a_stream_is_start_tokens_metadata_and_end(engine: Engine) -> None:
    flow = engine.put(*conversation())
    events = await engine.stream(flow, "Hi", chat_id="c")
    names = [event.name for event in events]
    assert names == ["start", "token", "token", "token", "metadata", "end"]
    said = "".join(event.data for event in events if event.name == "token")
    answer = engine.messages.of(flow)[1]
    assert said == answer.content == "Answer of m."
    assert events[-2].data == {
        "chatId": "c",
        "chatMessageId": answer.id,
        "question": "Hi",
        "sessionId": "c",
        "memoryType": "Buffer Memory",
    }
    assert events[-1].data == "[DONE]"


async def test_source_documents_stand_between_the_tokens_and_the_metadata(engine: Engine) -> None:
    engine.indexes.hold("one")
    events = await engine.stream(engine.put(*retrieval(returnSourceDocuments=True)), "Hi")
    assert [event.name for event in events[-3:]] == ["sourceDocuments", "metadata", "end"]
    assert events[-3].data[0]["pageContent"] == "one"


async def test_two_streams_of_one_chat_do_not_mix(engine: Engine) -> None:
    flow = engine.put(*conversation())
    engine.model("m", lambda messages: f"You said {messages[-1].content}")
    streams = await asyncio.gather(*(engine.stream(flow, name, chat_id="c") for name in ("apples", "pears")))
    for name, events in zip(("apples", "pears"), streams, strict=True):
        assert "".join(event.data for event in events if event.name == "token") == f"You said {name}"
        assert [event.name for event in events].count("end") == 1


async def test_an_abort_keeps_what_was_said_and_says_so(engine: Engine) -> None:
    flow = engine.put(*conversation())
    model = engine.model("m", "one two three")
    model.hold = asyncio.Event()
    names, tokens = [], []
    async for together in engine.predictor.stream(await prepared(engine, flow, chat_id="c")):
        names += [event.name for event in together]
        tokens += [event.data for event in together if event.name == "token"]
        if tokens and names[-1] == "token":
            assert engine.predictor.abort(await engine.admit(flow), "c") == 1
    assert names == ["start", "token", "abort", "metadata", "end"]
    await model.left.wait()
    assert [row.content for row in engine.messages.of(flow)] == ["Hi", "one"]
    assert tokens == ["one"]
    assert engine.predictor.abort(await engine.admit(flow), "c") == 0


async def test_an_abort_of_a_whole_answer_keeps_the_question_and_what_was_said(engine: Engine) -> None:
    flow = engine.put(*conversation())
    model = engine.model("m", "one two three")
    model.hold = asyncio.Event()
    running = asyncio.create_task(engine.ask(flow, "Hi", chat_id="c"))
    await model.streaming.wait()
    assert engine.predictor.abort(await engine.admit(flow), "c") == 1
    with pytest.raises(Conflict, match="aborted"):
        await running
    assert [(row.role, row.content) for row in engine.messages.of(flow)] == [("userMessage", "Hi"), ("apiMessage", "one")]


async def test_a_caller_of_a_whole_answer_who_leaves_finds_what_was_said(engine: Engine) -> None:
    flow = engine.put(*conversation())
    model = engine.model("m", "one two three")
    model.hold = asyncio.Event()
    running = asyncio.create_task(engine.ask(flow, "Hi", chat_id="c"))
    await model.streaming.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert [row.content for row in engine.messages.of(flow)] == ["Hi", "one"]


async def test_a_whole_answer_of_a_chat_that_nobody_named_is_asked_for_in_one_piece(engine: Engine) -> None:
    flow = engine.put(*conversation())
    await engine.ask(flow, "Hi")
    await engine.ask(flow, "Hi", chat_id="c")
    assert [call.streamed for call in engine.model("m").calls] == [False, True]


async def test_an_abort_of_an_answer_in_one_piece_is_a_conflict(engine: Engine) -> None:
    flow = engine.put(*conversation())
    begun = asyncio.Event()

    class Hangs:
        async def run(self, turn: Any) -> Any:
            begun.set()
            await asyncio.Event().wait()

    ready = await prepared(engine, flow, chat_id="c")
    ready.run.runnable = Hangs()  # type: ignore[attr-defined]
    running = asyncio.create_task(engine.predictor.run(ready))
    await begun.wait()
    assert engine.predictor.abort(await engine.admit(flow), "c") == 1
    with pytest.raises(Conflict, match="aborted"):
        await running
    assert [row.content for row in engine.messages.of(flow)] == ["Hi"], "the question is kept in any case"


async def test_a_reader_that_leaves_stops_the_model_and_what_was_said_is_kept(engine: Engine) -> None:
    flow = engine.put(*conversation())
    model = engine.model("m", "one two three")
    model.hold = asyncio.Event()
    async with aclosing(engine.predictor.stream(await prepared(engine, flow))) as events:  # type: ignore[type-var]
        async for together in events:
            if together[-1].name == "token":
                break
    await model.left.wait()
    assert [row.content for row in engine.messages.of(flow)] == ["Hi", "one"]


class Reports:
    """The port ``Analytics``: keeps what it is given."""

    def __init__(self) -> None:
        self.answers: list[AnswerReport] = []

    def report(self, answer: AnswerReport) -> None:
        self.answers.append(answer)


@contextmanager
def reported() -> Iterator[list[AnswerReport]]:
    """The reports of what is answered inside."""
    reports = Reports()
    token = ANALYTICS.set(reports)
    try:
        yield reports.answers
    finally:
        ANALYTICS.reset(token)


async def test_an_answer_is_reported_where_the_owner_says_so(engine: Engine) -> None:
    services = {"langFuse": {"status": True, "credentialId": "c"}, "lunary": {"status": True}}
    flow = engine.put(*retrieval(), analytic=json.dumps(services))
    engine.indexes.hold("one")
    with reported() as answers:
        assert (await engine.ask(flow, "Hi", chat_id="c", override_config={"analytics": {"langFuse": {"userId": "x"}}})).text
        await engine.stream(flow, "Hi again")
    first, second = answers
    assert [choice.name for choice in first.services] == ["langFuse"]
    assert (first.chatflow_id, first.chat_id) == (flow, "c")
    assert [span.kind for span in first.spans] == ["retrieval", "node", "flow"]
    answer = first.spans[-1]
    assert (answer.input, answer.output) == ("Hi", "Answer of m.")
    assert first.spans[0].facts["documents"] == 1
    assert second.spans[-1].input == "Hi again"


async def test_an_answer_is_reported_nowhere_else(engine: Engine) -> None:
    with reported() as answers:
        for analytic in (None, json.dumps({"langFuse": {"status": False}, "lunary": {"status": True}})):
            assert (await engine.ask(engine.put(*conversation(), analytic=analytic), "Hi")).text
    assert answers == []


async def test_a_failure_is_reported_with_its_sentence(engine: Engine) -> None:
    flow = engine.put(*conversation(), analytic=json.dumps({"langSmith": {"status": True}}))
    engine.model("m", Unavailable(Reason.MODEL_UNAVAILABLE, "Nobody is there."))
    with reported() as answers, pytest.raises(Unavailable):
        await engine.ask(flow, "Hi")
    assert str(answers[0].spans[-1].error) == "Nobody is there."


async def test_a_flow_version_is_built_once_for_all_its_calls(engine: Engine) -> None:
    flow = engine.put(*conversation())
    runnables = {id((await prepared(engine, flow)).run.runnable) for _ in range(3)}
    assert len(runnables) == 1
    await engine.chatflows.update(engine.chatflows.flows[flow].workspace_id, flow, {"name": "Renamed"})
    assert id((await prepared(engine, flow)).run.runnable) not in runnables


async def test_a_chatflow_of_agents_is_refused_in_one_sentence(engine: Engine) -> None:
    start = node("startAgentflow", _category="Agent Flows")
    agent = node("agentAgentflow", _category="Agent Flows", model=wire("startAgentflow"))
    flow = engine.put(start, agent)
    with pytest.raises(InvalidInput, match=r"The drawing is an agent flow; store it with the type AGENTFLOW") as error:
        await engine.ask(flow, "Hi")
    assert error.value.reason is Reason.INVALID_CHATFLOW
