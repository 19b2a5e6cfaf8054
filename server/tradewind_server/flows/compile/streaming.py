"""Whether a chatflow can stream its answer (docs/contract.md §5.1)."""

from __future__ import annotations

import orjson

from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.flows.drawing import Flow, Node, nodes_of_category, question_ends

STREAMING_AGENTS = frozenset(
    {
        "csvAgent", "airtableAgent", "toolAgent", "conversationalRetrievalToolAgent", "openAIToolAgentLlamaIndex",
        "openAIAssistant",
    }
)  # fmt: skip
STREAMING_ENGINES = frozenset({"contextChatEngine", "simpleChatEngine", "queryEngine", "subQuestionQueryEngine"})
SILENT_CHAINS = frozenset({"openApiChain", "vectaraQAChain"})
ALWAYS_STREAMING = frozenset({"Multi Agents", "Sequential Agents"})
STREAMING_MODELS = {
    "Chat Models": frozenset(
        {
            "azureChatOpenAI", "chatOpenAI", "chatOpenAI_LlamaIndex", "chatOpenAICustom", "chatAnthropic",
            "chatAnthropic_LlamaIndex", "chatOllama", "chatOllama_LlamaIndex", "awsChatBedrock", "chatMistralAI",
            "chatMistral_LlamaIndex", "chatAlibabaTongyi", "groqChat", "chatGroq_LlamaIndex", "chatCohere",
            "chatGoogleGenerativeAI", "chatTogetherAI", "chatTogetherAI_LlamaIndex", "chatFireworks", "ChatSambanova",
            "chatBaiduWenxin", "chatCometAPI",
        }
    ),
    "LLMs": frozenset({"azureOpenAI", "openAI", "ollama"}),
}  # fmt: skip
"""Models that stream although their saved node has no switch for it."""
UNSET = (None, "")


def is_streamable(chatflow: Chatflow, flow: Flow) -> bool:
    """By the saved drawing alone: the ending node, the models' own switch, output parsers, post-processing."""
    if post_processes(chatflow):
        return False
    if chatflow.type == "AGENTFLOW":
        return True
    endings = question_ends(flow)
    if any(node.outputs.get("output") == "EndingNode" for node in endings):
        return False
    if any(node.category in ALWAYS_STREAMING for node in endings):
        return True
    if any("Output Parser" in node.category for node in flow.nodes.values()):
        return False
    return _models_stream(flow) and _ending_streams(endings[-1])


def post_processes(chatflow: Chatflow) -> bool:
    """Whether the owner has answers changed by a function of their own, which needs the whole answer."""
    if not chatflow.chatbot_config or '"postProcessing"' not in chatflow.chatbot_config:
        return False
    try:
        config = orjson.loads(chatflow.chatbot_config)
    except orjson.JSONDecodeError:
        return False
    processing = config.get("postProcessing") if isinstance(config, dict) else None
    return isinstance(processing, dict) and processing.get("enabled") is True


def _models_stream(flow: Flow) -> bool:
    models = list(nodes_of_category(flow, *STREAMING_MODELS))
    return bool(models) and all(_model_streams(model) for model in models)


def _model_streams(model: Node) -> bool:
    switch = model.inputs.get("streaming")
    if switch in UNSET:
        return model.name in STREAMING_MODELS[model.category]
    return switch not in (False, "false")


def _ending_streams(ending: Node) -> bool:
    if ending.category == "Chains":
        return ending.name not in SILENT_CHAINS
    if ending.category == "Engine":
        return ending.name in STREAMING_ENGINES
    return ending.category == "Agents" and ending.name in STREAMING_AGENTS
