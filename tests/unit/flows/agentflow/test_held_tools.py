"""Tools and stores inside nodes: built when their node runs, told apart, and shown without keys."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.ports import ChatReply, ToolCall
from tradewind_server.flows.predict.subflows import MOST_DEPTH

from fakes.agentflow import AgentWorld, agent, reply, start


@pytest.fixture
def world() -> AgentWorld:
    return AgentWorld()


def agent_node(number: int = 0, /, **inputs: Any) -> dict[str, Any]:
    outside = {"_parentNode": inputs.pop("_parentNode")} if "_parentNode" in inputs else {}
    return agent("agentAgentflow", number, agentModel="chatOpenAI", agentModelConfig={"modelName": "m"}, **inputs, **outside)


def tool(name: str, **config: Any) -> dict[str, Any]:
    return {"agentSelectedTool": name, "agentSelectedToolConfig": config}


async def test_a_tool_that_cannot_be_built_harms_its_own_branch_alone(world: AgentWorld) -> None:
    flow = world.draw(
        start(),
        agent(
            "conditionAgentflow",
            conditions=[{"type": "string", "value1": "{{ question }}", "operation": "equal", "value2": "api"}],
        ),
        agent_node(agentTools=[tool("openAPIToolkit")]),
        reply("no need"),
        wires=[
            "startAgentflow_0 > conditionAgentflow_0",
            "conditionAgentflow_0:0 > agentAgentflow_0",
            "conditionAgentflow_0:1 > directReplyAgentflow_0",
        ],
    )
    assert (await world.ask(flow, "hello")).text == "no need"
    with pytest.raises(InvalidInput, match="Error in Agent node: The input openApiFile"):
        await world.ask(flow, "api")


async def test_two_tools_of_one_name_are_both_there(world: AgentWorld) -> None:
    tools = [
        tool("requestsGet", requestsGetUrl="https://a.example", requestsGetName="get"),
        tool("requestsGet", requestsGetUrl="https://b.example", requestsGetName="get"),
        tool("calculator"),
        tool("calculator"),
    ]
    flow = world.draw(start(), agent_node(agentTools=tools), wires=["startAgentflow_0 > agentAgentflow_0"])
    world.model("m", ChatReply("", tool_calls=(ToolCall("c", "get_2", {}),)), "Done.")
    await world.ask(flow, "q")
    assert [one.name for one in world.model("m").calls[0].options.tools] == ["get", "get_2", "calculator"]
    assert [call.url for call in world.outbound.calls] == ["https://b.example"]


async def test_the_trace_shows_tools_without_their_keys(world: AgentWorld) -> None:
    world.variables.set(token="hidden-token")
    config = {
        "requestsGetUrl": "https://a.example",
        "requestsGetHeaders": '{"Authorization": "Bearer {{ $vars.token }}"}',
        "FLOWISE_CREDENTIAL_ID": "secret-credential",
    }
    flow = world.draw(
        start(), agent_node(agentTools=[tool("requestsGet", **config)]), wires=["startAgentflow_0 > agentAgentflow_0"]
    )
    world.model("m", ChatReply("", tool_calls=(ToolCall("c", "requests_get", {}),)), "Done.")
    result = await world.ask(flow, "q")
    assert world.outbound.calls[0].headers["Authorization"] == "Bearer hidden-token"
    told = json.dumps(result.trace) + world.execution(result.execution_id).execution_data
    assert "https://a.example" in told
    assert "hidden-token" not in told and "secret-credential" not in told


async def test_a_tool_that_asks_a_person_does_not_run_inside_a_box(world: AgentWorld) -> None:
    asking = {**tool("calculator"), "agentSelectedToolRequiresHumanInput": True}
    flow = world.draw(
        start(),
        agent("iterationAgentflow", iterationInput="[1]"),
        agent_node(agentTools=[asking], _parentNode="iterationAgentflow_0"),
        wires=["startAgentflow_0 > iterationAgentflow_0"],
    )
    world.model("m", ChatReply("", tool_calls=(ToolCall("c", "calculator", {"input": "6*7"}),)), "It is 42.")
    result = await world.ask(flow, "q")
    assert "The tool calculator asks a person before it is used" in str(result.text)
    assert str(result.text).startswith("Error in iteration 1: Error in Agent node")


async def test_what_another_flow_used_is_kept(world: AgentWorld) -> None:
    child = world.draw(start(), agent_node(agentTools=[tool("calculator")]), wires=["startAgentflow_0 > agentAgentflow_0"])
    flow = world.draw(
        start(),
        agent("executeFlowAgentflow", executeFlowSelectedFlow=child, executeFlowInput="{{ question }}",
              executeFlowOverrideConfig='{"vars": {"said": "{{ question }}"}}'),
        wires=["startAgentflow_0 > executeFlowAgentflow_0"],
    )  # fmt: skip
    world.model("m", ChatReply("", tool_calls=(ToolCall("c", "calculator", {"input": "6*7"}),)), "It is 42.")
    result = await world.ask(flow, 'what is "6*7"')
    assert result.used_tools == [{"tool": "calculator", "toolInput": {"input": "6*7"}, "toolOutput": "42"}]


async def test_another_flow_that_is_not_here_is_named(world: AgentWorld) -> None:
    missing = "11111111-1111-4111-8111-111111111111"
    node = agent("executeFlowAgentflow", executeFlowSelectedFlow=missing, executeFlowInput="x")
    flow = world.draw(start(), node, wires=["startAgentflow_0 > executeFlowAgentflow_0"])
    with pytest.raises(InvalidInput, match="must be the id of a chatflow of this workspace; 11111111"):
        await world.ask(flow, "q")


async def test_more_flows_inside_each_other_than_may_be(world: AgentWorld) -> None:
    flow = world.draw(start(), reply("deep"), wires=["startAgentflow_0 > directReplyAgentflow_0"])
    for depth in range(MOST_DEPTH + 1):
        assert depth == 0 or (await world.ask(flow, "q")).text == "deep"
        node = agent("executeFlowAgentflow", executeFlowSelectedFlow=flow)
        flow = world.draw(start(), node, wires=["startAgentflow_0 > executeFlowAgentflow_0"])
    with pytest.raises(InvalidInput, match="TRADEWIND_MAX_FLOW_DEPTH") as error:
        await world.ask(flow, "q")
    assert error.value.reason is Reason.RUN_LIMIT_EXCEEDED


async def test_settings_of_a_component_may_be_json_text(world: AgentWorld) -> None:
    node = agent("llmAgentflow", llmModel="chatOpenAI", llmModelConfig='{"modelName": "m"}')
    flow = world.draw(start(), node, wires=["startAgentflow_0 > llmAgentflow_0"])
    await world.ask(flow, "q")
    assert len(world.model("m").calls) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        [{"inputArgName": "input", "inputArgValue": "{{ question }} * 7"}],
        '[{"inputArgName": "input", "inputArgValue": "{{ question }} * 7"}]',
        {"input": "{{ question }} * 7"},
    ],
)
async def test_the_arguments_of_a_tool_node(world: AgentWorld, arguments: Any) -> None:
    node = agent("toolAgentflow", toolAgentflowSelectedTool="calculator", toolInputArgs=arguments)
    flow = world.draw(start(), node, wires=["startAgentflow_0 > toolAgentflow_0"])
    assert (await world.ask(flow, "6")).text == "42"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], r"The tool calculator of Tool \(toolAgentflow_0\) needs input"),
        ([{"inputArgName": "expression", "inputArgValue": "1"}], "needs input; add it to its arguments"),
        ([7], "The input toolInputArgs of the node Tool"),
    ],
)
async def test_arguments_that_a_tool_node_lacks_are_named(world: AgentWorld, arguments: Any, words: str) -> None:
    node = agent("toolAgentflow", toolAgentflowSelectedTool="calculator", toolInputArgs=arguments)
    flow = world.draw(start(), node, wires=["startAgentflow_0 > toolAgentflow_0"])
    with pytest.raises(InvalidInput, match=words):
        await world.ask(flow, "6")


async def test_json_in_an_argument_is_not_broken_by_what_is_put_in(world: AgentWorld) -> None:
    description = {
        "openapi": "3.1.0",
        "servers": [{"url": "https://h.example"}],
        "paths": {
            "/note": {
                "post": {
                    "operationId": "note",
                    "requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {"t": {}}}}}},
                }
            }
        },
    }
    world.outbound.say(description, "noted")
    config = {"inputType": "url", "openApiLink": "https://h.example/openapi.json"}
    node = agent(
        "toolAgentflow",
        toolAgentflowSelectedTool="openAPIToolkit",
        toolAgentflowSelectedToolConfig=config,
        toolInputArgs=[{"inputArgName": "RequestBody", "inputArgValue": '{"t": "{{ question }}"}'}],
    )
    flow = world.draw(start(), node, wires=["startAgentflow_0 > toolAgentflow_0"])
    assert (await world.ask(flow, 'say "hi"')).text == "noted"
    assert json.loads(world.outbound.calls[-1].body or b"") == {"t": 'say "hi"'}


KNOWLEDGE = {
    "vectorStore": "qdrant",
    "vectorStoreConfig": {"qdrantCollection": "c"},
    "embeddingModel": "openAIEmbeddings",
    "embeddingModelConfig": {"modelName": "e"},
    "knowledgeName": "My Docs!",
    "knowledgeDescription": "<p>About</p>",
    "returnSourceDocuments": True,
}


async def test_the_knowledge_of_an_agent(world: AgentWorld) -> None:
    world.indexes.hold("Berlin is big")
    items = [KNOWLEDGE, {**KNOWLEDGE, "vectorStoreConfig": {"qdrantCollection": "d"}}, {**KNOWLEDGE, "knowledgeName": "文档"}]
    flow = world.draw(start(), agent_node(agentKnowledgeVSEmbeddings=items), wires=["startAgentflow_0 > agentAgentflow_0"])
    world.model("m", ChatReply("", tool_calls=(ToolCall("c", "my_docs", {"input": "x"}),)), "Done.")
    result = await world.ask(flow, "q")
    tools = world.model("m").calls[0].options.tools
    assert [(one.name, one.description) for one in tools] == [
        ("my_docs", "About"),
        ("my_docs_2", "About"),
        ("store_2", "About"),
    ]
    assert [one["pageContent"] for one in result.source_documents or ()] == ["Berlin is big"]
    world.model("m", "Done.")
    del items[1:]
    items[0] = {**KNOWLEDGE, "embeddingModel": ""}
    flow = world.draw(start(), agent_node(agentKnowledgeVSEmbeddings=items), wires=["startAgentflow_0 > agentAgentflow_0"])
    with pytest.raises(InvalidInput, match="has no embedding model; choose one"):
        await world.ask(flow, "q")
