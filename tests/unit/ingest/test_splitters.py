"""Chunks end where Flowise's end, and say which lines they came from."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.flows.components import Document, TextSplitter
from tradewind_server.ingest.splitters import (
    MARKDOWN_SEPARATORS,
    CharacterSplitter,
    HeaderSplitter,
    RecursiveSplitter,
)

# Made with @langchain/textsplitters 0.1.0: [from line, to line, text] for each chunk of createDocuments.
RECORDED = json.loads((Path(__file__).parent / "splits_of_langchain_js.json").read_text(encoding="utf-8"))


def splitter_of(case: dict[str, Any]) -> TextSplitter:
    sizes = case["size"], case["overlap"]
    match case["splitter"]:
        case "character":
            return CharacterSplitter(*sizes, case["separator"])
        case "markdown":
            return RecursiveSplitter(*sizes, MARKDOWN_SEPARATORS)
        case "custom":
            return RecursiveSplitter(*sizes, tuple(case["separators"]))
        case _:
            return RecursiveSplitter(*sizes)


def texts(splitter: TextSplitter, text: str) -> list[str]:
    return [chunk.content for chunk in splitter.split([Document(text)])]


@pytest.mark.parametrize("case", RECORDED, ids=lambda case: f"{case['splitter']}-{case['size']}-{case['overlap']}")
def test_chunks_and_lines_equal_those_of_langchain_for_javascript(case: dict[str, Any]) -> None:
    chunks = splitter_of(case).split([Document(case["text"])])
    found = [[chunk.metadata["loc"]["lines"]["from"], chunk.metadata["loc"]["lines"]["to"], chunk.content] for chunk in chunks]
    assert found == case["chunks"]


def test_paragraphs_are_joined_up_to_the_size() -> None:
    text = "One short line.\n\nAnother one here.\n\nA third, which opens a new chunk."
    assert texts(RecursiveSplitter(40, 0), text) == [
        "One short line.\n\nAnother one here.",
        "A third, which opens a new chunk.",
    ]


def test_a_chunk_begins_with_the_end_of_the_one_before() -> None:
    chunks = texts(RecursiveSplitter(20, 8), "alpha beta gamma delta epsilon zeta eta theta")
    assert len(chunks) > 2
    for before, after in itertools.pairwise(chunks):
        assert before.split()[-1] == after.split()[0]


@pytest.mark.parametrize("size", [1, 7, 64, 1000])
def test_no_chunk_is_longer_than_the_size_and_no_letter_is_lost(size: int) -> None:
    text = "Bread, rolls\nand cakes.\n\n" * 20 + "x" * 300
    chunks = texts(RecursiveSplitter(size, 0), text)
    assert max(len(chunk) for chunk in chunks) <= size
    assert "".join("".join(chunk.split()) for chunk in chunks) == "".join(text.split())


def test_an_overlap_of_zero_repeats_nothing() -> None:
    assert texts(RecursiveSplitter(4, 0), "abcdefgh") == ["abcd", "efgh"]


def test_a_character_splitter_leaves_long_pieces_whole() -> None:
    assert texts(CharacterSplitter(10, 0, ";"), "a" * 25 + ";b;c") == ["a" * 25, "b;c"]


@pytest.mark.parametrize("text", ["", " \n\t\n ", "\n" * 5000])
def test_blank_text_yields_no_chunk(text: str) -> None:
    assert texts(RecursiveSplitter(10, 2), text) == []
    assert texts(CharacterSplitter(10, 2), text) == []


def test_lines_are_counted_in_the_original_text() -> None:
    text = "\n\nfirst\n\nsecond\nstill second\n\n\nthird"
    chunks = RecursiveSplitter(24, 0).split([Document(text)])
    lines = text.split("\n")
    for chunk in chunks:
        place = chunk.metadata["loc"]["lines"]
        assert "\n".join(lines[place["from"] - 1 : place["to"]]).strip() == chunk.content
    assert [chunk.metadata["loc"]["lines"] for chunk in chunks] == [
        {"from": 3, "to": 3},
        {"from": 5, "to": 6},
        {"from": 9, "to": 9},
    ]


def test_equal_chunks_get_the_lines_of_their_own_place() -> None:
    chunks = RecursiveSplitter(12, 0).split([Document("same words\n" * 4)])
    assert [chunk.metadata["loc"]["lines"]["from"] for chunk in chunks] == [1, 2, 3, 4]


def test_metadata_and_place_of_the_document_stay() -> None:
    page = Document("one\n\ntwo", {"source": "a.pdf", "loc": {"pageNumber": 3}})
    first, second = RecursiveSplitter(4, 0).split([page])
    assert first.metadata == {"source": "a.pdf", "loc": {"pageNumber": 3, "lines": {"from": 1, "to": 1}}}
    assert second.metadata["loc"]["lines"] == {"from": 3, "to": 3}
    assert page.metadata == {"source": "a.pdf", "loc": {"pageNumber": 3}}


def test_headers_begin_sections_down_to_their_level() -> None:
    text = "Intro.\n# One\nText.\n## Deeper\nMore.\n### Deepest\nEnd.\n# Two\nLast."
    within = RecursiveSplitter(1000, 0, MARKDOWN_SEPARATORS)
    assert texts(HeaderSplitter(1, within), text) == [
        "Intro.",
        "# One\nText.\n## Deeper\nMore.\n### Deepest\nEnd.",
        "# Two\nLast.",
    ]
    assert len(texts(HeaderSplitter(2, within), text)) == 4
    assert len(texts(HeaderSplitter(6, within), text)) == 5


def test_text_without_any_space_is_cut_into_even_pieces() -> None:
    chunks = texts(RecursiveSplitter(1000, 200), "0123456789" * 20_000)
    assert len(chunks) == 250
    assert chunks[0][-200:] == chunks[1][:200]
