"""What is asked of a parser, as plain data, so that another process can do it: documents of files, pages and texts, split.

A job is made here in the worker (:func:`file_job` and its neighbours) and done by :func:`done`, which is synchronous,
CPU-bound, and may meet bytes made to do harm. Who does it is behind the port :class:`Parsing`.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal, Protocol

from tradewind_server.bounded_json import foreign_json
from tradewind_server.documents.loaders import Loader, LoaderOptions, load_csv, load_json, load_jsonlines, load_text
from tradewind_server.documents.metadata import MetadataRules
from tradewind_server.documents.office import load_any, load_docx, load_epub, load_powerpoint, load_word
from tradewind_server.documents.openapi import read_operations
from tradewind_server.documents.pages import (
    BadSelector,
    HtmlToMarkdownSplitter,
    feed_entries,
    links_of,
    page_summary,
    page_text,
    sitemap_urls,
)
from tradewind_server.documents.pdf import load_pdf
from tradewind_server.documents.ports import Document, SourceFile, TextSplitter
from tradewind_server.documents.reading import Notice, Text, WholeText
from tradewind_server.documents.sheets import load_excel
from tradewind_server.documents.splitters import CharacterSplitter, HeaderSplitter, RecursiveSplitter, chunks_of
from tradewind_server.documents.token_splitter import TokenSplitter
from tradewind_server.documents.unpacking import MOST_UNPACKED_OPTION
from tradewind_server.documents.whole import whole_text
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.outbound.ports import OutboundReply

BATCH_CHUNKS = 128
FIRST_BATCH_CHUNKS = 32
"""Batches begin short and double, so that the embedding model and the vector store are soon at work."""
BATCH_CHARS = 1_000_000
LONGEST_CHUNK = 16_000_000
"""Characters of one chunk: more would be in memory several times on its way to a store, and no model reads it."""
JobKind = Literal["file", "text", "whole", "read", "page", "links", "summary", "sitemap", "feed", "indent", "openapi"]
LOADERS: Mapping[str, Loader] = {
    "text": load_text,
    "csv": load_csv,
    "json": load_json,
    "jsonlines": load_jsonlines,
    "pdf": load_pdf,
    "docx": load_docx,
    "word": load_word,
    "powerpoint": load_powerpoint,
    "excel": load_excel,
    "epub": load_epub,
    "any": load_any,
}
SPLITTERS: Mapping[str, type[Any]] = {
    kind.__name__: kind
    for kind in (CharacterSplitter, RecursiveSplitter, HeaderSplitter, TokenSplitter, HtmlToMarkdownSplitter)
}


@dataclass(frozen=True, slots=True)
class ParsingJob:
    """One piece of parsing. ``label`` names what is parsed in messages, as the subject of a sentence."""

    work: JobKind
    label: str
    values: Mapping[str, Any] = field(default_factory=dict)
    """Plain data: what JSON has."""
    body: bytes = field(default=b"", repr=False)
    """What was fetched, where there is no file."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some of the chunks of a job, in order, and sentences about what was guessed, renamed or left out meanwhile."""

    documents: list[Document] = field(default_factory=list)
    warnings: tuple[str, ...] = ()
    value: Any = None
    """The result of a job that has one instead of chunks."""


class Parsing(Protocol):
    """Does jobs away from the event loop.

    Raises what the loaders raise (``InvalidInput`` with FILE_UNREADABLE or NODE_INPUT_INVALID), ``InvalidInput`` with
    DOCUMENT_TOO_COMPLEX beyond the limits, ``Unavailable`` where the parser was stopped, ``ResourceExhausted`` where too many
    jobs of the caller wait.
    """

    def batches(self, job: ParsingJob) -> AsyncIterator[Batch]:
        """The chunks of a job as they are made, bounded in memory; closing the iterator ends the job."""
        ...


async def value_of(parsing: Parsing, job: ParsingJob) -> Any:
    """The result of a job that has one."""
    return (await result_of(parsing, job)).value


