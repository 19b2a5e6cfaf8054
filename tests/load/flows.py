"""The chatflows under load, made from the examples."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

from harness.flows import drawing
from harness.stack import flow_text

REFERENCE = "{{%s.data.instance}}"
EMBEDDING_MODEL = "instant"
TRUTH = {"type": "string", "value1": "{{ question }}", "operation": "notEmpty", "value2": ""}
TOOL_CALLER = 'call:calculator {"input": "6 * 7"}'


def _edited(name: str, **inputs_of: dict[str, Any]) -> str:
    flow: dict[str, Any] = json.loads(flow_text(name))
    for node in flow["nodes"]:
        node["data"]["inputs"].update(inputs_of.get(node["data"]["name"], {}))
    return json.dumps(flow)


def conversation() -> str:
    return flow_text("conversation")


def retrieval(collection: str, **splitter: int) -> str:
    """Document QA over text files, embedded by the endpoint at once."""
    text = _edited(
        "document-qa",
        openAIEmbeddings={"modelName": EMBEDDING_MODEL},
        qdrant={"qdrantCollection": collection},
        recursiveCharacterTextSplitter=splitter,
    )
    flow = json.loads(text)
    loader = next(node["data"] for node in flow["nodes"] if node["data"]["name"] == "pdfFile")
    loader.update(name="textFile", label="Text File")
    loader["inputs"]["txtFile"] = loader["inputs"].pop("pdfFile")
    return json.dumps(flow)


def agent_flow() -> str:
    """An agent flow of four steps: start, model, condition, reply."""
    return json.dumps(drawing("agentflow-steps"))


def conditions(count: int) -> str:
    """An agent flow of so many conditions between its start and its reply: steps that take no time themselves."""
    flow = drawing(
        "agentflow-steps", {"without": ["llmAgentflow_0"], "nodes": {"conditionAgentflow_0": {"conditions": [TRUTH]}}}
    )
    parts = {node["id"]: node for node in flow["nodes"]}
    start, condition, last = (parts[f"{name}Agentflow_0"] for name in ("start", "condition", "directReply"))
    names = [f"conditionAgentflow_{number}" for number in range(count)]
    nodes = [{**condition, "id": name, "data": {**condition["data"], "id": name}} for name in names]
    row = [start["id"], *names, last["id"]]
    edges = [
        {
            "source": source,
            "sourceHandle": f"{source}-output-0",
            "target": target,
            "targetHandle": target,
            "id": f"{source}-{target}",
        }
        for source, target in pairwise(row)
    ]
    return json.dumps({**flow, "nodes": [start, *nodes, last], "edges": edges})


def agent_flow_with_tool() -> str:
    """An agent flow whose agent calls a calculator once."""
    return json.dumps(drawing("agentflow-agent"))


def tool_agent() -> str:
    """A tool agent with a calculator, whose model asks for it once."""
    flow = json.loads(_edited("conversation", chatOpenAI={"modelName": TOOL_CALLER}))
    chain = next(node for node in flow["nodes"] if node["data"]["name"] == "conversationChain")
    old, new = chain["id"], "toolAgent_0"
    tool = {"id": "calculator_0", "data": {"id": "calculator_0", "name": "calculator", "label": "Calculator"}}
    tool["data"].update(category="Tools", inputs={})  # type: ignore[attr-defined]
    inputs = chain["data"]["inputs"]
    agent = {
        "tools": [REFERENCE % "calculator_0"],
        "memory": inputs["memory"],
        "model": inputs["model"],
        "systemMessage": "Help.",
    }
    chain.update(id=new)
    chain["data"].update(id=new, name="toolAgent", label="Tool Agent", category="Agents", inputs=agent, outputs={})
    flow["nodes"].append(tool)
    for edge in flow["edges"]:
        edge.update({end: new for end in ("source", "target") if edge[end] == old})
    flow["edges"].append({"source": "calculator_0", "target": new, "id": "calculator_0-toolAgent_0"})
    return json.dumps(flow)
