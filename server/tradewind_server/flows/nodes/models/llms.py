"""The plain language models of the canvas, a row each: most are asked through the chat endpoint of their provider."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from tradewind_server.flows.nodes.models.chat import AZURE_FIELDS, HUGGING_FACE_SETTINGS, MAX_TOKENS, OLLAMA_SETTINGS
from tradewind_server.flows.nodes.models.chat_row import STOP, TEMPERATURE, TOP_P, ChatProvider, RowValues, Setting
from tradewind_server.flows.nodes.spec import Input, NodeInputs

MODEL_AT_REPLICATE = re.compile(r"[\w.-]{1,100}/[\w.-]{1,100}(?::[0-9a-f]{8,64})?", re.ASCII)
LLMS = "LLMs"
THROUGH_CHAT = "is asked through the chat endpoint, which its provider serves for newer models only."


def add_inputs(inputs: NodeInputs, model: str, common: RowValues, own: RowValues) -> None:
    """Further inputs of a model at Replicate, as its own page names them."""
    if not MODEL_AT_REPLICATE.fullmatch(model):
        raise inputs.wrong_input("model", "the name of a model at Replicate, such as owner/name or owner/name:version")
    values = inputs.json("additionalInputs")
    if values is None:
        return
    if not isinstance(values, dict):
        raise inputs.wrong_input("additionalInputs", "a JSON object of inputs of the model")
    # As text, so that clients can be told apart by it.
    own["inputs"] = json.dumps(values, sort_keys=True)


LLM_PROVIDERS = (
    ChatProvider(
        node="cohere",
        label="Cohere",
        provider="cohere",
        key="cohereApiKey",
        model="command-r7b-12-2024",
        settings=(TEMPERATURE, MAX_TOKENS),
        category=LLMS,
        note=THROUGH_CHAT,
    ),
    ChatProvider(
        node="huggingFaceInference_LLMs",
        label="HuggingFace Inference",
        provider="huggingface",
        key="huggingFaceApiKey",
        url="endpoint",
        model_input="model",
        settings=HUGGING_FACE_SETTINGS,
        category=LLMS,
        note=THROUGH_CHAT,
    ),
    ChatProvider(
        node="replicate",
        label="Replicate",
        provider="replicate",
        key="replicateApiKey",
        model_input="model",
        settings=(
            TEMPERATURE,
            MAX_TOKENS,
            TOP_P,
            Setting("repetitionPenalty", "number", "repetition_penalty", own=True),
        ),
        others=(Input("additionalInputs", "json"),),
        adjust=add_inputs,
        category=LLMS,
        note="answers whole: runs at Replicate are waited for, at most five minutes, and not streamed.",
    ),
    *(
        ChatProvider(
            node=node,
            label=label,
            provider=provider,
            key=key,
            model=model,
            settings=(TEMPERATURE, MAX_TOKENS, TOP_P, replace(STOP, input="stop")),
            category=LLMS,
            note=THROUGH_CHAT,
        )
        for node, label, provider, key, model in (
            ("fireworks", "Fireworks", "fireworks", "fireworksApiKey", "accounts/fireworks/models/llama-v3p1-8b-instruct"),
            ("sambanova", "Sambanova", "sambanova", "sambanovaApiKey", "Meta-Llama-3.3-70B-Instruct"),
            ("togetherAI", "TogetherAI", "together", "togetherAIApiKey", ""),
        )
    ),
    ChatProvider(
        node="openAI",
        label="OpenAI",
        provider="openai",
        key="openAIApiKey",
        model="gpt-4o-mini",
        url="basepath",
        others=(Input("bestOf", has_no_effect=True), Input("batchSize", has_no_effect=True)),
        category=LLMS,
        note=THROUGH_CHAT,
        streams=True,
    ),
    ChatProvider(
        node="azureOpenAI",
        label="Azure OpenAI",
        provider="azure",
        key="azureOpenAIApiKey",
        url="basepath",
        fields=AZURE_FIELDS,
        others=(Input("bestOf", has_no_effect=True),),
        category=LLMS,
        note=THROUGH_CHAT,
        streams=True,
    ),
    ChatProvider(
        node="ollama",
        label="Ollama",
        provider="ollama",
        key="ollamaApiKey",
        url="baseUrl",
        settings=OLLAMA_SETTINGS,
        category=LLMS,
        streams=True,
    ),
)
NODES = tuple(row.node_type() for row in LLM_PROVIDERS)
