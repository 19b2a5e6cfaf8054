"""What a row of the chat model nodes is, and the one way in which all of them are built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from tradewind_server.flows.components import ChatModelCache, ChatModelHandle
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.ports import ChatModelSpec

MILLISECONDS = 1000.0
LARGEST = 2**53
CHAT_MODELS = "Chat Models"

RowValues = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Setting:
    """An input and the parameter it becomes: under OpenAI's name, or, when it is ``own``, under its provider's."""

    input: str
    kind: Literal["number", "integer", "flag", "text", "list", "json"]
    parameter: str
    own: bool = False
    least: int = 0
    """The least whole number that may stand there."""

    def read(self, inputs: NodeInputs) -> Any:
        """A hashable value; None where the input is unset."""
        match self.kind:
            case "number":
                return inputs.number(self.input)
            case "integer":
                return inputs.integer(self.input, self.least, LARGEST)
            case "flag":
                return inputs.flag(self.input) if inputs.is_set(self.input) else None
            case "text":
                return inputs.optional_text(self.input)
            case "list":
                text = inputs.optional_text(self.input)
                return tuple(part.strip() for part in text.split(",") if part.strip()) if text else None
            case "json":
                return texts_of(inputs, self.input) or None


TEMPERATURE = Setting("temperature", "number", "temperature")
TOP_P = Setting("topP", "number", "top_p")
STOP = Setting("stopSequence", "list", "stop")
OPENAI_SETTINGS = (
    TEMPERATURE,
    Setting("maxTokens", "integer", "max_tokens", least=1),
    TOP_P,
    Setting("frequencyPenalty", "number", "frequency_penalty"),
    Setting("presencePenalty", "number", "presence_penalty"),
    STOP,
)


@dataclass(frozen=True, slots=True)
class ChatProvider:
    """One row: a chat model node and the provider behind it (``models/providers.py`` says where that one lives).

    ``key`` is the field of its credential that holds the key, and the input that may hold it; ``url`` the input with a
    base path of the node's own; ``fields`` are inputs that go before further fields of the credential. ``adjust``
    changes parameters and own parameters by what belongs together. ``streams`` and ``follow_up`` are the node type's.
    """

    node: str
    label: str
    provider: str
    key: str
    model: str = ""
    url: str = ""
    settings: tuple[Setting, ...] = OPENAI_SETTINGS
    others: tuple[Input, ...] = ()
    fields: tuple[str, ...] = ()
    model_input: str = "modelName"
    category: str = CHAT_MODELS
    adjust: Callable[[NodeInputs, str, RowValues, RowValues], None] | None = None
    note: str = ""
    streams: bool = False
    follow_up: str = ""

    @property
    def inputs(self) -> tuple[Input, ...]:
        kinds = {"number": "number", "integer": "number", "flag": "flag", "text": "text", "list": "text", "json": "json"}
        return (
            Input(self.model_input),
            *(Input(setting.input, kinds[setting.kind]) for setting in self.settings),  # type: ignore[arg-type]
            Input("cache", "node", "BaseCache"),
            Input("streaming", "flag"),
            Input("allowImageUploads", "flag"),
            Input("timeout", "number"),
            *((Input(self.url),) if self.url else ()),
            Input("baseOptions", "json"),
            Input(self.key, "secret"),
            *(Input(name, "secret") for name in self.fields),
            *self.others,
        )

    def build(self, inputs: NodeInputs, context: BuildContext) -> ChatModelHandle:
        model = inputs.text(self.model_input, self.model).strip()
        common: RowValues = {}
        own: RowValues = {}
        for setting in self.settings:
            value = setting.read(inputs)
            if value is not None:
                (own if setting.own else common)[setting.parameter] = value
        if self.adjust is not None:
            self.adjust(inputs, model, common, own)
        spec = ChatModelSpec(
            provider=self.provider,
            model=own.pop("model", model),
            base_url=inputs.optional_text(self.url) if self.url else None,
            credential_id=inputs.node.credential,
            api_key=inputs.optional_text(self.key),
            parameters=tuple(sorted(common.items())),
            extras=tuple(sorted(own.items())),
            credential_fields=tuple((name, value) for name in self.fields if (value := inputs.optional_text(name))),
            headers=base_options(inputs),
            timeout=timeout_seconds(inputs),
        )
        return ChatModelHandle(
            context.models,
            context.workspace_id,
            spec,
            takes_images=inputs.flag("allowImageUploads"),
            cache=inputs.optional_node("cache", ChatModelCache),  # type: ignore[type-abstract]
        )

    def node_type(self) -> NodeType:
        return NodeType(
            self.node,
            self.label,
            self.category,
            self.inputs,
            self.build,
            self.note,
            streams=self.streams,
            follow_up=self.follow_up,
            address_input=self.url,
        )


def base_options(inputs: NodeInputs) -> tuple[tuple[str, str], ...]:
    """Extra headers of the node's base options: ``{"headers": {...}}`` or the headers themselves."""
    options = inputs.json("baseOptions")
    if options is None:
        return ()
    if not isinstance(options, dict):
        raise inputs.wrong_input("baseOptions", "a JSON object of headers")
    headers = options.get("headers", options.get("defaultHeaders", options.get("baseOptions", options)))
    if not isinstance(headers, dict):
        raise inputs.wrong_input("baseOptions", "a JSON object of headers")
    return tuple(sorted((str(name), str(value)) for name, value in headers.items()))


def timeout_seconds(inputs: NodeInputs) -> float | None:
    """The node's time-out, which the canvas gives in milliseconds."""
    number = inputs.number("timeout")
    return number / MILLISECONDS if number and number > 0 else None


def texts_of(inputs: NodeInputs, name: str) -> tuple[str, ...]:
    """A list of texts, as the canvas gives it for a choice of several: JSON text or JSON."""
    values = inputs.json(name)
    if values is None:
        return ()
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        raise inputs.wrong_input(name, "a JSON list of texts")
    return tuple(values)
