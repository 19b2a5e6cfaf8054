"""What a run begins with: forms and states, as canvases and callers write them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tradewind_server.errors import InvalidInput

from fakes.agentflow import AgentWorld, reply, start

WIRES = ["startAgentflow_0 > directReplyAgentflow_0"]


@pytest.fixture
def world() -> AgentWorld:
    return AgentWorld()


@pytest.mark.parametrize("form", [{"n": 5}, '{"n": 5}'])
async def test_a_form_is_an_object_or_the_text_of_one(world: AgentWorld, form: Any) -> None:
    flow = world.draw(start(startInputType="formInput"), reply("{{ $form.n }}!"), wires=WIRES)
    assert (await world.ask(flow, None, form=form)).text == "5!"


@pytest.mark.parametrize("form", ["x", [1], 5, True, "[1]"])
async def test_anything_else_is_no_form(world: AgentWorld, form: Any) -> None:
    flow = world.draw(start(startInputType="formInput"), reply("x"), wires=WIRES)
    with pytest.raises(InvalidInput, match="form must be an object"):
        await world.ask(flow, None, form=form)
    assert world.executions.rows == {}


STATES = [
    [{"key": "a", "value": "{{ question }}"}, {"key": "", "value": 1}],
    '[{"key": "a", "value": "{{ question }}"}]',
    {"a": "{{ question }}"},
    '{"a": "{{ question }}"}',
]


@pytest.mark.parametrize("state", STATES)
async def test_the_state_of_the_drawing(world: AgentWorld, state: Any) -> None:
    flow = world.draw(start(startState=state), reply("{{ $flow.state }}"), wires=WIRES)
    assert (await world.ask(flow, "q")).text == '{"a":"q"}'


@pytest.mark.parametrize("state", ["nope", 5, [1], "[1]"])
async def test_a_state_that_is_none_is_an_error(world: AgentWorld, state: Any) -> None:
    flow = world.draw(start(startState=state), reply("x"), wires=WIRES)
    with pytest.raises(InvalidInput, match="The input startState of the node Start"):
        await world.ask(flow, "q")


@pytest.mark.parametrize("state", [*STATES, {"startAgentflow_0": [{"key": "a", "value": "{{ question }}"}]}])
async def test_the_state_of_a_caller_is_taken_as_it_is(world: AgentWorld, state: Any) -> None:
    opened = {"overrideConfig": {"status": True, "nodes": {"Start": [{"name": "startState", "enabled": True}]}}}
    drawn = [{"key": "a", "value": "0"}, {"key": "b", "value": "1"}]
    flow = world.draw(start(startState=drawn), reply("{{ $flow.state }}"), wires=WIRES, api_config=json.dumps(opened))
    result = await world.ask(flow, "q", override_config={"startState": state})
    assert result.text == '{"a":"{{ question }}","b":"1"}'
