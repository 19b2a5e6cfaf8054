"""No id of a credential leaves: not in events, answers, questions to people, stored rows or errors."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest
from tradewind_server.errors import TradewindError
from tradewind_server.flows.ports import ChatReply, ToolCall

from fakes.agentflow import AgentWorld, agent, llm, reply, start

SECRET = "secret-credential"
KEYS = {"FLOWISE_CREDENTIAL_ID": SECRET}
TOOL = {
    "agentSelectedTool": "calculator",
    "agentSelectedToolConfig": {**KEYS, "credential": SECRET},
    "agentSelectedToolRequiresHumanInput": True,
}
KNOWLEDGE = {
    "vectorStore": "qdrant",
    "vectorStoreConfig": {"qdrantCollection": "c", **KEYS},
    "embeddingModel": "openAIEmbeddings",
    "embeddingModelConfig": KEYS,
    "knowledgeName": "docs",
}


@pytest.fixture
def world() -> AgentWorld:
    return AgentWorld()


def everything(world: AgentWorld, flow: str, *more: Any) -> str:
    rows = [asdict(row) for row in world.messages.of(flow)]
    executions = [asdict(row) for row in world.executions.rows.values()]
    return json.dumps([rows, executions, *more], default=str)


async def test_a_run_with_credentials_everywhere(world: AgentWorld) -> None:
    model = {"agentModel": "chatOpenAI", "agentModelConfig": {"modelName": "a", **KEYS}}
    chooser = {"conditionAgentModel": "chatOpenAI", "conditionAgentModelConfig": {"modelName": "c", **KEYS}}
    flow = world.draw(
        start(),
        llm(0, llmStructuredOutput=[{"key": "k", "type": "string"}]),
        agent("conditionAgentAgentflow", conditionAgentScenarios=[{"scenario": "one"}], **chooser),
        agent("agentAgentflow", agentTools=[TOOL], agentKnowledgeVSEmbeddings=[KNOWLEDGE], **model),
        wires=[
            "startAgentflow_0 > llmAgentflow_0 > conditionAgentAgentflow_0",
            "conditionAgentAgentflow_0:0 > agentAgentflow_0",
        ],
    )
    world.model("m", '{"k": "v"}')
    world.model("c", '{"output": "one"}')
    world.model("a", ChatReply("", tool_calls=(ToolCall("c", "calculator", {"input": "6 * 7"}),)), "It is 42.")
    events = await world.stream(flow, "q", chat_id="c")
    assert any(event.name == "action" for event in events)
    result = await world.ask(flow, None, chat_id="c", human_input={"type": "proceed"})
    assert result.text == "It is 42."
    assert SECRET not in everything(world, flow, [event.data for event in events], asdict(result))


@pytest.mark.parametrize(
    "node",
    [
        agent("httpAgentflow", url="https://a.example", **KEYS),
        agent("toolAgentflow", toolAgentflowSelectedTool="serpAPI", toolAgentflowSelectedToolConfig=KEYS),
        agent("toolAgentflow", toolAgentflowSelectedTool="nobody", toolAgentflowSelectedToolConfig=KEYS),
        agent("agentAgentflow", agentModel="chatOpenAI", agentModelConfig={"modelName": "m", "maxTokens": "many", **KEYS}),
        agent("llmAgentflow", llmModel="calculator", llmModelConfig=KEYS),
    ],
)
async def test_nodes_that_fail_do_not_name_them(world: AgentWorld, node: dict[str, Any]) -> None:
    flow = world.draw(start(), node, reply("x"), wires=[f"startAgentflow_0 > {node['id']} > directReplyAgentflow_0"])
    events = await world.stream(flow, "q", chat_id="c")
    failures = [event for event in events if event.name == "error"]
    with pytest.raises(TradewindError) as error:
        await world.ask(flow, "q")
    assert failures
    assert SECRET not in everything(world, flow, [event.data for event in events], str(error.value), error.value.metadata)