async def result_of(parsing: Parsing, job: ParsingJob) -> Batch:
    """The result of a job that has one, and what is to be said of it."""
    result = Batch()
    async for batch in parsing.batches(job):
        result = batch
    return result


def splitter_data(splitter: TextSplitter | None) -> dict[str, Any] | None:
    """A splitter as plain data. Raises ``TypeError`` for one of another package, which only this process has."""
    if splitter is None:
        return None
    name = type(splitter).__name__
    if SPLITTERS.get(name) is not type(splitter):
        raise TypeError(name)
    values = {one.name: getattr(splitter, one.name) for one in fields(splitter)}  # type: ignore[arg-type]
    return {
        "kind": name,
        **{key: splitter_data(one) if isinstance(one, RecursiveSplitter) else one for key, one in values.items()},
    }


def splitter_of(data: Mapping[str, Any] | None) -> Any:
    if data is None:
        return None
    values = {}
    for key, value in data.items():
        if isinstance(value, list):
            value = tuple(value)
        values[key] = splitter_of(value) if isinstance(value, dict) else value
    return SPLITTERS[values.pop("kind")](**values)


def _ending(splitter: TextSplitter | None, rules: MetadataRules) -> dict[str, Any]:
    return {"splitter": splitter_data(splitter), "added": rules.additions, "omitted": list(rules.omissions)}


def file_job(
    file: SourceFile, loader: Loader, options: LoaderOptions, splitter: TextSplitter | None, rules: MetadataRules
) -> ParsingJob | None:
    """The chunks of a file. None where loader or splitter come from another package: those run in the worker."""
    name = next((name for name, candidate in LOADERS.items() if candidate is loader), None)
    if name is None:
        return None
    try:
        ending = _ending(splitter, rules)
    except TypeError:
        return None
    return ParsingJob("file", f"The file {file.name}", {"file": asdict(file), "loader": name, "options": options, **ending})


def text_job(
    text: str, label: str, metadata: dict[str, Any], splitter: TextSplitter | None, rules: MetadataRules
) -> ParsingJob | None:
    """The chunks of a text that is here already."""
    try:
        ending = _ending(splitter, rules)
    except TypeError:
        return None
    return ParsingJob("text", label, {"metadata": metadata, **ending}, _bytes(text))


def whole_job(file: SourceFile, most_chars: int) -> ParsingJob:
    """The text of a document, for a question; cut behind ``most_chars`` and one more, which says that there is more."""
    return ParsingJob("whole", f"The file {file.name}", {"file": asdict(file), "most": most_chars})


def read_job(reply: OutboundReply, label: str) -> ParsingJob:
    """The text of what an address answered, and what is to be said of its encoding: two texts."""
    about = {"status": reply.status, "url": reply.url, "content_type": reply.content_type, "charset": reply.charset}
    return ParsingJob("read", label, about, reply.body)


def page_job(html: str, label: str, selector: str | None, exclusion: str | None, *, as_html: bool, node: str) -> ParsingJob:
    """The text of a web page; ``node`` names the node in messages about its selectors."""
    values = {"selector": selector, "excluded": exclusion, "as_html": as_html, "node": node}
    return ParsingJob("page", label, values, _bytes(html))


def links_job(html: str, label: str, base: str) -> ParsingJob:
    return ParsingJob("links", label, {"base": base}, _bytes(html))


def summary_job(html: str, label: str, base: str, most_chars: int) -> ParsingJob:
    """Title, description, text and links of a web page."""
    return ParsingJob("summary", label, {"base": base, "most": most_chars}, _bytes(html))


def feed_job(xml: str, label: str) -> ParsingJob:
    """The entries of an Atom feed; None where it is none."""
    return ParsingJob("feed", label, {}, _bytes(xml))


def sitemap_job(xml: str, label: str) -> ParsingJob:
    return ParsingJob("sitemap", label, {}, _bytes(xml))


