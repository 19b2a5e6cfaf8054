"""What a node type is: declared inputs and a function that builds a component from them."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeVar

from tradewind_server.access.ports import Credentials
from tradewind_server.bounded_json import foreign_json
from tradewind_server.chats.ports import ChatMessages
from tradewind_server.documents.jobs import Parsing
from tradewind_server.documents.threads import ThreadParsing
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.components import OtherFlows, StoredDocuments, VectorStore
from tradewind_server.flows.drawing import REFERENCE, Node
from tradewind_server.flows.javascript_port import JavaScript, JavaScriptOff
from tradewind_server.flows.llm.summaries import Summaries
from tradewind_server.flows.ports import Models
from tradewind_server.flows.sql_port import ReadOnlySql
from tradewind_server.flows.vector_ports import VectorIndexes
from tradewind_server.header_values import pasted_key
from tradewind_server.outbound.ports import Outbound

T = TypeVar("T")
InputKind = Literal["text", "template", "number", "flag", "json", "choice", "file", "secret", "code", "node", "nodes"]
"""``template`` is a text with ``{name}`` in it; ``secret`` is a text that is never shown again; ``code`` is JavaScript, into
which nothing is ever filled."""
UNSET = (None, "")
READING = "reading"
"""The input of a node with what its ``read`` found; no canvas draws it."""
CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Input:
    """One declared input. ``accepts`` names what may be wired into it."""

    name: str
    kind: InputKind = "text"
    accepts: str = ""
    asks: bool = False
    """Takes ``{{question}}``, ``{{chat_history}}`` and ``{{file_attachment}}`` too; a drawing may say so itself."""
    late: bool = False
    """The component puts those three in itself, as it runs: only then it knows how much of the history fits."""
    bare: bool = False
    """Takes ``$flow.name`` and ``$vars.name`` as whole values too, without the braces."""
    has_no_effect: bool = False
    """Taken, so that drawings with it run, and without effect here."""
    note: str = ""
    """What an import says of a drawing that sets it: "makes messages with JavaScript"."""
    is_guarded: bool = False
    """Holds an address that the guard of outbound calls judges: an import tells of one that looks private."""


@dataclass(frozen=True, slots=True)
class BuildContext:
    """What build functions may use of the world."""

    workspace_id: str
    chatflow_id: str
    models: Models
    indexes: VectorIndexes
    chat_messages: ChatMessages
    load_store: Callable[[VectorStore], Awaitable[None]] | None = None
    """Fills an in-memory vector store from its document loaders at its first use."""
    outbound: Outbound | None = None
    """The one way to addresses that a chatflow names."""
    credentials: Credentials | None = None
    """Keys of tools, looked up at each use: one stored later takes effect."""
    now: Callable[[], datetime] | None = None
    sql: ReadOnlySql | None = None
    """Databases that a chatflow may ask."""
    other_flows: OtherFlows | None = None
    document_stores: StoredDocuments | None = None
    """The document stores of the workspace."""
    summaries: Summaries = field(default_factory=Summaries)
    """Summaries of this flow's sessions; they last as long as the compiled flow."""
    readings: dict[str, tuple[datetime, Any]] = field(default_factory=dict)
    """What nodes of this flow have read from outside, and when, by their source; it lasts as long as the compiled flow."""
    parsing: Parsing = field(default_factory=ThreadParsing)
    """Does what is CPU-bound about documents, pages and texts."""
    javascript: JavaScript = field(default_factory=JavaScriptOff)
    """Runs functions that the owner wrote, where the operator lets it."""


def tool_key(tool_id: str) -> str:
    """Where ``BuildContext.readings`` has a stored tool."""
    return f"tool {tool_id.strip().lower()}"


@dataclass(frozen=True, slots=True)
class NodeType:
    """A node type that this server runs, with all that others need to know of it: they never ask for its name.

    ``build`` is quick and touches nothing outside: it runs on the event loop.
    """

    name: str
    label: str
    category: str
    inputs: tuple[Input, ...]
    build: Callable[[NodeInputs, BuildContext], Any]
    note: str = ""
    """What is different here; an import says it of each such node: "keeps its messages in this server's database"."""
    ends_flow: bool = False
    """A question may end in it: a chain, an agent, an engine."""
    streams: bool = False
    """Answers word by word. Of what ends a flow: always; of a model: where its drawing has no switch for that."""
    passes_images: bool = False
    """Shows the images of a question to its model."""
    loads_at_prediction: bool = False
    """A vector store that loads the documents wired to it before it is asked, and not in upserts alone."""
    follow_up: str = ""
    """The provider of follow-up prompts, as the canvas names it, that is asked through this chat model; "" for none."""
    repeatable: bool = False
    """A tool that may be called again where nobody knows whether a call came through: it changes nothing."""
    forks: bool = False
    """Decides by which of its two outputs the flow goes on."""
    runs_javascript: bool = False
    """Holds functions of the owner's, which read ``$vars``."""
    read: Callable[[NodeInputs, BuildContext], Awaitable[Any]] | None = None
    """Reads what the node needs from outside before it is built for a call; it stands in the input :data:`READING`."""
    tool_input: str = ""
    """The input that names a stored tool by its id; the tool itself stands there when the node is built for a call."""
    address_input: str = ""
    """The input with the address of the service behind it; "" where it has none."""
    in_document_stores: Literal["offered", "accepted", "refused"] = "offered"
    """Whether document stores are made of it; "refused" is what would have a store read itself."""
    reads_any_file: bool = False
    """The document loader of files whose sender names none."""

    @property
    def file_inputs(self) -> frozenset[str]:
        return frozenset(one.name for one in self.inputs if one.kind == "file")


