"""What each failure of an endpoint means to the caller."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import orjson
import pytest
from tradewind_server.errors import FailedPrecondition, Reason, ResourceExhausted, TradewindError, Unavailable
from tradewind_server.flows.ports import Message
from tradewind_server.models import endpoint as endpoint_module
from tradewind_server.models.endpoint import Endpoint
from tradewind_server.models.failures import meaning, refusal_of
from tradewind_server.models.openai.chat import OpenAIChatModel

KEY = "sk-very-secret-0123456789"
ASK = [Message("user", "hello")]


async def failure(base_url: str, model: str = "m", **options: Any) -> TradewindError:
    """The error of one completion."""
    endpoint = Endpoint(base_url, KEY, **options)
    try:
        with pytest.raises(TradewindError) as raised:
            await OpenAIChatModel(endpoint, model, {}).complete(ASK)
    finally:
        await endpoint.aclose()
    assert KEY not in raised.value.message
    return raised.value


@asynccontextmanager
async def answering(status: int, body: bytes, headers: str = "") -> AsyncIterator[str]:
    """A server with one answer for everything."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(
            f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\n{headers}Connection: close\r\n\r\n".encode() + body
        )
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"


@pytest.fixture
def closed_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield int(taken.getsockname()[1])


async def test_the_real_pauses_report_a_dead_endpoint_within_seconds(closed_port: int) -> None:
    assert sum(endpoint_module.RETRY_PAUSES) < 4
    error = await failure(f"http://127.0.0.1:{closed_port}/v1")
    assert isinstance(error, Unavailable) and error.reason is Reason.MODEL_UNAVAILABLE
    assert error.message == f"The model endpoint 127.0.0.1:{closed_port} cannot be reached; check that it is running."


async def test_an_unknown_host_is_unavailable(retries: list[float]) -> None:
    error = await failure("http://no-such-host.invalid/v1")
    assert isinstance(error, Unavailable) and "no-such-host.invalid" in error.message


async def test_an_embedded_model_that_is_not_up_yet_says_so(retries: list[float], tmp_path: Path) -> None:
    socket_path = tmp_path / "chat.sock"
    error = await failure("http://localhost/v1", label="The embedded chat model", socket=str(socket_path))
    assert isinstance(error, Unavailable)
    assert error.message == "The embedded chat model cannot be reached; it may be starting; try again shortly."


async def test_an_embedded_model_answers_over_its_socket(fake_openai: Any, tmp_path: Path) -> None:
    fake = fake_openai()
    await fake.start(socket=str(tmp_path / "chat.sock"))
    endpoint = Endpoint("http://localhost/v1", label="The embedded chat model", socket=str(tmp_path / "chat.sock"))
    try:
        assert (await OpenAIChatModel(endpoint, "m", {}).complete(ASK)).text.startswith("Reply")
        assert "authorization" not in fake.requests[0].headers
    finally:
        await endpoint.aclose()
        await fake.stop()


@pytest.mark.parametrize(("times", "works"), [(1, True), (2, True), (3, False)])
async def test_a_status_of_500_is_tried_again_twice(fake: Any, retries: list[float], times: int, works: bool) -> None:
    endpoint = Endpoint(fake.base_url)
    model = OpenAIChatModel(endpoint, f"flaky-{times}", {})
    try:
        if works:
            assert (await model.complete(ASK)).text
        else:
            with pytest.raises(Unavailable, match="answered 500"):
                await model.complete(ASK)
    finally:
        await endpoint.aclose()
    assert len(fake.requests) == min(times + 1, 3)
    assert sum(retries) <= 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429])
async def test_what_a_second_try_cannot_cure_is_asked_once(fake: Any, status: int) -> None:
    await failure(fake.base_url, f"status-{status}")
    assert len(fake.requests) == 1


@pytest.mark.parametrize("status", [401, 403])
async def test_a_refused_key(fake: Any, status: int) -> None:
    error = await failure(fake.base_url, f"status-{status}")
    assert isinstance(error, FailedPrecondition) and error.reason is Reason.MODEL_REFUSED
    assert f"127.0.0.1:{fake.port} refused the API key" in error.message


async def test_an_unknown_model_is_named(fake: Any) -> None:
    error = await failure(fake.base_url, "status-404")
    assert isinstance(error, FailedPrecondition) and error.reason is Reason.MODEL_REFUSED
    assert "404" in error.message and "status-404" in error.message


async def test_an_unknown_model_is_named_when_the_endpoint_says_nothing() -> None:
    async with answering(404, b"not here") as url:
        assert "model-x" in (await failure(url, "model-x")).message


