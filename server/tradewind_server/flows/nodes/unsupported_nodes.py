"""Node types of Flowise that do not run here, and why: for errors, for the notes of an import, for ``docs/nodes.md``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tradewind_server.flows.drawing import Node

CODE = "it holds JavaScript that has the whole server at hand in Flowise; use a function node or a custom tool"
PROCESS = "it starts programs on the server, which no chatflow may do"
TEAMS = "multi-agent and sequential flows do not run here yet"
MCP = "tools of MCP servers are not called here yet"
DOCUMENT_STORES = "chunks are not read back; use a document store"
RETRIEVER = "it is not built in; wire the vector store itself"
ANALYTIC = "answers are reported where the chatflow itself is set up to, beside the drawing"
MODEL = "it is not built in; use a model node that is, such as ChatOpenAI Custom"
EMBEDDINGS = "it is not built in; use an embeddings node that is, such as OpenAI Embeddings Custom"
STORE = "it is not built in; use the Qdrant node"
WEB_LOADER = "it is not built in; upsert its documents as files"
FOLDER = "no chatflow may read folders of the server; upsert the files"
TOOL = "it is not built in; a Requests tool may call its service"
SERVICE = "it needs a service whose interface is not built in"
OLD_STORE = "canvases of today have one node for this store; draw that"
OLD = "canvases of today do not have it any more"
NOT_KNOWN = "no node type of that name is known here"
WHY_NOT: Mapping[str, str] = {
    **dict.fromkeys(("customRetriever", "customDocumentLoader"), CODE),
    **dict.fromkeys(
        (
            "codeInterpreterE2B", "customMCP", "csvAgent", "pythonInterpreter", "readFile", "writeFile", "braveSearchMCP",
            "githubMCP", "postgreSQLMCP", "sequentialThinkingMCP", "slackMCP", "supergatewayMCP",
        ),
        PROCESS,
    ),
    **dict.fromkeys(("browserlessMCP", "customMcpServerTool", "pipedreamMCP", "teradataMCP"), MCP),
    **dict.fromkeys(
        (
            "supervisor", "worker", "agentMemory", "seqStart", "seqEnd", "seqAgent", "seqCondition", "seqConditionAgent",
            "seqCustomFunction", "seqExecuteFlow", "seqLLMNode", "seqLoop", "seqState", "seqToolNode", "agentAsTool",
            "mySQLAgentMemory", "postgresAgentMemory", "sqliteAgentMemory",
        ),
        TEAMS,
    ),
    "openAIAssistant": "it runs at OpenAI, in an interface that OpenAI has given up; use a Tool Agent with a "
    "chat model, or a CUSTOM assistant",
    **dict.fromkeys(("vectorStoreToDocument",), DOCUMENT_STORES),
    **dict.fromkeys(("LangWatch", "arize", "langFuse", "langSmith", "lunary", "opik", "phoenix"), ANALYTIC),
    "assemblyAI": "recordings are read by the providers of docs/uploads.md",
    **dict.fromkeys(
        ("chatBaiduWenxin", "chatIBMWatsonx", "chatNemoGuardrails", "ibmWatsonx"),
        MODEL,
    ),
    **dict.fromkeys(
        ("baiduQianfanEmbeddings", "huggingFaceInferenceEmbeddings", "ibmEmbedding"),
        EMBEDDINGS,
    ),
    **dict.fromkeys(
        ("Astra", "couchbase", "kendra", "meilisearch", "vectara", "vectaraUpload", "zep", "zepCloud"), STORE
    ),
    **dict.fromkeys(
        ("awsBedrockKBRetriever", "extractMetadataRetriever"),
        RETRIEVER,
    ),
    **dict.fromkeys(
        (
            "S3", "airtable", "apifyWebsiteContentCrawler", "braveSearchApiLoader", "confluence", "figma", "fireCrawl",
            "gitbook", "googleDrive", "googleSheets", "jira", "notionDB", "notionPage", "oxylabs", "s3Directory",
            "searchApi", "serpApi", "spiderDocumentLoaders",
        ),
        WEB_LOADER,
    ),
    **dict.fromkeys(("folderFiles", "notionFolder"), FOLDER),
    **dict.fromkeys(
        (
            "awsSNS", "composio", "awsDynamoDBKVStorage", "gmail", "googleCalendarTool",
            "googleDocsTool", "googleDriveTool", "googleSheetsTool", "jiraTool", "microsoftOutlook", "microsoftTeams",
            "stripeAgentTool", "wolframAlpha",
        ),
        TOOL,
    ),
    "webBrowser": "it is not built in; use the Web Scraper Tool",
    **dict.fromkeys(
        ("getApiChain", "postApiChain", "openApiChain"), "it is not built in; use a Tool Agent with Requests tools"
    ),
    "promptLangFuse": "prompts are not fetched from LangFuse; write it into a Prompt Template",
    **dict.fromkeys(("Neo4j", "airtableAgent", "vectaraQAChain", "graphCypherQAChain"), SERVICE),
    **dict.fromkeys(
        (
            "chromaExistingIndex", "chromaUpsert", "elasticsearchExistingIndex", "elasticsearchUpsert", "faissExistingIndex",
            "faissUpsert", "milvusExistingCollection", "milvusUpsert", "openSearchExistingIndex", "openSearchUpsert",
            "pineconeExistingIndex", "pineconeUpsert", "qdrantExistingIndex", "qdrantUpsert", "redisExistingIndex",
            "redisUpsert", "singlestoreExisting", "singlestoreUpsert", "supabaseExistingIndex", "supabaseUpsert",
            "vectaraExisting", "vectaraUpsert", "weaviateExistingIndex", "weaviateUpsert", "zepExistingIndex", "zepUpsert",
        ),
        OLD_STORE,
    ),
    **dict.fromkeys(
        ("aiPlugin", "autoGPT", "babyAGI", "metaphorSearch", "motorheadMemory", "mrklAgentChat", "mrklAgentLLM", "zapierNLA"),
        OLD,
    ),
}  # fmt: skip
ENDING_CATEGORIES = frozenset({"Chains", "Agents", "Engine", "Multi Agents", "Sequential Agents"})
STREAMING = frozenset({"csvAgent", "airtableAgent", "openAIAssistant", "chatBaiduWenxin", "ChatSambanova"})
SILENT_CHAINS = frozenset({"openApiChain", "vectaraQAChain"})
PASSING_IMAGES = frozenset({"supervisor", "seqStart"})
"""What clients are told of drawings that hold such nodes, before they ask and are refused."""
LONGEST_REFUSAL = 300
"""Characters of a refusal, however many nodes it is about."""
LONGEST_NAME = 50


def ends_flow(node: Node) -> bool:
    return node.category in ENDING_CATEGORIES


def streams(node: Node) -> bool:
    return node.name not in SILENT_CHAINS if node.category == "Chains" else node.name in STREAMING


def passes_images(node: Node) -> bool:
    return node.name in PASSING_IMAGES


def why_not(name: str) -> str:
    """Why a node type does not run here, a clause."""
    return WHY_NOT.get(name, NOT_KNOWN)


def short(text: str) -> str:
    """A name out of a drawing, cut where it is longer than names are."""
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1]}…"


def refusal(nodes: Sequence[Node]) -> str:
    """The sentence that refuses nodes whose types do not run here: every type with its reason.

    Where that would be too long, a reason names its first types and counts the others.
    """
    names = list(dict.fromkeys(node.name for node in nodes))
    if len(names) == 1:
        one = nodes[0]
        place = f"{short(one.label)} ({short(one.id)})"
        return f"The node {place} is of the type {short(one.name)}, which does not run here: {why_not(one.name)}."
    by_reason: dict[str, list[str]] = {}
    for name in names:
        by_reason.setdefault(why_not(name), []).append(short(name))
    sentence = ""
    for count in range(max(map(len, by_reason.values())), 0, -1):
        sentence = f"Node types of the chatflow that do not run here: {'; '.join(_clauses(by_reason, count))}."
        if len(sentence) <= LONGEST_REFUSAL:
            return sentence
    return _cut(_clauses(by_reason, 1), names)


def _clauses(by_reason: Mapping[str, Sequence[str]], count: int) -> list[str]:
    """One clause for each reason, with so many of its types."""
    clauses = []
    for reason, names in by_reason.items():
        more = f" and {len(names) - count} more" if len(names) > count else ""
        clauses.append(f"{', '.join(names[:count])}{more} ({reason})")
    return clauses


def _cut(clauses: Sequence[str], names: Sequence[str]) -> str:
    """As many clauses as fit; the others are counted."""
    head = f"{len(names)} node types of the chatflow do not run here"
    for count in range(len(clauses) - 1, 0, -1):
        more = f"and {len(clauses) - count} more reasons, which an import names"
        sentence = f"{head}: {'; '.join([*clauses[:count], more])}."
        if len(sentence) <= LONGEST_REFUSAL:
            return sentence
    return f"{head}; an import of the drawing says why."
