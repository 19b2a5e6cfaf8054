"""Node types of Flowise that do not run here, and why: for errors, for the notes of an import, for ``docs/nodes.md``."""

from __future__ import annotations

from collections.abc import Mapping

CODE = "it holds JavaScript, and no code of a chatflow is ever run here"
AGENT_FLOWS = "it belongs to agent flows, which do not run here yet"
TEAMS = "it belongs to multi-agent and sequential flows, which do not run here yet"
LLAMA_INDEX = "it belongs to the LlamaIndex engines; the chains and retrievers of the same names do the same job"
ASSISTANTS = "it runs at OpenAI, in an interface that OpenAI has given up"
SERVICE = "it needs a service whose interface is not built in"
PROCESS = "it starts programs on the server, which no chatflow may do"

WHY_NOT: Mapping[str, str] = {
    **dict.fromkeys(("customFunction", "ifElseFunction", "customTool", "customRetriever", "customDocumentLoader"), CODE),
    **dict.fromkeys(("setVariable", "getVariable"), "it serves function nodes, which hold JavaScript"),
    **dict.fromkeys(("codeInterpreterE2B", "customMCP", "csvAgent", "pythonInterpreter", "readFile", "writeFile"), PROCESS),
    **dict.fromkeys(
        (
            "startAgentflow", "llmAgentflow", "agentAgentflow", "conditionAgentflow", "conditionAgentAgentflow",
            "customFunctionAgentflow", "directReplyAgentflow", "executeFlowAgentflow", "httpAgentflow", "humanInputAgentflow",
            "iterationAgentflow", "loopAgentflow", "retrieverAgentflow", "toolAgentflow",
        ),
        AGENT_FLOWS,
    ),
    **dict.fromkeys(
        (
            "supervisor", "worker", "agentMemory", "seqStart", "seqEnd", "seqAgent", "seqCondition", "seqConditionAgent",
            "seqCustomFunction", "seqExecuteFlow", "seqLLMNode", "seqLoop", "seqState", "seqToolNode", "agentAsTool",
        ),
        TEAMS,
    ),
    **dict.fromkeys(
        (
            "chatOpenAI_LlamaIndex", "azureChatOpenAI_LlamaIndex", "chatAnthropic_LlamaIndex", "chatMistral_LlamaIndex",
            "chatOllama_LlamaIndex", "chatGroq_LlamaIndex", "chatTogetherAI_LlamaIndex", "openAIEmbedding_LlamaIndex",
            "azureOpenAIEmbeddingsLlamaIndex", "pineconeLlamaIndex", "simpleStoreLlamaIndex", "queryEngine",
            "simpleChatEngine", "contextChatEngine", "subQuestionQueryEngine", "queryEngineToolLlamaIndex",
            "compactrefineLlamaIndex", "refineLlamaIndex", "treeSummarizeLlamaIndex", "simpleResponseBuilderLlamaIndex",
            "openAIToolAgentLlamaIndex",
        ),
        LLAMA_INDEX,
    ),
    "openAIAssistant": ASSISTANTS,
    **dict.fromkeys(
        (
            "replicate", "huggingFaceInference_LLMs", "github", "openAPIToolkit", "airtableAgent", "awsChatBedrock",
            "vectaraQAChain", "graphCypherQAChain",
        ),
        SERVICE,
    ),
}  # fmt: skip
