"""Whether a chatflow can stream its answer (contract §3.7)."""

from __future__ import annotations

import orjson

from tradewind_server.flows.chatflows import Chatflow
from tradewind_server.flows.flowdata import Flow
from tradewind_server.flows.plan import ending_node, nodes_of_category

STREAMING_AGENTS = frozenset({"toolAgent", "conversationalRetrievalToolAgent", "openAIToolAgentLlamaIndex"})
SILENT_CHAINS = frozenset({"openApiChain", "vectaraQAChain"})


def is_streamable(chatflow: Chatflow, flow: Flow) -> bool:
    """By the saved drawing alone: the ending node, the models' own switch, output parsers, post-processing."""
    if chatflow.chatbot_config and '"postProcessing"' in chatflow.chatbot_config:
        try:
            processing = orjson.loads(chatflow.chatbot_config).get("postProcessing")
        except (orjson.JSONDecodeError, AttributeError):
            processing = None
        if isinstance(processing, dict) and processing.get("enabled") is True:
            return False
    if chatflow.type == "AGENTFLOW":
        return True
    ending = ending_node(flow)
    if ending.outputs.get("output") == "EndingNode":
        return False
    if any("Output Parser" in node.category for node in flow.nodes.values()):
        return False
    models = list(nodes_of_category(flow, "Chat Models", "LLMs"))
    if not models or any(node.inputs.get("streaming") in (False, "false") for node in models):
        return False
    if ending.category == "Chains":
        return ending.name not in SILENT_CHAINS
    return ending.category == "Agents" and ending.name in STREAMING_AGENTS
