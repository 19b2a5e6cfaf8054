"""What Condition and Condition Agent nodes choose."""

from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.errors import TradewindError

from fakes.agentflow import AgentWorld, agent, reply, start


@pytest.fixture
def world() -> AgentWorld:
    return AgentWorld()


def chooses(world: AgentWorld, *conditions: dict[str, Any]) -> str:
    """A reply ``yes`` behind the first condition, ``no`` behind the last branch."""
    return world.draw(
        start(),
        agent("conditionAgentflow", conditions=list(conditions)),
        reply("yes", 0),
        reply("no", 1),
        wires=[
            "startAgentflow_0 > conditionAgentflow_0",
            "conditionAgentflow_0:0 > directReplyAgentflow_0",
            f"conditionAgentflow_0:{len(conditions)} > directReplyAgentflow_1",
        ],
    )


@pytest.mark.parametrize(
    ("kind", "value", "operation", "other", "answer"),
    [
        ("string", "an **apple**", "contains", "apple", "yes"),
        ("string", "- `yes`", "equal", "yes", "yes"),
        ("string", "1. [yes](https://e.org)", "equal", "_yes_", "yes"),
        ("string", "2 * 3 * 4", "equal", "2 * 3 * 4", "yes"),
        ("string", "snake_case_name", "endsWith", "case_name", "yes"),
        ("string", "b12", "regex", r"^b\\d+$", "yes"),
        ("string", "[x]", "regex", r"^\\\[x\\\]$", "yes"),
        ("string", "aab", "regex", "^a*b$", "yes"),
        ("string", "x", "regex", "(", "no"),
        ("string", "", "isEmpty", "", "yes"),
        ("string", None, "notEmpty", None, "no"),
        ("string", "15", "larger", "9", "yes"),
        ("number", "11 apples", "larger", "10", "yes"),
        ("number", "apples", "equal", "0", "yes"),
        ("number", "", "isEmpty", "", "no"),
        ("number", "2.50", "equal", 2.5, "yes"),
        ("boolean", "TRUE", "equal", True, "yes"),
        ("boolean", "", "notEqual", "true", "yes"),
        ("", "a", "equal", "a", "yes"),
    ],
)
async def test_a_condition(world: AgentWorld, kind: str, value: Any, operation: str, other: Any, answer: str) -> None:
    flow = chooses(world, {"type": kind, "value1": value, "operation": operation, "value2": other})
    assert (await world.ask(flow, "q")).text == answer


async def test_a_condition_without_an_operation_is_named(world: AgentWorld) -> None:
    good = {"type": "string", "value1": "{{ question }}", "operation": "equal", "value2": "a"}
    flow = chooses(world, good, {"type": "string", "value1": "a", "operation": "sounds like", "value2": "a"})
    assert (await world.ask(flow, "a")).text == "yes"
    with pytest.raises(TradewindError, match=r"The condition 2 of Condition .* has no known operation"):
        await world.ask(flow, "b")


async def test_a_condition_agent_without_scenarios_is_an_error(world: AgentWorld) -> None:
    node = agent(
        "conditionAgentAgentflow",
        conditionAgentModel="chatOpenAI",
        conditionAgentModelConfig={"modelName": "m"},
        conditionAgentScenarios=[{"scenario": ""}],
    )
    flow = world.draw(start(), node, wires=["startAgentflow_0 > conditionAgentAgentflow_0"])
    with pytest.raises(TradewindError, match="Error in Condition Agent node: There is no scenario"):
        await world.ask(flow, "q")
    assert world.model("m").calls == []
