"""Embeddings nodes: one row for each, with Flowise's names of nodes, inputs and credential fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tradewind_server.flows.components import EmbedderHandle
from tradewind_server.flows.nodes.models.chat_row import base_options, timeout_seconds
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.ports import EmbedderSpec

TASKS = (
    "RETRIEVAL_QUERY",
    "RETRIEVAL_DOCUMENT",
    "SEMANTIC_SIMILARITY",
    "CLASSIFICATION",
    "CLUSTERING",
    "QUESTION_ANSWERING",
    "FACT_VERIFICATION",
    "CODE_RETRIEVAL_QUERY",
)
NO_CHOICE = "TASK_TYPE_UNSPECIFIED"


@dataclass(frozen=True, slots=True)
class EmbeddingsProvider:
    """One row; the fields read as those of a chat model's row. ``strips`` is whether line breaks become blanks where the
    node does not say; ``batches`` whether the node's batch size counts."""

    node: str
    label: str
    provider: str
    key: str
    model: str = ""
    url: str = ""
    strips: bool = False
    batches: bool = True
    others: tuple[Input, ...] = ()
    fields: tuple[str, ...] = ()
    model_input: str = "modelName"
    dimensions: str = "dimensions"
    """The input with the number of dimensions."""
    model_of: Callable[[NodeInputs, str], str] | None = None
    """The model by the inputs, and the one that the row's own input names, where that is not all. Raises what is wrong."""
    note: str = ""

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (
            Input(self.model_input),
            Input("stripNewLines", "flag"),
            Input("batchSize", "number", has_no_effect=not self.batches),
            Input("timeout", "number"),
            *((Input(self.url),) if self.url else ()),
            Input("baseOptions", "json"),
            Input(self.dimensions, "number"),
            Input(self.key, "secret"),
            *(Input(name, "secret") for name in self.fields),
            *self.others,
        )

    def build(self, inputs: NodeInputs, context: BuildContext) -> EmbedderHandle:
        model = inputs.text(self.model_input, self.model).strip()
        spec = EmbedderSpec(
            provider=self.provider,
            model=self.model_of(inputs, model) if self.model_of else model,
            base_url=inputs.optional_text(self.url) if self.url else None,
            credential_id=inputs.node.credential,
            api_key=inputs.optional_text(self.key),
            dimensions=inputs.integer(self.dimensions, 1, 65_536),
            batch_size=inputs.integer("batchSize", 1, 2048) if self.batches else None,
            strip_new_lines=inputs.flag("stripNewLines", self.strips),
            task=inputs.choice("tasktype", {NO_CHOICE: None, **{task: task for task in TASKS}}, None),
            credential_fields=tuple((name, value) for name in self.fields if (value := inputs.optional_text(name))),
            headers=base_options(inputs),
            timeout=timeout_seconds(inputs),
        )
        return EmbedderHandle(context.models, context.workspace_id, spec)

    def node_type(self) -> NodeType:
        return NodeType(self.node, self.label, "Embeddings", self.inputs, self.build, self.note)


EMBEDDINGS_PROVIDERS = (
    EmbeddingsProvider(
        node="openAIEmbeddings",
        label="OpenAI Embeddings",
        provider="openai",
        key="openAIApiKey",
        model="text-embedding-ada-002",
        url="basepath",
        others=(Input("encodingFormat", has_no_effect=True),),
    ),
    EmbeddingsProvider(
        node="openAIEmbeddingsCustom",
        label="OpenAI Embeddings Custom",
        provider="openai",
        key="openAIApiKey",
        model="text-embedding-ada-002",
        url="basepath",
    ),
    # Azure once took one text in a request, and the canvas still draws a batch size of 1 into these nodes.
    EmbeddingsProvider(
        node="azureOpenAIEmbeddings",
        label="Azure OpenAI Embeddings",
        provider="azure",
        key="azureOpenAIApiKey",
        model="text-embedding-ada-002",
        url="basepath",
        batches=False,
        fields=(
            "azureOpenAIApiInstanceName",
            "azureOpenAIApiDeploymentName",
            "azureOpenAIApiEmbeddingsDeploymentName",
            "azureOpenAIApiVersion",
        ),
    ),
    EmbeddingsProvider(
        node="localAIEmbeddings", label="LocalAI Embeddings", provider="localai", key="localAIApiKey", url="basePath"
    ),
    EmbeddingsProvider(
        node="ollamaEmbedding",
        label="Ollama Embeddings",
        provider="ollama",
        key="ollamaApiKey",
        url="baseUrl",
        others=(
            Input("numGpu", "number", has_no_effect=True),
            Input("numThread", "number", has_no_effect=True),
            Input("useMMap", "flag", has_no_effect=True),
        ),
    ),
    # Mistral bounds the tokens of a request, not the texts; 512 chunks, as the canvas draws it, go beyond.
    EmbeddingsProvider(
        node="mistralAIEmbeddings",
        label="MistralAI Embeddings",
        provider="mistral",
        key="mistralAIAPIKey",
        model="mistral-embed",
        url="overrideEndpoint",
        strips=True,
        batches=False,
    ),
    EmbeddingsProvider(
        node="googleGenerativeAiEmbeddings",
        label="GoogleGenerativeAI Embeddings",
        provider="google",
        key="googleGenerativeAPIKey",
        model="gemini-embedding-001",
        others=(Input("tasktype", "choice"),),
    ),
    EmbeddingsProvider(node="togetherAIEmbedding", label="TogetherAI Embeddings", provider="together", key="togetherAIApiKey"),
    EmbeddingsProvider(
        node="voyageAIEmbeddings",
        label="VoyageAI Embeddings",
        provider="voyage",
        key="voyageAIAPIKey",
        model="voyage-3.5",
        others=(Input("inputType", has_no_effect=True), Input("truncation", "flag", has_no_effect=True)),
    ),
    EmbeddingsProvider(
        node="jinaEmbeddings",
        label="Jina Embeddings",
        provider="jina",
        key="jinaAIAPIKey",
        model="jina-embeddings-v3",
        dimensions="modelDimensions",
        others=(Input("allowLateChunking", "flag", has_no_effect=True),),
    ),
    EmbeddingsProvider(
        node="cohereEmbeddings",
        label="Cohere Embeddings",
        provider="cohere",
        key="cohereApiKey",
        model="embed-multilingual-v3.0",
        others=(Input("inputType", has_no_effect=True),),
    ),
)
NODES = tuple(row.node_type() for row in EMBEDDINGS_PROVIDERS)