async def test_a_rate_limit_says_when_to_come_back(fake: Any) -> None:
    error = await failure(fake.base_url, "status-429")
    assert isinstance(error, ResourceExhausted) and error.reason is Reason.MODEL_RATE_LIMITED
    assert error.retry_after == 7.0


async def test_another_refusal_shows_a_short_part_of_what_was_said_and_no_key() -> None:
    body = orjson.dumps({"error": {"message": f"bad\n field {KEY} " + "x" * 5000, "type": "invalid_request_error"}})
    async with answering(400, body) as url:
        error = await failure(url)
    assert error.reason is Reason.MODEL_REFUSED
    assert "bad field *** xxx" in error.message and len(error.message) < 300


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"error": "no"}', b'{"error": null}', b'{"detail": 7}', b"\xff"])
async def test_a_refusal_in_any_form_is_one_sentence(body: bytes) -> None:
    async with answering(422, body) as url:
        error = await failure(url)
    assert error.reason is Reason.MODEL_REFUSED and "422" in error.message and "<html>" not in error.message


@pytest.mark.parametrize(
    "body", [b"null", b"[]", b"{}", b'{"choices": []}', b'{"choices": [{}]}', b'{"choices": [{"message": null}]}', b'"x"']
)
async def test_an_answer_of_another_form_is_unavailable(body: bytes) -> None:
    async with answering(200, body, "Content-Type: application/json\r\n") as url:
        error = await failure(url)
    assert isinstance(error, Unavailable) and "not of the OpenAI form" in error.message


async def test_redirects_are_not_followed() -> None:
    async with answering(302, b"", "Location: http://127.0.0.1:1/elsewhere\r\n") as url:
        assert "302" in (await failure(url)).message


@pytest.mark.parametrize("url", ["not a url", "http://", "/v1", "http://host:99999/v1", "http://host:port/v1"])
async def test_a_base_path_that_is_no_url_is_the_nodes_fault(retries: list[float], url: str) -> None:
    error = await failure(url)
    assert isinstance(error, FailedPrecondition) and error.reason is Reason.NODE_INPUT_INVALID


@pytest.mark.parametrize("url", ["http://[::1/v1", "ftp://host/v1", "host:8080/v1"])
async def test_a_base_path_of_another_kind_is_the_nodes_fault(retries: list[float], url: str) -> None:
    assert (await failure(url)).reason is Reason.NODE_INPUT_INVALID


async def test_a_password_in_the_base_path_is_never_shown(retries: list[float], closed_port: int) -> None:
    error = await failure(f"http://user:pass@127.0.0.1:{closed_port}/v1")
    assert isinstance(error, TradewindError) and "pass" not in error.message


async def test_a_host_that_swallows_packets_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint_module, "CONNECT_SECONDS", 0.3)
    monkeypatch.setattr(endpoint_module, "RETRY_PAUSES", (3600.0,))
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(full.getsockname())
        error = await failure(f"http://127.0.0.1:{full.getsockname()[1]}/v1")
        for filler in fillers:
            filler.close()
    assert isinstance(error, Unavailable) and "cannot be reached" in error.message


async def test_an_answer_has_a_largest_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint_module, "MOST_ANSWER_BYTES", 1024)
    body = orjson.dumps({"choices": [{"message": {"content": "x" * 100_000}}]})
    async with answering(200, body, "Content-Type: application/json\r\n") as url:
        assert isinstance(await failure(url), Unavailable)


async def test_a_stream_has_a_largest_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint_module, "MOST_ANSWER_BYTES", 1024)
    body = b"data: " + b"x" * 100_000
    async with answering(200, body, "Content-Type: text/event-stream\r\n") as url:
        assert "more than" in (await failure(url)).message


async def test_a_keyless_endpoint_gets_no_authorization(fake: Any, make_closed: Callable[[Endpoint], Endpoint]) -> None:
    endpoint = make_closed(Endpoint(fake.base_url))
    await OpenAIChatModel(endpoint, "m", {}).complete(ASK)
    assert "authorization" not in fake.requests[0].headers


async def test_an_endpoint_may_be_used_again_after_it_was_closed(fake: Any) -> None:
    endpoint = Endpoint(fake.base_url)
    await endpoint.aclose()
    await endpoint.json("/embeddings", {"model": "dim-4", "input": "x"})
    await endpoint.aclose()
    await endpoint.json("/embeddings", {"model": "dim-4", "input": "x"})
    await endpoint.aclose()
    assert len(fake.requests) == 2


@pytest.fixture
async def make_closed() -> AsyncIterator[Callable[[Endpoint], Endpoint]]:
    """Closes what it was shown."""
    shown: list[Endpoint] = []

    def show(endpoint: Endpoint) -> Endpoint:
        shown.append(endpoint)
        return endpoint

    yield show
    for endpoint in shown:
        await endpoint.aclose()


