"""The models of the canvas's LlamaIndex nodes: the same models under other names of nodes and fewer inputs."""

from __future__ import annotations

from dataclasses import replace

from tradewind_server.flows.nodes.models.chat import CHAT_PROVIDERS, OLLAMA_OPTIONS
from tradewind_server.flows.nodes.models.chat_row import STOP, TEMPERATURE, TOP_P, ChatProvider, Setting
from tradewind_server.flows.nodes.models.embeddings import EMBEDDINGS_PROVIDERS, EmbeddingsProvider

MAX_TOKENS = Setting("maxTokens", "integer", "max_tokens", least=1)
TO_SAMPLE = Setting("maxTokensToSample", "integer", "max_tokens", least=1)
CHAT_BY_NODE = {row.node: row for row in CHAT_PROVIDERS}
EMBEDDINGS_BY_NODE = {row.node: row for row in EMBEDDINGS_PROVIDERS}


def chat_alias(node: str, label: str, origin: str, model: str = "", settings: tuple[Setting, ...] = ()) -> ChatProvider:
    """A row that asks the provider of another one."""
    row = CHAT_BY_NODE[origin]
    return replace(
        row,
        node=node,
        label=label,
        model=model or row.model,
        settings=settings or row.settings,
        others=(),
        adjust=row.adjust if origin in ("chatOpenAI", "azureChatOpenAI") else None,
        streams=node != "azureChatOpenAI_LlamaIndex",
        follow_up="",
    )


def embeddings_alias(node: str, label: str, origin: str) -> EmbeddingsProvider:
    return replace(EMBEDDINGS_BY_NODE[origin], node=node, label=label, others=())


CHAT_ALIASES = (
    chat_alias("chatOpenAI_LlamaIndex", "ChatOpenAI", "chatOpenAI", "gpt-3.5-turbo"),
    chat_alias("azureChatOpenAI_LlamaIndex", "AzureChatOpenAI", "azureChatOpenAI", "gpt-3.5-turbo-16k"),
    chat_alias("chatAnthropic_LlamaIndex", "ChatAnthropic", "chatAnthropic", "claude-3-haiku", (TEMPERATURE, TO_SAMPLE, TOP_P)),
    chat_alias("chatMistral_LlamaIndex", "ChatMistral", "chatMistralAI", "mistral-tiny", (TEMPERATURE, TO_SAMPLE, TOP_P)),
    chat_alias(
        "chatOllama_LlamaIndex",
        "ChatOllama",
        "chatOllama",
        settings=(TEMPERATURE, TOP_P, replace(STOP, input="stop"), *OLLAMA_OPTIONS),
    ),
    chat_alias("chatGroq_LlamaIndex", "ChatGroq", "groqChat", settings=(TEMPERATURE, MAX_TOKENS)),
    chat_alias("chatTogetherAI_LlamaIndex", "ChatTogetherAI", "chatTogetherAI", settings=(TEMPERATURE,)),
)
EMBEDDINGS_ALIASES = (
    embeddings_alias("openAIEmbedding_LlamaIndex", "OpenAI Embedding", "openAIEmbeddings"),
    embeddings_alias("azureOpenAIEmbeddingsLlamaIndex", "Azure OpenAI Embeddings", "azureOpenAIEmbeddings"),
)
NODES = tuple(row.node_type() for row in (*CHAT_ALIASES, *EMBEDDINGS_ALIASES))
