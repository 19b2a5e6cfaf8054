"""Runs at Replicate against a fake of its API: begun, waited for, cancelled, and what of them is an answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Self

import pytest
from aiohttp import web
from tradewind_server.errors import DeadlineExceeded, FailedPrecondition, InvalidInput, Reason, Unavailable
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.llm.usage import TokenUsage, count_usage
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.nodes.spec import BuildContext, NodeInputs
from tradewind_server.flows.ports import CallOptions, Message
from tradewind_server.models.endpoint import Endpoint
from tradewind_server.models.replicate import chat as replicate
from tradewind_server.models.replicate.chat import ReplicateChatModel

ASK = [Message("user", "hi")]
DONE = {
    "id": "abc1",
    "status": "succeeded",
    "output": ["Hel", "lo"],
    "metrics": {"input_token_count": 3, "output_token_count": 2},
}


class FakeReplicate:
    """Answers the first call with ``runs[0]``, and questions about the run with the next ones, the last for ever."""

    def __init__(self, *runs: Any) -> None:
        self.runs = list(runs)
        self.calls: list[tuple[str, str, Any, str]] = []
        self.asked = asyncio.Event()

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.base_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/v1"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _serve(self, request: web.Request) -> web.Response:
        body = await request.json() if request.method == "POST" else None
        self.calls.append((request.method, request.path, body, request.headers.get("Authorization", "")))
        self.asked.set()
        run = self.runs.pop(0) if len(self.runs) > 1 else self.runs[0]
        return web.json_response(run, status=201 if request.method == "POST" else 200)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replicate, "FIRST_PAUSE", 0.001)


@pytest.fixture
async def endpoints() -> AsyncIterator[list[Endpoint]]:
    made: list[Endpoint] = []
    yield made
    for endpoint in made:
        await endpoint.aclose()


def model(fake: FakeReplicate, endpoints: list[Endpoint], name: str = "acme/llama", **fields: Any) -> ReplicateChatModel:
    endpoint = Endpoint(fake.base_url, "r8_secret", timeout=60.0)
    endpoints.append(endpoint)
    return ReplicateChatModel(
        endpoint, name, fields.pop("parameters", {}), fields.pop("extras", {}), seconds=fields.pop("seconds", 60.0)
    )


async def test_a_run_is_begun_and_asked_about_until_it_is_over(endpoints: list[Endpoint]) -> None:
    running = {"id": "abc1", "status": "starting", "urls": {"get": "https://evil.example/steal"}}
    async with FakeReplicate(running, {**running, "status": "processing"}, DONE) as fake:
        total = TokenUsage()
        with count_usage(total):
            reply = await model(fake, endpoints).complete(ASK)
    assert (reply.text, reply.usage.prompt_tokens, total.completion_tokens, total.calls) == ("Hello", 3, 2, 1)
    assert [call[:2] for call in fake.calls] == [
        ("POST", "/v1/models/acme/llama/predictions"),
        ("GET", "/v1/predictions/abc1"),
        ("GET", "/v1/predictions/abc1"),
    ]
    assert fake.calls[0][2:] == ({"input": {"prompt": "hi"}}, "Bearer r8_secret")


async def test_a_version_and_the_nodes_inputs(endpoints: list[Endpoint]) -> None:
    async with FakeReplicate(DONE) as fake:
        parameters = {"temperature": 0.7, "max_tokens": 9, "top_p": 0.5, "stop": ("x",)}
        extras = {"repetition_penalty": 1.1, "inputs": '{"num_outputs": 2, "prompt": "never"}'}
        replying = model(fake, endpoints, "acme/llama:0123abcd", parameters=parameters, extras=extras)
        deltas = [delta async for delta in replying.stream(ASK, CallOptions(stop=("y",)))]
    assert [delta.text for delta in deltas] == ["Hello"] and deltas[0].finish_reason == "stop"
    _, path, body, _ = fake.calls[0]
    assert (path, body["version"]) == ("/v1/predictions", "0123abcd")
    assert body["input"] == {
        "temperature": 0.7, "max_length": 9, "top_p": 0.5, "repetition_penalty": 1.1, "num_outputs": 2, "prompt": "hi",
        "stop_sequences": "x,y",
    }  # fmt: skip


async def test_a_conversation_is_one_prompt(endpoints: list[Endpoint]) -> None:
    async with FakeReplicate(DONE) as fake:
        await model(fake, endpoints).complete([Message("system", "Be brief."), Message("assistant", "Yes?"), *ASK])
    assert fake.calls[0][2]["input"]["prompt"] == "System: Be brief.\nAI: Yes?\nHuman: hi"


@pytest.mark.parametrize(
    ("output", "text"),
    [("whole", "whole"), (["https://replicate.delivery/a.png"], "https://replicate.delivery/a.png"), (None, ""), ([], "")],
)
async def test_what_comes_out(endpoints: list[Endpoint], output: Any, text: str) -> None:
    async with FakeReplicate({**DONE, "output": output}) as fake:
        assert (await model(fake, endpoints).complete(ASK)).text == text


async def test_a_run_that_failed_says_why(endpoints: list[Endpoint]) -> None:
    async with FakeReplicate({"id": "abc1", "status": "failed", "error": "out of\nmemory " + "x" * 999}) as fake:
        with pytest.raises(FailedPrecondition, match="could not run acme/llama: out of memory") as error:
            await model(fake, endpoints).complete(ASK)
    assert error.value.reason is Reason.MODEL_REFUSED and len(error.value.message) < 400


@pytest.mark.parametrize(
    "run", [[], {}, {"status": 5}, {"id": "../../x", "status": "starting"}, {"id": 1, "status": "starting"}]
)
async def test_an_answer_of_another_form(endpoints: list[Endpoint], run: Any) -> None:
    async with FakeReplicate(run) as fake:
        with pytest.raises(Unavailable, match="not of the"):
            await model(fake, endpoints).complete(ASK)


async def test_a_run_that_does_not_end_is_cancelled_there(endpoints: list[Endpoint]) -> None:
    async with FakeReplicate({"id": "abc1", "status": "processing"}) as fake:
        with pytest.raises(DeadlineExceeded):
            await model(fake, endpoints, seconds=1.0).complete(ASK)
    assert fake.calls[-1][:2] == ("POST", "/v1/predictions/abc1/cancel")


async def test_whoever_leaves_ends_the_run_too(endpoints: list[Endpoint]) -> None:
    async with FakeReplicate({"id": "abc1", "status": "processing"}) as fake:
        task = asyncio.create_task(model(fake, endpoints).complete(ASK))
        async with asyncio.timeout(60):
            while len(fake.calls) < 2:  # noqa: ASYNC110 (once it asks for the run, it knows it)
                await asyncio.sleep(0.001)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert fake.calls[-1][:2] == ("POST", "/v1/predictions/abc1/cancel")


@pytest.mark.parametrize(
    ("inputs", "name"),
    [
        ({"model": "llama"}, "model"),
        ({"model": "a/b/../../c"}, "model"),
        ({"model": "a/b?x=1"}, "model"),
        ({"model": "a/b", "additionalInputs": "[1]"}, "additionalInputs"),
    ],
)
def test_wrong_inputs_are_named(inputs: dict[str, str], name: str) -> None:
    nothing: Any = None
    node = Node("replicate_0", "replicate", "Replicate", "LLMs", inputs)
    with pytest.raises(InvalidInput, match=f"The input {name} "):
        builtin_registry().type_of(node).build(NodeInputs(node, inputs), BuildContext("w", "c", nothing, nothing, nothing))
