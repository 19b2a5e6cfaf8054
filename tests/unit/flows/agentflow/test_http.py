"""The HTTP node: bodies, answers, credentials."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tradewind_server.errors import InvalidInput
from tradewind_server.outbound.ports import OutboundReply

from fakes.agentflow import AgentWorld, agent, reply, start
from fakes.flow_engine import OutboundCall

URL = "https://api.example.org/x"


@pytest.fixture
def world() -> AgentWorld:
    return AgentWorld()


def calls_http(world: AgentWorld, answer: str = "{{ httpAgentflow_0 }}", **inputs: Any) -> str:
    node = agent("httpAgentflow", **{"method": "POST", "url": URL, **inputs})
    return world.draw(start(), node, reply(answer), wires=["startAgentflow_0 > httpAgentflow_0 > directReplyAgentflow_0"])


async def called(world: AgentWorld, question: str = "q", **inputs: Any) -> OutboundCall:
    await world.ask(calls_http(world, **inputs), question)
    return world.outbound.calls[-1]


@pytest.mark.parametrize(
    ("body", "sent"),
    [
        ('{"a": "{{ question }}"}', {"a": 'say "hi"\n\\'}),
        ('{"a": "x\\_y", b: [1, 2,], // note\n}', {"a": "x_y", "b": [1, 2]}),
        ("<p>{&quot;a&quot;: &quot;{{ question }}&quot;}</p>", {"a": 'say "hi"\n\\'}),
        ({"a": ["{{ question }}"]}, {"a": ['say "hi"\n\\']}),
        ('["{{ nobody }}"]', ["{{ nobody }}"]),
    ],
)
async def test_json_bodies(world: AgentWorld, body: Any, sent: Any) -> None:
    call = await called(world, 'say "hi"\n\\', bodyType="json", body=body)
    assert (json.loads(call.body or b""), call.headers["Content-Type"]) == (sent, "application/json")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('{"a": {{ nobody }} }', "{{ nobody }} has no value here"),
        ('send {"a": 1}', "write names and texts in quotation marks"),
        ('{"a": 1} {"b": 2}', "write names"),
    ],
)
async def test_a_body_that_is_no_json_is_not_sent(world: AgentWorld, body: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        await called(world, bodyType="json", body=body)
    assert world.outbound.calls == []


PAIRS = [
    {"key": "a", "value": "1 & {{ question }}"},
    {"key": "", "value": "x"},
    {"key": "b", "value": ""},
    {"key": "a", "value": 2},
]


@pytest.mark.parametrize("body", [PAIRS, json.dumps(PAIRS)])
async def test_forms_in_the_address_style(world: AgentWorld, body: Any) -> None:
    call = await called(world, bodyType="xWwwFormUrlencoded", body=body)
    assert (call.body, call.headers["Content-Type"]) == (b"a=1+%26+q&a=2", "application/x-www-form-urlencoded")


@pytest.mark.parametrize(
    ("body", "sent"), [('{"a": "{{ question }}", "b": 2}', b"a=q&b=2"), ("a=1&b={{ question }}", b"a=1&b=q")]
)
async def test_forms_as_an_object_or_ready_text(world: AgentWorld, body: str, sent: bytes) -> None:
    assert (await called(world, bodyType="xWwwFormUrlencoded", body=body)).body == sent


async def test_multipart_forms_end_where_they_end(world: AgentWorld) -> None:
    call = await called(world, bodyType="formData", body=PAIRS)
    boundary = call.headers["Content-Type"].partition("boundary=")[2]
    assert (
        call.body
        == (
            f'--{boundary}\r\nContent-Disposition: form-data; name="a"\r\n\r\n1 & q\r\n'
            f'--{boundary}\r\nContent-Disposition: form-data; name="a"\r\n\r\n2\r\n--{boundary}--\r\n'
        ).encode()
    )
    other = await called(world, f"--{boundary}--", bodyType="formData", body=PAIRS)
    assert boundary not in other.headers["Content-Type"]


async def test_raw_bodies_and_none(world: AgentWorld) -> None:
    assert (await called(world, bodyType="raw", body="text {{ question }}")).body == b"text q"
    own = await called(world, bodyType="raw", body="<x/>", headers=[{"key": "content-type", "value": "application/xml"}])
    assert own.headers == {"content-type": "application/xml"}
    assert (await called(world, method="GET", bodyType="json", body='{"a": 1}')).body is None
    assert (await called(world, method="DELETE", bodyType="json", body="")).body is None


async def test_query_parameters_join_those_of_the_address(world: AgentWorld) -> None:
    pairs = [{"key": "t", "value": "a b"}, {"key": "t", "value": "{{ question }}"}, {"key": "n", "value": ""}]
    assert (await called(world, method="GET", url=f"{URL}?x=1", queryParams=pairs)).url == f"{URL}?x=1&t=a+b&t=q"


@pytest.mark.parametrize(
    ("kind", "data"),
    [("json", '{"a":1}'), ("", '{"a":1}'), ("text", '{"a": 1}'), ("base64", "eyJhIjogMX0="), ("arraybuffer", "eyJhIjogMX0=")],
)
async def test_what_answers_become(world: AgentWorld, kind: str, data: str) -> None:
    world.outbound.say({"a": 1})
    assert (await world.ask(calls_http(world, responseType=kind), "q")).text == data


async def test_an_answer_has_its_status_and_headers(world: AgentWorld) -> None:
    headers = {"location": "/new", "set-cookie": "session=hidden"}
    world.outbound.say(OutboundReply(503, URL, "text/html", b"<p>away", headers=headers))
    path = "{{ httpAgentflow_0.output.http"
    flow = calls_http(world, f"{path}.status }}}} {path}.statusText }}}} {path}.headers.location }}}} {path}.data }}}}")
    result = await world.ask(flow, "q")
    assert result.text == "503 Service Unavailable /new <p>away"
    assert "hidden" not in json.dumps(result.trace)


@pytest.mark.parametrize(
    ("secret", "header"),
    [
        ({"basicAuthUsername": "ann", "basicAuthPassword": "pw"}, ("Authorization", "Basic YW5uOnB3")),
        ({"basicAuthUsername": "", "basicAuthPassword": "", "token": "t"}, ("Authorization", "Bearer t")),
        ({"key": "X-Key", "value": "k"}, ("X-Key", "k")),
    ],
)
async def test_credentials(world: AgentWorld, secret: dict[str, str], header: tuple[str, str]) -> None:
    world.credentials.hold("stored", **secret)
    pairs = [{"key": "authorization", "value": "typed"}]
    call = await called(world, FLOWISE_CREDENTIAL_ID="stored", headers=pairs)
    assert call.headers[header[0]] == header[1]
    assert sum(name.lower() == "authorization" for name in call.headers) == 1


async def test_a_credential_that_is_not_here_is_not_named_to_callers(world: AgentWorld) -> None:
    with pytest.raises(InvalidInput, match=r"The credential of HTTP \(httpAgentflow_0\) is not stored here") as error:
        await called(world, FLOWISE_CREDENTIAL_ID="secret-id")
    assert "secret-id" not in str(error.value)


async def test_the_trace_shows_no_keys(world: AgentWorld) -> None:
    world.variables.set(token="hidden")
    pairs = [{"key": "Authorization", "value": "Bearer {{ $vars.token }}"}, {"key": "X-Test", "value": "seen"}]
    result = await world.ask(
        calls_http(world, headers=pairs, queryParams=[{"key": "api_key", "value": "{{ $vars.token }}"}]), "q"
    )
    assert world.outbound.calls[-1].headers["Authorization"] == "Bearer hidden"
    told = json.dumps(result.trace)
    assert "seen" in told and "hidden" not in told


@pytest.mark.parametrize(("name", "value"), [("method", "FETCH"), ("bodyType", "xml"), ("responseType", "stream")])
async def test_unknown_choices_are_errors(world: AgentWorld, name: str, value: str) -> None:
    with pytest.raises(InvalidInput, match=f"The input {name} of the node HTTP"):
        await called(world, **{"body": "x", name: value})


async def test_an_item_of_a_box_that_ends_in_a_request_is_its_data(world: AgentWorld) -> None:
    node = agent("httpAgentflow", method="GET", url=f"{URL}/{{{{ $iteration }}}}", _parentNode="iterationAgentflow_0")
    box = agent("iterationAgentflow", iterationInput="[1, 2]")
    flow = world.draw(start(), box, node, wires=["startAgentflow_0 > iterationAgentflow_0"])
    world.outbound.say({"n": 1}, "two")
    assert (await world.ask(flow, "q")).text == '{"n":1}\ntwo'
