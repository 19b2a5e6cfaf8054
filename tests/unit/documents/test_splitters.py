"""Chunks end where Flowise's end, and say which lines they came from."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from langchain_text_splitters import CharacterTextSplitter, Language, RecursiveCharacterTextSplitter
from tradewind_server.documents import reading
from tradewind_server.documents.languages import SEPARATORS
from tradewind_server.documents.ports import Document, TextSplitter
from tradewind_server.documents.reading import FileText, WholeText
from tradewind_server.documents.splitters import (
    MARKDOWN_SEPARATORS,
    CharacterSplitter,
    HeaderSplitter,
    RecursiveSplitter,
)

WORDS = ["bread", "and", "a", "very", "long", "croissant", "with-butter", "x" * 40, "naïve", "Größe"]
CJK = "面包店七点开门。今天没有蛋糕，明天再来吧！"
EMOJI = ["🥐", "👩‍🍳", "é", "🇪🇸", "ok"]


def paragraphs(dice: random.Random) -> str:
    return "\n\n".join(" ".join(dice.choices(WORDS, k=dice.randint(1, 60))) for _ in range(dice.randint(1, 30)))


def lines(dice: random.Random) -> str:
    return "\n".join(" ".join(dice.choices(WORDS, k=dice.randint(1, 20))) for _ in range(dice.randint(1, 60)))


def one_line(dice: random.Random) -> str:
    return " ".join(dice.choices(WORDS, k=dice.randint(1, 500)))


def no_spaces(dice: random.Random) -> str:
    return "".join(dice.choices("abcdefgh", k=dice.randint(1, 3000)))


def chinese(dice: random.Random) -> str:
    return "\n".join("".join(dice.choices(CJK, k=dice.randint(1, 200))) for _ in range(dice.randint(1, 20)))


def emoji(dice: random.Random) -> str:
    return " ".join("".join(dice.choices(EMOJI, k=dice.randint(1, 30))) for _ in range(dice.randint(1, 60)))


def windows_lines(dice: random.Random) -> str:
    return paragraphs(dice).replace("\n", "\r\n")


KINDS: list[Callable[[random.Random], str]] = [paragraphs, lines, one_line, no_spaces, chinese, emoji, windows_lines]


def cases(seed: int) -> Iterator[tuple[str, int, int]]:
    """Texts of every kind with sizes and overlaps, the same in every run."""
    dice = random.Random(seed)
    for kind in KINDS:
        for _ in range(12):
            size = dice.choice([7, 20, 64, 100, 333, 1000])
            yield kind(dice), size, dice.choice([0, 1, size // 5, size // 2])


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


@pytest.mark.parametrize("seed", range(6))
def test_chunks_equal_those_of_langchain_for_python(seed: int) -> None:
    for text, size, overlap in cases(seed):
        theirs = RecursiveCharacterTextSplitter(chunk_size=size, chunk_overlap=overlap).split_text(text)
        assert texts(RecursiveSplitter(size, overlap), text) == [chunk for chunk in theirs if chunk.strip()]


def test_chunks_at_one_separator_equal_those_of_langchain_for_python() -> None:
    """Without an overlap: with one, the two LangChains count separators differently, and ours counts like JavaScript's."""
    for text, size, _ in cases(7):
        theirs = CharacterTextSplitter("\n", chunk_size=size, chunk_overlap=0).split_text(text)
        assert texts(CharacterSplitter(size, 0, "\n"), text) == theirs


@pytest.mark.parametrize("language", ["html", "latex", "proto", "rst"])
def test_markup_is_cut_as_langchain_for_python_cuts_it(language: str) -> None:
    dice = random.Random(3)
    separators = SEPARATORS[language]
    assert separators[-1] == ""
    parts = [one for one in separators[:-4] if one not in ("$", "$$")]
    text = "".join(dice.choice(parts) + " ".join(dice.choices(WORDS, k=dice.randint(1, 20))) for _ in range(120))
    theirs = RecursiveCharacterTextSplitter(chunk_size=90, chunk_overlap=10, separators=list(separators)).split_text(text)
    assert texts(RecursiveSplitter(90, 10, separators), text) == theirs


@pytest.mark.parametrize("language", sorted({*SEPARATORS} - {"html", "markdown", "latex", "rst"}))
def test_code_is_cut_where_langchain_cuts_it(language: str) -> None:
    """Both LangChains know these beginnings of lines; for markup they differ, and ours are JavaScript's."""
    theirs = set(RecursiveCharacterTextSplitter.get_separators_for_language(Language(language)))
    ours = set(SEPARATORS[language])
    assert len(ours & theirs) >= 0.7 * len(ours)
    assert SEPARATORS[language][-4:] == RecursiveSplitter(1, 0).separators


@pytest.mark.parametrize("block", [1, 7, 64, 1000])
def test_a_text_read_in_blocks_is_cut_like_the_whole(block: int) -> None:
    for text, size, overlap in itertools.islice(cases(9), 0, None, 3):
        for splitter in (
            RecursiveSplitter(size, overlap),
            RecursiveSplitter(size, overlap, MARKDOWN_SEPARATORS),
            CharacterSplitter(size, overlap, "\n"),
        ):
            whole = list(splitter.stream(WholeText(text, {"source": "a"})))
            assert list(splitter.stream(Blocks(text, block))) == whole


class Blocks(WholeText):
    """A text that comes in blocks of one length."""

    __slots__ = ("block",)

    def __init__(self, text: str, block: int) -> None:
        super().__init__(text, {"source": "a"})
        object.__setattr__(self, "block", block)

    def blocks(self) -> Iterator[str]:
        block: int = self.block
        return (self.text[start : start + block] for start in range(0, len(self.text), block))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_long_file_is_cut_like_its_text(tmp_path: Path, encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "BLOCK_BYTES", 1013)  # So that letters lie across the blocks.
    for text, size, overlap in itertools.islice(cases(11), 0, None, 4):
        path = tmp_path / "text"
        path.write_bytes(text.encode(encoding))
        file = FileText(str(path), "utf-8-sig" if encoding == "utf-8" else encoding, {"source": "a"})
        assert file.whole() == text
        whole = list(RecursiveSplitter(size, overlap).stream(WholeText(text, {"source": "a"})))
        assert list(RecursiveSplitter(size, overlap).stream(file)) == whole


def test_a_splitter_is_never_far_ahead_of_who_takes_its_chunks() -> None:
    read = 0

    class Watched(WholeText):
        def blocks(self) -> Iterator[str]:
            nonlocal read
            for _ in range(1000):
                read += 1
                yield "some words here\n\n" * 20

        def first_of(self, separators: Any) -> int:
            return 0

    chunks = RecursiveSplitter(100, 20).stream(Watched(""))
    for _ in range(10):
        next(chunks)
    assert read < 10
