"""The node types of agent flows, as the canvas names them. What they do stands in ``flows/agentflow/nodes/``.

Their wires give order only; values move through the tokens of their inputs, so none of them builds a component.
"""

from __future__ import annotations

from typing import Any, NoReturn

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType

CATEGORY = "Agent Flows"


def refuse(inputs: NodeInputs, context: BuildContext) -> NoReturn:
    """A chatflow of another type cannot be built of these nodes."""
    raise InvalidInput(
        Reason.INVALID_CHATFLOW,
        f"The node {inputs.node.label} ({inputs.node.id}) belongs to agent flows; store the drawing with the type AGENTFLOW.",
        node=inputs.node.id,
    )


def agent_node(name: str, label: str, *inputs: Input) -> NodeType:
    return NodeType(name, label, CATEGORY, inputs, refuse)


def tokens(*names: str) -> tuple[Input, ...]:
    """Inputs that take tokens."""
    return tuple(Input(name, "json", asks=True) for name in names)


def plain(*names: str) -> tuple[Input, ...]:
    return tuple(Input(name, "json") for name in names)


def memory(prefix: str) -> tuple[Input, ...]:
    return (
        Input(f"{prefix}EnableMemory", "flag"),
        Input(f"{prefix}MemoryType", "choice"),
        Input(f"{prefix}MemoryWindowSize", "number"),
        Input(f"{prefix}MemoryMaxTokenLimit", "number"),
    )


def model(prefix: str) -> tuple[Input, ...]:
    return (Input(f"{prefix}Model"), Input(f"{prefix}ModelConfig", "json"))


def asking(prefix: str) -> tuple[Input, ...]:
    """What the nodes with a conversation have in common."""
    return (
        *model(prefix),
        *tokens(f"{prefix}Messages"),
        *memory(prefix),
        *tokens(f"{prefix}UserMessage"),
        Input(f"{prefix}ReturnResponseAs", "choice"),
        *plain(f"{prefix}StructuredOutput"),
        *tokens(f"{prefix}UpdateState"),
    )


def without_effect(*names: str) -> tuple[Input, ...]:
    return tuple(Input(name, has_no_effect=True) for name in names)


BUILT_IN_TOOLS = "names tools that a provider runs itself; they are not asked for here."
START = agent_node(
    "startAgentflow",
    "Start",
    Input("startInputType", "choice"),
    *plain("formTitle", "formDescription", "formInputTypes"),
    Input("startEphemeralMemory", "flag"),
    *tokens("startState"),
    Input("startPersistState", "flag"),
)
LLM = agent_node("llmAgentflow", "LLM", *asking("llm"))
AGENT = agent_node(
    "agentAgentflow",
    "Agent",
    *asking("agent"),
    *tokens("agentTools", "agentKnowledgeDocumentStores", "agentKnowledgeVSEmbeddings"),
    Input("maxIterations", "number"),
    *(
        Input(f"agentToolsBuiltIn{provider}", has_no_effect=True, note=BUILT_IN_TOOLS)
        for provider in ("OpenAI", "Gemini", "Anthropic")
    ),
)
TOOL = agent_node(
    "toolAgentflow",
    "Tool",
    *plain("toolAgentflowSelectedTool", "toolAgentflowSelectedToolConfig", "selectedTool", "selectedToolConfig"),
    *tokens("toolInputArgs", "toolUpdateState"),
)
RETRIEVER = agent_node(
    "retrieverAgentflow",
    "Retriever",
    *plain("retrieverKnowledgeDocumentStores"),
    *tokens("retrieverQuery"),
    Input("outputFormat", "choice"),
    *tokens("retrieverUpdateState"),
)
CONDITION = agent_node("conditionAgentflow", "Condition", *tokens("conditions"))
CONDITION_AGENT = agent_node(
    "conditionAgentAgentflow",
    "Condition Agent",
    *model("conditionAgent"),
    *tokens("conditionAgentInstructions", "conditionAgentInput", "conditionAgentScenarios"),
    *memory("conditionAgent"),
    Input("conditionAgentOverrideSystemPrompt", "flag"),
    *tokens("conditionAgentSystemPrompt"),
)
HUMAN_INPUT = agent_node(
    "humanInputAgentflow",
    "Human Input",
    Input("humanInputDescriptionType", "choice"),
    *tokens("humanInputDescription"),
    *model("humanInput"),
    *tokens("humanInputModelPrompt"),
    Input("humanInputEnableFeedback", "flag"),
)
LOOP = agent_node(
    "loopAgentflow",
    "Loop",
    Input("loopBackToNode"),
    Input("maxLoopCount", "number"),
    *tokens("fallbackMessage", "loopUpdateState"),
)
ITERATION = agent_node("iterationAgentflow", "Iteration", *tokens("iterationInput"))
HTTP = agent_node(
    "httpAgentflow",
    "HTTP",
    Input("method", "choice"),
    *tokens("url", "headers", "queryParams"),
    Input("bodyType", "choice"),
    *tokens("body"),
    Input("responseType", "choice"),
)
FUNCTION = agent_node(
    "customFunctionAgentflow",
    "Custom Function",
    *tokens("customFunctionInputVariables"),
    Input("customFunctionJavascriptFunction"),
    *tokens("customFunctionUpdateState"),
)
EXECUTE_FLOW = agent_node(
    "executeFlowAgentflow",
    "Execute Flow",
    Input("executeFlowSelectedFlow"),
    *tokens("executeFlowInput", "executeFlowOverrideConfig"),
    *without_effect("executeFlowBaseURL"),
    Input("executeFlowReturnResponseAs", "choice"),
    *tokens("executeFlowUpdateState"),
)
DIRECT_REPLY = agent_node("directReplyAgentflow", "Direct Reply", *tokens("directReplyMessage"))
NODES = (
    START, LLM, AGENT, TOOL, RETRIEVER, CONDITION, CONDITION_AGENT, HUMAN_INPUT, LOOP, ITERATION, HTTP, FUNCTION,
    EXECUTE_FLOW, DIRECT_REPLY,
)  # fmt: skip
DOCUMENT_STORE, STORE_INPUT = "documentStoreVS", "selectedStore"
"""The node type through which a document store is looked into, and its input with the id of the store."""
RETRIEVER_TOOL = "retrieverTool"
EXECUTE_TARGET = "executeFlowSelectedFlow"
"""The input with the id of the chatflow that an Execute Flow node asks."""


def is_set(value: Any) -> bool:
    """The canvas stores an empty input as "", as null, or not at all."""
    return value not in (None, "")