async def test_a_failure_that_takes_long_is_not_tried_again(
    monkeypatch: pytest.MonkeyPatch, fake: Any, retries: list[float]
) -> None:
    monkeypatch.setattr(endpoint_module, "RETRY_SECONDS", 0.1)
    fake.latency = 0.08
    assert isinstance(await failure(fake.base_url, "status-500"), Unavailable)
    assert len(fake.requests) == 1


async def test_a_password_in_the_base_path_is_sent_and_the_key_goes_before_it(fake: Any) -> None:
    address = f"http://user:p%40ss@127.0.0.1:{fake.port}/v1"
    for key in (None, "sk-key"):
        endpoint = Endpoint(address, key)
        await OpenAIChatModel(endpoint, "m", {}).complete(ASK)
        await endpoint.aclose()
    assert [seen.headers["authorization"] for seen in fake.requests] == ["Basic dXNlcjpwQHNz", "Bearer sk-key"]


async def test_a_query_of_the_base_path_stays_behind_the_path(fake: Any) -> None:
    endpoint = Endpoint(f"{fake.base_url}/?tenant=1", query="api-version=2", auth=("api-key", ""), api_key="k-1")
    with pytest.raises(TradewindError):
        await endpoint.json("/nothing", {"model": "m"})
    await endpoint.aclose()
    (seen,) = fake.requests
    assert seen.path == "/v1/nothing?tenant=1&api-version=2"
    assert seen.headers["api-key"] == "k-1" and "authorization" not in seen.headers


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("prompt is too long: 215301 tokens > 200000 maximum", ("215301", "200000")),
        ("The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).", ("1200000", "1048576")),
        (
            "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens (4000 in ...)",
            ("5000", "4096"),
        ),
        ("Prompt contains 40000 tokens ... too large for model with 32768 maximum context length", ("40000", "32768")),
        ("The context window holds fewer tokens than that", (None, None)),
    ],
)
async def test_each_way_of_saying_that_it_is_too_long(said: str, numbers: tuple[str | None, str | None]) -> None:
    async with answering(400, orjson.dumps({"error": {"message": said}})) as url:
        error = await failure(url)
    assert error.reason is Reason.CONTEXT_LENGTH_EXCEEDED
    assert (error.metadata.get("actual"), error.metadata.get("limit")) == numbers


async def test_googles_way_of_refusing_a_key() -> None:
    body = {"error": {"code": 400, "message": "API key not valid.", "details": [{"reason": "API_KEY_INVALID"}]}}
    async with answering(400, orjson.dumps([body])) as url:
        assert "refused the API key" in (await failure(url)).message


async def test_a_quota_that_is_used_up_is_called_that() -> None:
    async with answering(429, orjson.dumps({"error": {"code": "insufficient_quota", "message": "..."}})) as url:
        assert "quota is used up" in (await failure(url)).message


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (500, "image input is not supported - hint: if this is unexpected, you may need to provide the mmproj"),
        (400, "This model does not support images."),
    ],
)
def test_a_model_without_eyes_is_called_that(status: int, said: str) -> None:
    error = meaning("The embedded chat model", "m", status, refusal_of({"error": {"message": said}}))
    assert isinstance(error, FailedPrecondition)
    assert error.message.startswith("The embedded chat model does not look at images; ")


@pytest.mark.parametrize(
    "headers", [{"X": "a\r\nHost: evil"}, {"X\r\nY": "a"}, {"Host: evil, X": "a"}, {"X": "a\x00"}, {"X": "\ud800"}]
)
async def test_headers_of_a_node_that_are_more_than_a_header_are_refused(fake: Any, headers: dict[str, str]) -> None:
    error = await failure(fake.base_url, headers=headers)
    assert isinstance(error, FailedPrecondition) and error.reason == Reason.NODE_INPUT_INVALID
    assert not fake.requests


async def test_headers_of_the_connection_are_not_the_nodes(fake: Any) -> None:
    endpoint = Endpoint(
        fake.base_url, "k", headers={"Host": "evil", "Content-Length": "3", "Transfer-Encoding": "x", "X-Mine": "a"}
    )
    await OpenAIChatModel(endpoint, "m", {}).complete(ASK)
    await endpoint.aclose()
    (seen,) = fake.requests
    assert seen.headers["x-mine"] == "a" and seen.headers["host"].startswith("127.0.0.1")


@pytest.mark.parametrize("wait", ["²", "9" * 400, "-1", "soon", "1\u0661"])
async def test_a_wait_that_is_no_number_of_seconds_is_not_passed_on(wait: str) -> None:
    error = meaning("The endpoint", "m", 429, refusal_of({}), wait)
    assert isinstance(error, ResourceExhausted) and error.retry_after is None
