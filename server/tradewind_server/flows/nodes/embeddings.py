"""Embeddings nodes."""

from __future__ import annotations

from tradewind_server.flows.components import EmbedderHandle
from tradewind_server.flows.nodes.chat_models import base_options, timeout_seconds
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.ports import EmbedderSpec


def build_openai_embeddings(inputs: NodeInputs, context: BuildContext) -> EmbedderHandle:
    spec = EmbedderSpec(
        provider="openai",
        model=inputs.text("modelName", "text-embedding-ada-002"),
        base_url=inputs.optional_text("basepath"),
        credential_id=inputs.node.credential,
        api_key=inputs.optional_text("openAIApiKey"),
        dimensions=inputs.integer("dimensions", 1, 65_536),
        batch_size=inputs.integer("batchSize", 1, 2048),
        strip_new_lines=inputs.flag("stripNewLines"),
        headers=base_options(inputs),
        timeout=timeout_seconds(inputs),
    )
    return EmbedderHandle(context.models, context.workspace_id, spec)


NODE_TYPES = (
    NodeType(
        "openAIEmbeddings",
        "OpenAI Embeddings",
        "Embeddings",
        (
            Input("modelName"),
            Input("stripNewLines", "flag"),
            Input("batchSize", "number"),
            Input("timeout", "number"),
            Input("basepath"),
            Input("baseOptions", "json"),
            Input("dimensions", "number"),
        ),
        build_openai_embeddings,
    ),
)