NOUNS = {
    "EmbedderHandle": "embeddings",
    "DocumentSource": "document loader",
    "Records": "record manager",
    "Runnable": "chain or agent",
    "ChatModelCache": "cache for answers",
}
"""What the canvas calls components whose names here are other words."""


def noun(kind: type[Any]) -> str:
    """What people call a component: ``ChatModelHandle`` is a chat model."""
    return NOUNS.get(kind.__name__) or CAPITAL.sub(" ", kind.__name__.removesuffix("Handle")).lower()


@dataclass(frozen=True, slots=True)
class NodeInputs:
    """The inputs of one node, read with their types. "" and null mean unset. Errors name the node and the input."""

    node: Node
    values: Mapping[str, Any]
    components: Mapping[str, Any] = field(default_factory=dict)

    def wrong_input(self, name: str, expectation: str) -> InvalidInput:
        return InvalidInput(
            Reason.NODE_INPUT_INVALID,
            f"The input {name} of the node {self.node.label} ({self.node.id}) must be {expectation}.",
            node=self.node.id,
            input=name,
        )

    def is_set(self, name: str) -> bool:
        return self.values.get(name) not in UNSET

    def text(self, name: str, default: str = "") -> str:
        value = self.values.get(name)
        if value in UNSET:
            return default
        if isinstance(value, str):
            return value
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong_input(name, "a text")
        return str(value)

    def optional_text(self, name: str) -> str | None:
        return self.text(name).strip() or None

    def key(self, name: str) -> str | None:
        """A key without what was pasted with it; None when unset."""
        return pasted_key(self.text(name)) or None

    def number(self, name: str) -> float | None:
        value = self.values.get(name)
        if value in UNSET:
            return None
        try:
            if isinstance(value, bool):
                raise ValueError
            number = float(value)
        except (TypeError, ValueError):
            raise self.wrong_input(name, "a number") from None
        if number != number or number in (float("inf"), float("-inf")):
            raise self.wrong_input(name, "a number")
        return number

    def integer(self, name: str, least: int = 0, most: int = 1_000_000) -> int | None:
        number = self.number(name)
        if number is None:
            return None
        if number != int(number) or not least <= number <= most:
            raise self.wrong_input(name, f"a whole number from {least} to {most}")
        return int(number)

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.values.get(name)
        if value in UNSET:
            return default
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value.lower() in ("true", "false"):
            return value.lower() == "true"
        if value in (0, 1):
            return bool(value)
        raise self.wrong_input(name, "true or false")

    def json(self, name: str) -> Any:
        """A value given as JSON text or as JSON itself; None when unset."""
        value = self.values.get(name)
        if value in UNSET:
            return None
        if not isinstance(value, str):
            return value
        try:
            return foreign_json(value)
        except ValueError:
            raise self.wrong_input(name, "JSON") from None

    def choice(self, name: str, choices: Mapping[str, T], default: T) -> T:
        value = self.text(name)
        if not value:
            return default
        if value not in choices:
            raise self.wrong_input(name, f"one of {', '.join(choices)}")
        return choices[value]

    def _component(self, name: str, value: Any) -> Any:
        match = REFERENCE.search(value) if isinstance(value, str) else None
        return self.components.get(match.group(1)) if match else None

    def optional_node(self, name: str, kind: type[T]) -> T | None:
        value = self.values.get(name)
        if isinstance(value, list):
            value = value[0] if value else None
        component = self._component(name, value)
        if component is None:
            return None
        if not isinstance(component, kind):
            raise self.wrong_input(name, f"wired to a node of the kind {noun(kind)}")
        return component

    def node_of(self, name: str, kind: type[T]) -> T:
        component = self.optional_node(name, kind)
        if component is None:
            raise self.wrong_input(name, f"wired to a node of the kind {noun(kind)}")
        return component

    def nodes_of(self, name: str, kind: type[T]) -> tuple[T, ...]:
        value = self.values.get(name)
        components = [self._component(name, one) for one in (value if isinstance(value, list) else [value])]
        present = [component for component in components if component is not None]
        if not all(isinstance(component, kind) for component in present):
            raise self.wrong_input(name, f"wired to nodes of the kind {noun(kind)}")
        return tuple(present)
