"""Documents, the files they come from, and what reads and splits them: the nouns and ports of this room."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

CHAT_KEY = "flowise_chatId"
"""The metadata key that ties a chunk to one chat, under the name that Flowise gave it."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document or a chunk of one, with Flowise's metadata keys (``source``, ``loc`` …)."""

    content: str
    metadata: dict[str, Any] = field(default_factory=dict)
    id: str | None = None


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file handed to a loader: uploaded with the call, stored before, or written into the flow as base64.

    ``path`` lies in a folder of the server under a name the server made; ``name`` is what the caller called it and is
    used as metadata only.
    """

    name: str
    mime: str
    path: str
    size: int
    charset: str = ""
    """The encoding that was declared with it, where it is a text; unchecked."""


def _ignore(_: object) -> None:
    """For callers that do not ask."""


@dataclass(slots=True)
class LoadContext:
    """What a loader may use in one load."""

    workspace_id: str
    chatflow_id: str
    files: Sequence[SourceFile] = ()
    """The files of this call; each loader takes those whose ending it knows."""
    stored_file: Callable[[str], Awaitable[SourceFile | None]] | None = None
    """Finds a file that the chatflow kept before, by its name."""
    receive: Callable[[str, str, bytes], Awaitable[SourceFile]] | None = None
    """Takes in a file that came as base64 (name, declared type, bytes), for as long as the load lasts."""
    on_load: Callable[[int], None] = _ignore
    """Told how many more files, pages or texts were begun."""
    warn: Callable[[str], None] = _ignore
    """Told in a sentence what was guessed, renamed or left out."""


@runtime_checkable
class TextSplitter(Protocol):
    """Cuts documents into chunks. Runs in a worker thread; holds no event loop."""

    def split(self, documents: Sequence[Document]) -> list[Document]: ...


@runtime_checkable
class DocumentSource(Protocol):
    """A document loader node: yields documents already split by its splitter, a batch at a time."""

    @property
    def node_id(self) -> str: ...

    def load(self, context: LoadContext) -> AsyncIterator[list[Document]]: ...


def documents_of(items: Iterable[Any] | None) -> list[Document] | None:
    """The documents behind :func:`documents_json`; what is none of them is left out."""
    if items is None:
        return None
    return [
        Document(str(one.get("pageContent") or ""), one.get("metadata") or {}, one.get("id"))
        for one in items
        if isinstance(one, dict)
    ]


def documents_json(documents: Sequence[Document] | None) -> list[dict[str, Any]] | None:
    """Source documents as clients see them."""
    if documents is None:
        return None
    return [
        {"pageContent": document.content, "metadata": document.metadata, **({"id": document.id} if document.id else {})}
        for document in documents
    ]
