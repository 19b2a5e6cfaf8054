"""Whether a chatflow can stream its answer (docs/contract.md §5.1)."""

from __future__ import annotations

from tradewind_server.chatflows.config import ChatflowConfig
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.flows.compile.ending import is_function, question_ends
from tradewind_server.flows.drawing import Flow, Node, nodes_of_category
from tradewind_server.flows.nodes.registry import Registry

ALWAYS_STREAMING = frozenset({"Multi Agents", "Sequential Agents"})
MODELS = ("Chat Models", "LLMs")
"""Categories."""
UNSET = (None, "")


def is_streamable(chatflow: Chatflow, config: ChatflowConfig, flow: Flow, registry: Registry) -> bool:
    """By the saved drawing alone: the ending node, the models' own switch, output parsers, post-processing."""
    if config.post_processes:
        return False
    if chatflow.type == "AGENTFLOW":
        return True
    endings = question_ends(flow, registry)
    if any(map(is_function, endings)):
        return False
    if any(node.category in ALWAYS_STREAMING for node in endings):
        return True
    if any("Output Parser" in node.category for node in flow.nodes.values()):
        return False
    return _models_stream(flow, registry) and registry.streams(endings[-1])


def _models_stream(flow: Flow, registry: Registry) -> bool:
    models = list(nodes_of_category(flow, *MODELS))
    return bool(models) and all(_model_streams(model, registry) for model in models)


def _model_streams(model: Node, registry: Registry) -> bool:
    switch = model.inputs.get("streaming")
    if switch in UNSET:
        return registry.streams(model)
    return switch not in (False, "false")
