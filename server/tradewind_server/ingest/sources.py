"""Document loaders of a flow: which files they take, and their chunks, a batch at a time."""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.components import Document, LoadContext, SourceFile, TextSplitter
from tradewind_server.ingest.loaders import Loader, Options, ending

STORED = "FILE-STORAGE::"
TEXT_ENDINGS = frozenset(
    {"txt", "md", "markdown", "text", "log", "rst", "html", "htm", "xml", "yaml", "yml", "css", "js", "sql"}
)


@dataclass(frozen=True, slots=True)
class MetadataRules:
    """What a loader node adds to and leaves out of the metadata."""

    added: dict[str, Any] = field(default_factory=dict)
    omitted: tuple[str, ...] = ()

    def apply(self, metadata: dict[str, Any]) -> dict[str, Any]:
        if "*" in self.omitted:
            return dict(self.added)
        kept = {key: value for key, value in metadata.items() if key not in self.omitted} if self.omitted else metadata
        return {**kept, **self.added}


def finish(documents: Sequence[Document], splitter: TextSplitter | None, rules: MetadataRules) -> list[Document]:
    """Split, drop what is empty, and apply the node's metadata."""
    chunks = splitter.split(documents) if splitter else documents
    return [Document(one.content, rules.apply(one.metadata)) for one in chunks if one.content.strip()]


@dataclass(frozen=True, slots=True)
class TextSource:
    """A node that carries its text itself."""

    node_id: str
    text: str
    splitter: TextSplitter | None
    rules: MetadataRules

    async def load(self, context: LoadContext) -> AsyncIterator[list[Document]]:
        yield await asyncio.to_thread(finish, [Document(self.text)], self.splitter, self.rules)


@dataclass(frozen=True, slots=True)
class FileSource:
    """A node that reads files: those of the call, else those the drawing names.

    ``endings`` are what it takes; empty takes anything.
    """

    node_id: str
    label: str
    files: Any
    """The node's file input as the drawing has it."""
    endings: frozenset[str]
    loader: Loader
    options: Options
    splitter: TextSplitter | None
    rules: MetadataRules

    def takes(self, file: SourceFile) -> bool:
        return not self.endings or ending(file.name) in self.endings

    async def load(self, context: LoadContext) -> AsyncIterator[list[Document]]:
        mine = [file for file in context.files if self.takes(file)]
        if mine or context.files:
            for file in mine:
                yield await asyncio.to_thread(self._load, file)
            return
        with tempfile.TemporaryDirectory(prefix="tradewind-") as folder:
            for file in await self._drawn(context, Path(folder)):
                yield await asyncio.to_thread(self._load, file)

    def _load(self, file: SourceFile) -> list[Document]:
        return finish(self.loader(file, self.options), self.splitter, self.rules)

    async def _drawn(self, context: LoadContext, folder: Path) -> list[SourceFile]:
        """The files that the drawing names: stored ones, or base64 in the drawing itself."""
        value = self.files
        if not value:
            return []
        if isinstance(value, str) and value.startswith(STORED):
            return [await self._stored(name, context) for name in _names(value.removeprefix(STORED))]
        return [await asyncio.to_thread(self._embedded, one, index, folder) for index, one in enumerate(_listed(value))]

    async def _stored(self, name: str, context: LoadContext) -> SourceFile:
        file = await context.stored(name) if context.stored else None
        if file is None:
            raise InvalidInput(
                Reason.FILE_NOT_FOUND,
                f"The file {name} of the node {self.label} ({self.node_id}) is not stored here; upload it with the request.",
            )
        return file

    def _embedded(self, value: str, index: int, folder: Path) -> SourceFile:
        """A file written into the drawing as ``data:<mime>;base64,<bytes>,filename:<name>``."""
        head, _, rest = value.partition(",")
        body, _, name = rest.partition(",filename:")
        try:
            raw = base64.b64decode(body, validate=True)
        except (binascii.Error, ValueError):
            raw = b""
        if not head.startswith("data:") or not raw:
            raise InvalidInput(
                Reason.FILE_UNREADABLE, f"The file in the node {self.label} ({self.node_id}) is damaged; upload it again."
            )
        path = folder / str(index)
        path.write_bytes(raw)
        return SourceFile(name or f"file-{index}", head[5:].partition(";")[0], str(path), len(raw))


def _names(text: str) -> list[str]:
    """The names behind ``FILE-STORAGE::``: a JSON array, or one plain name."""
    try:
        names = json.loads(text)
    except ValueError:
        return [text]
    return [str(name) for name in names] if isinstance(names, list) else [str(names)]


def _listed(value: Any) -> list[str]:
    if isinstance(value, str) and value.startswith("["):
        try:
            value = json.loads(value)
        except ValueError:
            return [value]
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def check_taken(files: Sequence[SourceFile], sources: Sequence[object]) -> None:
    """Refuse files that no loader takes, and uploads to a store without a file loader."""
    loaders = [source for source in sources if isinstance(source, FileSource)]
    if files and not loaders:
        raise InvalidInput(
            Reason.FILE_TYPE_NOT_ALLOWED, "The vector store has no document loader that takes files; wire one to it."
        )
    for file in files:
        if not any(loader.takes(file) for loader in loaders):
            known = "; ".join(f"{one.label} takes {', '.join('.' + e for e in sorted(one.endings))}" for one in loaders)
            raise InvalidInput(Reason.FILE_TYPE_NOT_ALLOWED, f"No document loader of the chatflow takes {file.name}: {known}.")
