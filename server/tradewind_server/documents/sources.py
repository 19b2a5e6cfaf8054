"""Document loaders of a flow: which files they take, and their chunks, a batch at a time."""

from __future__ import annotations

import asyncio
import base64
import binascii
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, Protocol

from tradewind_server.bounded_json import foreign_json
from tradewind_server.documents.jobs import Batch, Parsing, batches_of, file_job, finish, text_job
from tradewind_server.documents.loaders import Loader, LoaderOptions, ending
from tradewind_server.documents.metadata import MetadataRules
from tradewind_server.documents.ports import Document, DocumentSource, LoadContext, SourceFile, TextSplitter
from tradewind_server.documents.reading import WholeText
from tradewind_server.documents.threads import ThreadParsing, in_thread
from tradewind_server.errors import InvalidInput, Reason

STORED_PREFIX = "FILE-STORAGE::"
DATA = "data:"
TEXT_ENDINGS = frozenset({
    "txt", "text", "md", "markdown", "log", "rst", "html", "htm", "xml", "yaml", "yml", "css", "less", "scss", "js",
    "ts", "sql", "py", "python", "rb", "ruby", "rs", "go", "java", "c", "cpp", "h", "cs", "php", "proto", "scala",
    "sc", "sol", "swift", "tex", "ltx", "vb", "asp", "aspx",
})  # fmt: skip
SHOWN_FILES = 3
SHOWN_ENDINGS = 12
USUAL_ENDINGS = frozenset({"csv", "docx", "epub", "html", "json", "md", "pdf", "pptx", "txt", "xlsx"})


async def chunks_from(batches: AsyncIterator[Batch], warn: Callable[[str], None]) -> AsyncIterator[list[Document]]:
    """The documents of batches; ``warn`` is told what is to be said of them. Ends the parsing when it is left."""
    async with aclosing(batches) as source:  # type: ignore[type-var]
        async for batch in source:
            for sentence in batch.warnings:
                warn(sentence)
            if batch.documents:
                yield batch.documents


class Splits(Protocol):
    """A source of one text: what becomes of it."""

    @property
    def splitter(self) -> TextSplitter | None: ...

    @property
    def rules(self) -> MetadataRules: ...


async def text_chunks(
    parsing: Parsing, text: str, label: str, metadata: dict[str, Any], source: Splits, warn: Callable[[str], None]
) -> AsyncIterator[list[Document]]:
    """The chunks of one text."""
    job = text_job(text, label, metadata, source.splitter, source.rules)
    if job is None:
        batches = in_thread(batches_of(finish([WholeText(text, metadata)], source.splitter, source.rules), label))
    else:
        batches = parsing.batches(job)
    async for batch in chunks_from(batches, warn):
        yield batch


@dataclass(frozen=True, slots=True)
class TextSource:
    """A node that carries its text itself."""

    node_id: str
    text: str
    splitter: TextSplitter | None
    rules: MetadataRules
    parsing: Parsing = field(default_factory=ThreadParsing)

    async def load(self, context: LoadContext) -> AsyncIterator[list[Document]]:
        context.on_load(1)
        label = f"The text of the node {self.node_id}"
        async for batch in text_chunks(self.parsing, self.text, label, {}, self, context.warn):
            yield batch


@dataclass(frozen=True, slots=True)
class FileSource:
    """A node that reads files: those of the call, else those the drawing or an override names.

    ``endings`` are what it takes; empty takes anything.
    """

    node_id: str
    label: str
    files: Any
    """The node's file input as the drawing or the override has it."""
    endings: frozenset[str]
    loader: Loader
    options: LoaderOptions
    splitter: TextSplitter | None
    rules: MetadataRules
    parsing: Parsing = field(default_factory=ThreadParsing)

    def takes(self, file: SourceFile) -> bool:
        return not self.endings or ending(file.name) in self.endings

    async def load(self, context: LoadContext) -> AsyncIterator[list[Document]]:
        if context.files:
            for file in context.files:
                if self.takes(file):
                    async for batch in self._load_file(file, context):
                        yield batch
            return
        for number, reference in enumerate(file_references(self.files)):
            async for batch in self._load_file(await self._resolve(reference, number, context), context):
                yield batch

    async def _load_file(self, file: SourceFile, context: LoadContext) -> AsyncIterator[list[Document]]:
        context.on_load(1)
        job = file_job(file, self.loader, self.options, self.splitter, self.rules)
        batches = in_thread(self._batches(file)) if job is None else self.parsing.batches(job)
        async for batch in chunks_from(batches, context.warn):
            yield batch

    def _batches(self, file: SourceFile) -> Iterator[Batch]:
        """A generator, so that the loader too runs in the thread that takes the first batch."""
        yield from batches_of(finish(self.loader(file, self.options), self.splitter, self.rules), f"The file {file.name}")

    async def _resolve(self, reference: str, number: int, context: LoadContext) -> SourceFile:
        """A file that the drawing names: a stored one, or one written into it as base64."""
        if reference.startswith(STORED_PREFIX):
            name = reference.removeprefix(STORED_PREFIX)
            file = await context.stored_file(name) if context.stored_file else None
            if file is None:
                raise InvalidInput(
                    Reason.FILE_NOT_FOUND,
                    f"The file {name} of the node {self.label} ({self.node_id}) is not stored here; upload it with the "
                    "request.",
                )
            return file
        file = await self._embedded(reference, number, context)
        if ending(file.name) and not self.takes(file):
            raise InvalidInput(
                Reason.FILE_TYPE_NOT_ALLOWED, f"The node {self.label} ({self.node_id}) does not take {file.name}."
            )
        return file

    async def _embedded(self, value: str, number: int, context: LoadContext) -> SourceFile:
        """A file written as ``data:<mime>;base64,<bytes>,filename:<name>``; its bytes are checked like an upload's."""
        head, _, rest = value.partition(",")
        body, _, name = rest.partition(",filename:")
        raw = await asyncio.to_thread(_decode, body)
        if not head.startswith(DATA) or not raw or context.receive is None:
            raise InvalidInput(
                Reason.FILE_UNREADABLE, f"The file in the node {self.label} ({self.node_id}) is damaged; upload it again."
            )
        return await context.receive(name or f"file-{number}", head.removeprefix(DATA).removesuffix(";base64"), raw)


