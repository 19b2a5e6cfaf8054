"""Text splitter nodes."""

from __future__ import annotations

from tradewind_server.bounded_json import foreign_json
from tradewind_server.documents.languages import SEPARATORS
from tradewind_server.documents.pages import HtmlToMarkdownSplitter
from tradewind_server.documents.ports import TextSplitter
from tradewind_server.documents.splitters import (
    MARKDOWN_SEPARATORS,
    RECURSIVE_SEPARATORS,
    CharacterSplitter,
    HeaderSplitter,
    RecursiveSplitter,
)
from tradewind_server.documents.token_splitter import ENCODINGS, TokenSplitter
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType

DEFAULT_SIZE, DEFAULT_OVERLAP = 1000, 200
LARGEST_CHUNK = 1_000_000
HEADER_LEVELS = {"disabled": 0, "h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
SIZES = (Input("chunkSize", "number"), Input("chunkOverlap", "number"))


def sizes(inputs: NodeInputs) -> tuple[int, int]:
    """Chunk size and overlap, in characters; an overlap of 0 is one."""
    size = inputs.integer("chunkSize", 1, LARGEST_CHUNK) or DEFAULT_SIZE
    overlap_input = inputs.integer("chunkOverlap", 0, LARGEST_CHUNK)
    overlap = DEFAULT_OVERLAP if overlap_input is None else overlap_input
    if overlap >= size:
        if overlap_input is not None or inputs.is_set("chunkSize"):
            raise inputs.wrong_input("chunkOverlap", f"smaller than chunkSize ({size}); it is {overlap}")
        overlap = size - 1
    return size, overlap


def build_recursive(inputs: NodeInputs, context: BuildContext) -> TextSplitter:
    return RecursiveSplitter(*sizes(inputs), separators=separators(inputs) or RECURSIVE_SEPARATORS)


def separators(inputs: NodeInputs) -> tuple[str, ...]:
    """Separators given as a JSON array, or as one plain text."""
    value = inputs.values.get("separators")
    if isinstance(value, str) and value:
        try:
            value = foreign_json(value)
        except ValueError:
            value = [value]
    if not value:
        return ()
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise inputs.wrong_input("separators", "a JSON array of texts")
    return tuple(value)


def build_character(inputs: NodeInputs, context: BuildContext) -> TextSplitter:
    separator = inputs.values.get("separator")
    return CharacterSplitter(*sizes(inputs), separator=separator if isinstance(separator, str) and separator else "\n\n")


def build_markdown(inputs: NodeInputs, context: BuildContext) -> TextSplitter:
    within = RecursiveSplitter(*sizes(inputs), separators=MARKDOWN_SEPARATORS)
    level = inputs.choice("splitByHeaders", HEADER_LEVELS, 0)
    return HeaderSplitter(level, within) if level else within


def build_html(inputs: NodeInputs, context: BuildContext) -> TextSplitter:
    return HtmlToMarkdownSplitter(*sizes(inputs))


def build_token(inputs: NodeInputs, context: BuildContext) -> TextSplitter:
    """Sizes are tokens here."""
    return TokenSplitter(*sizes(inputs), encoding=inputs.choice("encodingName", {one: one for one in ENCODINGS}, "gpt2"))


def build_code(inputs: NodeInputs, context: BuildContext) -> TextSplitter:
    if not inputs.is_set("language"):
        raise inputs.wrong_input("language", f"one of {', '.join(SEPARATORS)}")
    return RecursiveSplitter(*sizes(inputs), separators=inputs.choice("language", SEPARATORS, RECURSIVE_SEPARATORS))


NODES = (
    NodeType(
        "recursiveCharacterTextSplitter",
        "Recursive Character Text Splitter",
        "Text Splitters",
        (*SIZES, Input("separators", "json")),
        build_recursive,
    ),
    NodeType(
        "characterTextSplitter", "Character Text Splitter", "Text Splitters", (*SIZES, Input("separator")), build_character
    ),
    NodeType(
        "markdownTextSplitter",
        "Markdown Text Splitter",
        "Text Splitters",
        (*SIZES, Input("splitByHeaders", "choice")),
        build_markdown,
    ),
    NodeType("htmlToMarkdownTextSplitter", "HtmlToMarkdown Text Splitter", "Text Splitters", SIZES, build_html),
    NodeType(
        "tokenTextSplitter", "Token Text Splitter", "Text Splitters", (Input("encodingName", "choice"), *SIZES), build_token
    ),
    NodeType("codeTextSplitter", "Code Text Splitter", "Text Splitters", (Input("language", "choice"), *SIZES), build_code),
)
