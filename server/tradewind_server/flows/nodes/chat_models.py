"""Chat model nodes."""

from __future__ import annotations

from typing import Any

from tradewind_server.flows.components import ChatModelHandle
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.ports import ChatModelSpec

MILLISECONDS = 1000.0


def base_options(inputs: NodeInputs) -> tuple[tuple[str, str], ...]:
    """Extra headers of the node's base options: ``{"headers": {...}}`` or the headers themselves."""
    options = inputs.json("baseOptions")
    if options is None:
        return ()
    if not isinstance(options, dict):
        raise inputs.wrong("baseOptions", "a JSON object of headers")
    headers = options.get("headers", options.get("baseOptions", options))
    if not isinstance(headers, dict):
        raise inputs.wrong("baseOptions", "a JSON object of headers")
    return tuple(sorted((str(name), str(value)) for name, value in headers.items()))


def timeout_seconds(inputs: NodeInputs) -> float | None:
    """The node's time-out, which the canvas gives in milliseconds."""
    number = inputs.number("timeout")
    return number / MILLISECONDS if number else None


def build_chat_openai(inputs: NodeInputs, context: BuildContext) -> ChatModelHandle:
    parameters: dict[str, Any] = {
        "temperature": inputs.number("temperature"),
        "max_tokens": inputs.integer("maxTokens", 1),
        "top_p": inputs.number("topP"),
        "frequency_penalty": inputs.number("frequencyPenalty"),
        "presence_penalty": inputs.number("presencePenalty"),
    }
    if inputs.flag("reasoning"):
        parameters["reasoning_effort"] = inputs.optional_text("reasoningEffort")
        parameters["temperature"] = None  # Reasoning models refuse one.
    stop = inputs.optional_text("stopSequence")
    if stop:
        parameters["stop"] = tuple(part.strip() for part in stop.split(",") if part.strip())
    spec = ChatModelSpec(
        provider="openai",
        model=inputs.text("modelName", "gpt-4o-mini"),
        base_url=inputs.optional_text("basepath"),
        credential_id=inputs.node.credential,
        api_key=inputs.optional_text("openAIApiKey"),
        parameters=tuple(sorted((name, value) for name, value in parameters.items() if value is not None)),
        headers=base_options(inputs),
        timeout=timeout_seconds(inputs),
    )
    return ChatModelHandle(context.models, context.workspace_id, spec, takes_images=inputs.flag("allowImageUploads"))


NODE_TYPES = (
    NodeType(
        "chatOpenAI",
        "ChatOpenAI",
        "Chat Models",
        (
            Input("modelName"),
            Input("temperature", "number"),
            Input("streaming", "flag"),
            Input("maxTokens", "number"),
            Input("topP", "number"),
            Input("frequencyPenalty", "number"),
            Input("presencePenalty", "number"),
            Input("timeout", "number"),
            Input("stopSequence"),
            Input("reasoning", "flag"),
            Input("reasoningEffort", "choice"),
            Input("basepath"),
            Input("baseOptions", "json"),
            Input("allowImageUploads", "flag"),
        ),
        build_chat_openai,
    ),
)