def _decode(text: str) -> bytes:
    """The bytes behind base64; none where it is damaged."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def file_references(value: Any) -> list[str]:
    """The files behind an input: one, a list, JSON text of a list, or stored names behind ``FILE-STORAGE::``."""
    if isinstance(value, str) and value.startswith(STORED_PREFIX):
        return [STORED_PREFIX + name for name in file_references(value.removeprefix(STORED_PREFIX))]
    if isinstance(value, str) and value.startswith("["):
        try:
            value = foreign_json(value)
        except ValueError:
            return [str(value)]
    items = value if isinstance(value, list) else [value]
    return [str(one) for one in items if one not in (None, "")]


def file_names(value: Any) -> list[str]:
    """The names of the files behind an input; none where it holds no files."""
    names = []
    for reference in file_references(value):
        if reference.startswith(STORED_PREFIX):
            names.append(reference.removeprefix(STORED_PREFIX))
        elif reference.startswith(DATA) and ";base64," in reference[:300]:
            names.append(reference.rpartition(",filename:")[2] if ",filename:" in reference[-500:] else "file")
    return names


def check_ending(files: Sequence[SourceFile], sources: Sequence[object]) -> None:
    """Refuse files that no loader takes, and uploads to a store without a file loader."""
    loaders = [source for source in sources if isinstance(source, FileSource)]
    if files and not loaders:
        raise InvalidInput(
            Reason.FILE_TYPE_NOT_ALLOWED,
            "The vector store has no document loader that takes files; wire one to it on the canvas.",
        )
    for file in files:
        if not any(loader.takes(file) for loader in loaders):
            endings = "; ".join(f"{one.label} takes {_listing(one.endings)}" for one in loaders[:SHOWN_FILES])
            raise InvalidInput(
                Reason.FILE_TYPE_NOT_ALLOWED, f"No document loader of the chatflow takes {file.name[:120]}: {endings}."
            )


def _listing(endings: Iterable[str]) -> str:
    """The kinds of files that people have, and how many more there are."""
    names = sorted(one for one in endings if one)
    listing = names if len(names) <= SHOWN_ENDINGS else [one for one in names if one in USUAL_ENDINGS]
    more = f" and {len(names) - len(listing)} more" if len(listing) < len(names) else ""
    return ", ".join(f".{one}" for one in listing) + more


def nothing_to_upsert(sources: Sequence[DocumentSource], files: Sequence[SourceFile], warnings: Sequence[str]) -> InvalidInput:
    """Why an upsert came to no chunk, and what to change. ``sources`` are the loaders of all its stores."""
    if not sources:
        what = "The vector store has no document loader; wire one to it on the canvas."
    elif files:
        names = ", ".join(file.name for file in files[:SHOWN_FILES])
        more = f" and {len(files) - SHOWN_FILES} more" if len(files) > SHOWN_FILES else ""
        hold = "The file {} holds" if len(files) == 1 else "The files {} hold"
        what = f"{hold.format(names + more)} no text to upsert."
    elif any(isinstance(source, FileSource) for source in sources):
        what = "There was nothing to upsert: send files, or give the chatflow's document loaders something to read."
    else:
        what = "The document loaders of the vector store found no text; check what they read."
    return InvalidInput(Reason.NO_DOCUMENTS, " ".join([what, *warnings[:2]]))
