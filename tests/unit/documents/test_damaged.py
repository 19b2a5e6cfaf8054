"""Files of every kind, cut short and with bytes turned over: read, or refused by name; never an error of ours."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.documents.jobs import file_job
from tradewind_server.documents.metadata import MetadataRules
from tradewind_server.documents.office import load_any
from tradewind_server.documents.ports import SourceFile
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.parsing.limits import DocumentLimits
from tradewind_server.parsing.pool import Parsers

REFUSALS = (Reason.FILE_UNREADABLE, Reason.DOCUMENT_TOO_COMPLEX, Reason.NODE_INPUT_INVALID)
CUTS = 12
FLIPS = 40


def damaged(data: bytes, dice: random.Random) -> list[bytes]:
    """The file cut short at several places, and with some bytes changed."""
    variants = [data[: len(data) * part // CUTS] for part in range(CUTS)]
    for _ in range(FLIPS):
        changed = bytearray(data)
        for _ in range(dice.choice((1, 1, 4, 16))):
            changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
        variants.append(bytes(changed))
    return variants


@pytest.fixture
def samples(
    make_pdf: Callable[..., bytes],
    make_docx: Callable[..., bytes],
    make_xlsx: Callable[..., bytes],
    make_pptx: Callable[..., bytes],
    make_epub: Callable[..., bytes],
) -> dict[str, bytes]:
    return {
        "a.pdf": make_pdf(["Bread costs four.", "Closed on Monday."]),
        "a.docx": make_docx(["Bread costs four.", "Closed on Monday."]),
        "a.xlsx": make_xlsx({"Prices": [["item", "price"], ["bread", 4], ["cake", 30]]}),
        "a.pptx": make_pptx([["Bread"], ["Cake"]]),
        "a.epub": make_epub([("Bread", "costs four"), ("Cake", "costs thirty")]),
        "a.json": b'[{"item": "bread", "price": 4}, {"item": "cake", "price": 30}]',
        "a.jsonl": b'{"item": "bread"}\n{"item": "cake"}\n',
        "a.csv": b'item,price\n"bread, white",4\ncake,30\n',
        "a.html": b"<html><body><p>Bread</p></body></html>",
    }


async def test_no_damage_is_an_error_of_ours(tmp_path: Path, samples: dict[str, bytes]) -> None:
    pool = Parsers(2, DocumentLimits(), tmp_path)
    path = tmp_path / "file"
    dice = random.Random(7)
    faults: list[Any] = []
    read = 0
    try:
        for name, data in samples.items():
            for variant in [data, *damaged(data, dice)]:
                path.write_bytes(variant)
                job = file_job(SourceFile(name, "", str(path), len(variant)), load_any, {}, None, MetadataRules())
                assert job is not None
                try:
                    read += sum([len(batch.documents) async for batch in pool.batches(job)]) > 0
                except InvalidInput as refused:
                    if refused.reason not in REFUSALS or name not in refused.message:
                        faults.append((name, refused.message))
    finally:
        await pool.aclose()
    assert faults == [] and read >= len(samples)
