"""Models that run at AWS Bedrock and at Google's Vertex AI: signed requests instead of a key."""

from __future__ import annotations

import re
from dataclasses import replace

from tradewind_server.flows.nodes.models.chat_row import TEMPERATURE, TOP_P, ChatProvider, RowValues, Setting
from tradewind_server.flows.nodes.models.embeddings import EmbeddingsProvider
from tradewind_server.flows.nodes.models.llms import LLMS
from tradewind_server.flows.nodes.spec import Input, NodeInputs

AWS_REGION = re.compile(r"[a-z]{2,4}(?:-[a-z]{2,12}){1,3}-\d{1,2}")
GOOGLE_REGION = re.compile(r"global|[a-z]{2,12}(?:-[a-z]{2,12})?-?[a-z]{0,12}\d{1,2}")
BEDROCK_MODEL = re.compile(r"[A-Za-z0-9_.:/-]{1,2048}")
GLOBAL = "global."
THINKING_LEVELS = {"LOW": "low", "MEDIUM": "medium", "HIGH": "high"}
TRIED_ON_FAKES = "is tried against a fake of its service, not against the service itself"


def bedrock_model(inputs: NodeInputs, model: str) -> str:
    region = inputs.text("region").strip()
    if region and not AWS_REGION.fullmatch(region):
        raise inputs.wrong_input("region", "a region of AWS, such as eu-west-1")
    name = inputs.optional_text("customModel") or model
    if not BEDROCK_MODEL.fullmatch(name):
        raise inputs.wrong_input("model", "the id or the ARN of a model at Bedrock")
    return name


def vertex_model(inputs: NodeInputs, model: str) -> str:
    region = inputs.text("region").strip()
    if region and not GOOGLE_REGION.fullmatch(region):
        raise inputs.wrong_input("region", "a region of Google Cloud, such as europe-west1, or global")
    return inputs.optional_text("customModelName") or model


def choose_bedrock(inputs: NodeInputs, model: str, common: RowValues, own: RowValues) -> None:
    """The model, the region and the wish for speed, as the canvas has them."""
    name = bedrock_model(inputs, model)
    if inputs.flag("useGlobalEndpoint") and not name.startswith((GLOBAL, "arn:")):
        name = GLOBAL + name
    own["model"] = name
    if inputs.flag("latencyOptimized"):
        own["latency"] = "optimized"


def choose_vertex(inputs: NodeInputs, model: str, common: RowValues, own: RowValues) -> None:
    name = vertex_model(inputs, model)
    if name.startswith("claude"):
        raise inputs.wrong_input("modelName", "a model of Google: those of Anthropic are asked through ChatAnthropic here")
    own["model"] = name
    if inputs.is_set("thinkingLevel"):
        own["thinkingLevel"] = inputs.choice("thinkingLevel", THINKING_LEVELS, "high")
        own.pop("thinkingBudget", None)


BEDROCK = ChatProvider(
    node="awsChatBedrock",
    label="AWS ChatBedrock",
    provider="bedrock",
    key="awsKey",
    model="anthropic.claude-haiku-4-5-20251001-v1:0",
    model_input="model",
    url="endpointHost",
    settings=(TEMPERATURE, Setting("max_tokens_to_sample", "integer", "max_tokens", least=1)),
    fields=("awsSecret", "awsSession", "region"),
    others=(Input("customModel"), Input("latencyOptimized", "flag"), Input("useGlobalEndpoint", "flag")),
    adjust=choose_bedrock,
    note=f"{TRIED_ON_FAKES}; asks for models as they are named: name the inference profile where one is needed.",
    streams=True,
)
VERTEX = ChatProvider(
    node="chatGoogleVertexAI",
    label="ChatGoogleVertexAI",
    provider="vertex",
    key="googleApplicationCredential",
    model="gemini-2.5-flash",
    settings=(
        TEMPERATURE,
        Setting("maxOutputTokens", "integer", "max_tokens", least=1),
        TOP_P,
        Setting("topK", "integer", "topK", own=True),
        Setting("thinkingBudget", "integer", "thinkingBudget", own=True, least=-1),
    ),
    fields=("projectID", "region"),
    others=(Input("customModelName"), Input("thinkingLevel", "choice")),
    adjust=choose_vertex,
    note=f"{TRIED_ON_FAKES}; needs the JSON of a service account in its credential.",
)
CLOUD_PROVIDERS = (
    BEDROCK,
    replace(BEDROCK, node="awsBedrock", label="AWS Bedrock", category=LLMS, others=(Input("customModel"),), streams=False),
    VERTEX,
    replace(VERTEX, node="googlevertexai", label="GoogleVertexAI", category=LLMS, others=()),
)
CLOUD_EMBEDDINGS = (
    EmbeddingsProvider(
        node="AWSBedrockEmbeddings",
        label="AWS Bedrock Embeddings",
        provider="bedrock",
        key="awsKey",
        model="amazon.titan-embed-text-v1",
        model_input="model",
        url="endpointHost",
        batches=False,
        fields=("awsSecret", "awsSession", "region"),
        others=(Input("customModel"), Input("inputType", has_no_effect=True), Input("maxRetries", has_no_effect=True)),
        model_of=bedrock_model,
        note=f"{TRIED_ON_FAKES}.",
    ),
    EmbeddingsProvider(
        node="googlevertexaiEmbeddings",
        label="GoogleVertexAI Embeddings",
        provider="vertex",
        key="googleApplicationCredential",
        model="text-embedding-004",
        batches=False,
        fields=("projectID", "region"),
        model_of=vertex_model,
        note=f"{TRIED_ON_FAKES}.",
    ),
)
NODES = tuple(row.node_type() for row in (*CLOUD_PROVIDERS, *CLOUD_EMBEDDINGS))
