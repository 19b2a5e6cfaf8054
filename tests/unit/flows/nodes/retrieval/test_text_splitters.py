"""Splitter nodes read their settings as the canvas writes them."""

from __future__ import annotations

from typing import Any, cast

import pytest
from tradewind_server.documents.languages import SEPARATORS
from tradewind_server.documents.pages import HtmlToMarkdownSplitter
from tradewind_server.documents.splitters import (
    MARKDOWN_SEPARATORS,
    RECURSIVE_SEPARATORS,
    CharacterSplitter,
    HeaderSplitter,
    RecursiveSplitter,
)
from tradewind_server.documents.token_splitter import TokenSplitter
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.nodes.spec import BuildContext, NodeInputs

NAMES = ("recursiveCharacterTextSplitter", "characterTextSplitter", "markdownTextSplitter")


def build(name: str, inputs: dict[str, Any]) -> Any:
    node = Node(f"{name}_0", name, "My Splitter", "Text Splitters", inputs)
    return builtin_registry().type_of(node).build(NodeInputs(node, inputs), cast(BuildContext, None))


@pytest.mark.parametrize("inputs", [{}, {"chunkSize": "", "chunkOverlap": None, "separators": "", "separator": ""}])
def test_unset_inputs_take_the_defaults(inputs: dict[str, Any]) -> None:
    assert build(NAMES[0], inputs) == RecursiveSplitter(1000, 200, RECURSIVE_SEPARATORS)
    assert build(NAMES[1], inputs) == CharacterSplitter(1000, 200, "\n\n")
    assert build(NAMES[2], inputs) == RecursiveSplitter(1000, 200, MARKDOWN_SEPARATORS)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", [150, "150", 150.0])
def test_numbers_may_be_text(name: str, size: Any) -> None:
    splitter = build(name, {"chunkSize": size, "chunkOverlap": "20"})
    assert (splitter.size, splitter.overlap) == (150, 20)


@pytest.mark.parametrize("overlap", [0, "0"])
def test_an_overlap_of_zero_is_zero(overlap: Any) -> None:
    assert build(NAMES[0], {"chunkSize": 80, "chunkOverlap": overlap}).overlap == 0


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        ({"chunkSize": 100, "chunkOverlap": 100}, "chunkOverlap"),
        ({"chunkSize": 100, "chunkOverlap": 300}, "chunkOverlap"),
        ({"chunkSize": 0}, "chunkSize"),
        ({"chunkSize": -5}, "chunkSize"),
        ({"chunkSize": 1.5}, "chunkSize"),
        ({"chunkSize": "many"}, "chunkSize"),
        ({"chunkSize": True}, "chunkSize"),
        ({"chunkSize": "inf"}, "chunkSize"),
        ({"chunkOverlap": -1}, "chunkOverlap"),
    ],
)
def test_sizes_that_cannot_work_are_told_with_the_node(name: str, inputs: dict[str, Any], told: str) -> None:
    with pytest.raises(InvalidInput, match=rf"{told} of the node My Splitter \({name}_0\)") as caught:
        build(name, inputs)
    assert caught.value.reason == Reason.NODE_INPUT_INVALID


@pytest.mark.parametrize(
    ("given", "separators"),
    [('["|", "##"]', ("|", "##")), (["|"], ("|",)), (";", (";",)), ("[]", RECURSIVE_SEPARATORS)],
)
def test_separators_of_ones_own(given: Any, separators: tuple[str, ...]) -> None:
    assert build(NAMES[0], {"separators": given}).separators == separators


@pytest.mark.parametrize("given", ["[1, 2]", '{"a": 1}', [None], "5"])
def test_separators_must_be_texts(given: Any) -> None:
    with pytest.raises(InvalidInput, match="separators"):
        build(NAMES[0], {"separators": given})


def test_a_character_splitter_takes_one_separator() -> None:
    assert build(NAMES[1], {"separator": " "}).separator == " "


def test_markdown_can_be_cut_at_its_headers() -> None:
    assert isinstance(build(NAMES[2], {"splitByHeaders": "disabled"}), RecursiveSplitter)
    by_headers = build(NAMES[2], {"splitByHeaders": "h2", "chunkSize": 300, "chunkOverlap": 0})
    assert by_headers == HeaderSplitter(2, RecursiveSplitter(300, 0, MARKDOWN_SEPARATORS))
    with pytest.raises(InvalidInput, match="splitByHeaders"):
        build(NAMES[2], {"splitByHeaders": "h9"})


def test_a_token_splitter_counts_tokens() -> None:
    assert build("tokenTextSplitter", {}) == TokenSplitter(1000, 200, "gpt2")
    given = build("tokenTextSplitter", {"encodingName": "cl100k_base", "chunkSize": "50", "chunkOverlap": 0})
    assert given == TokenSplitter(50, 0, "cl100k_base")
    with pytest.raises(InvalidInput, match="encodingName"):
        build("tokenTextSplitter", {"encodingName": "latin"})


def test_a_code_splitter_knows_its_language() -> None:
    assert build("codeTextSplitter", {"language": "python"}) == RecursiveSplitter(1000, 200, SEPARATORS["python"])
    for language in (None, "", "cobol"):
        with pytest.raises(InvalidInput, match="language"):
            build("codeTextSplitter", {"language": language})


def test_html_is_cut_as_markdown() -> None:
    assert build("htmlToMarkdownTextSplitter", {"chunkSize": 70, "chunkOverlap": 5}) == HtmlToMarkdownSplitter(70, 5)