def indent_job(text: str, label: str) -> ParsingJob:
    """JSON indented, anything else as it is."""
    return ParsingJob("indent", label, {}, _bytes(text))


def openapi_job(data: bytes, label: str) -> ParsingJob:
    """The operations of a description of an HTTP interface."""
    return ParsingJob("openapi", label, {}, data)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def done(job: ParsingJob, most_unpacked: int) -> Iterator[Batch]:
    """Do a job. ``most_unpacked`` bounds the bytes that a packed file may unfold to."""
    values = job.values
    match job.work:
        case "file":
            file = SourceFile(**values["file"])
            options = {**values["options"], MOST_UNPACKED_OPTION: most_unpacked}
            yield from _batches(job, LOADERS[values["loader"]](file, options))
        case "text":
            yield from _batches(job, [WholeText(_text(job), dict(values["metadata"]))])
        case "whole":
            text, notices = whole_text(SourceFile(**values["file"]), values["most"] + 1, {MOST_UNPACKED_OPTION: most_unpacked})
            yield Batch(warnings=notices, value=text)
        case "read":
            yield Batch(value=OutboundReply(**values, body=job.body).read())
        case "page":
            yield Batch(value=_page(job))
        case "links":
            yield Batch(value=links_of(_text(job), values["base"]))
        case "summary":
            yield Batch(value=page_summary(_text(job), values["base"], values["most"]))
        case "feed":
            yield Batch(value=feed_entries(_text(job)))
        case "sitemap":
            yield Batch(value=sitemap_urls(_text(job)))
        case "indent":
            yield Batch(value=_indent(_text(job)))
        case "openapi":
            yield Batch(value=read_operations(_text(job), job.label))


def _text(job: ParsingJob) -> str:
    return job.body.decode("utf-8", "replace")


def _page(job: ParsingJob) -> str:
    values = job.values
    try:
        return page_text(_text(job), values["selector"], values["excluded"], as_html=values["as_html"])
    except BadSelector as bad:
        raise InvalidInput(Reason.NODE_INPUT_INVALID, f"The node {values['node']} has no valid CSS selector: {bad}.") from None


def _indent(text: str) -> str:
    try:
        return json.dumps(foreign_json(text), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return text


def _batches(job: ParsingJob, items: Iterable[Document | Text | Notice]) -> Iterator[Batch]:
    values = job.values
    rules = MetadataRules(dict(values["added"]), tuple(values["omitted"]))
    return batches_of(finish(items, splitter_of(values["splitter"]), rules), job.label)


def finish(
    items: Iterable[Document | Text | Notice], splitter: TextSplitter | None, rules: MetadataRules
) -> Iterator[Document | Notice]:
    """Split, drop what is empty, and apply the node's metadata."""
    for chunk in chunks_of(items, splitter):
        if isinstance(chunk, Notice):
            yield chunk
        elif chunk.content.strip():
            yield Document(chunk.content, rules.apply(chunk.metadata))


def batches_of(chunks: Iterable[Document | Notice], label: str) -> Iterator[Batch]:
    """Chunks in batches of bounded size, with what is to be said of them."""
    most, chars = FIRST_BATCH_CHUNKS, 0
    batch: list[Document] = []
    notices: list[str] = []
    for chunk in chunks:
        if isinstance(chunk, Notice):
            notices.append(chunk.sentence)
            continue
        if len(chunk.content) > LONGEST_CHUNK:
            raise too_long(label)
        batch.append(chunk)
        chars += len(chunk.content)
        if len(batch) >= most or chars >= BATCH_CHARS:
            yield Batch(batch, tuple(notices))
            batch, notices, chars, most = [], [], 0, min(2 * most, BATCH_CHUNKS)
    if batch or notices:
        yield Batch(batch, tuple(notices))


def too_long(label: str) -> InvalidInput:
    return InvalidInput(
        Reason.DOCUMENT_TOO_COMPLEX,
        f"{label} makes one chunk of more than {LONGEST_CHUNK:,} characters; wire a text splitter to its loader.",
    )
