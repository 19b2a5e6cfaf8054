"""What goes between worker and parser arrives as it was, whatever a document holds."""

from __future__ import annotations

import io
import math
from typing import Any

import orjson
import pytest
from tradewind_server.documents.jobs import Batch, file_job, splitter_of
from tradewind_server.documents.loaders import load_csv, load_text
from tradewind_server.documents.metadata import MetadataRules
from tradewind_server.documents.pages import HtmlToMarkdownSplitter
from tradewind_server.documents.ports import Document, SourceFile
from tradewind_server.documents.splitters import CharacterSplitter, HeaderSplitter, RecursiveSplitter
from tradewind_server.documents.token_splitter import TokenSplitter
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.parsing.frames import (
    HEAD,
    batch_frame,
    batch_of,
    error_frame,
    error_of,
    job_frame,
    job_of,
    pack,
    read_frame,
)

FILE = SourceFile("menu.txt", "text/plain", "/files/1", 5)
SPLITTERS = [
    None,
    CharacterSplitter(10, 2, "--"),
    RecursiveSplitter(10, 2, ("\n", "")),
    HeaderSplitter(2, RecursiveSplitter(10, 2)),
    TokenSplitter(10, 2, "cl100k_base"),
    HtmlToMarkdownSplitter(10, 2),
]


def unpacked(frame: bytes) -> tuple[bytes, bytes]:
    found = read_frame(io.BytesIO(frame))
    assert found is not None
    return found


@pytest.mark.parametrize("splitter", SPLITTERS, ids=lambda one: type(one).__name__)
def test_a_job_arrives_with_its_splitter(splitter: Any) -> None:
    job = file_job(FILE, load_text, {"usage": None}, splitter, MetadataRules({"shop": "north"}, ("loc",)))
    assert job is not None
    arrived = job_of(*unpacked(job_frame(job)))
    assert (arrived.work, arrived.label, arrived.values["file"]) == ("file", "The file menu.txt", job.values["file"])
    assert splitter_of(arrived.values["splitter"]) == splitter


def test_loaders_and_splitters_of_other_packages_stay_here() -> None:
    class Theirs(RecursiveSplitter):
        pass

    rules = MetadataRules()
    assert file_job(FILE, lambda file, options: [], {}, None, rules) is None
    assert file_job(FILE, load_csv, {}, Theirs(10, 2), rules) is None


@pytest.mark.parametrize(
    ("value", "arrived"),
    [
        ("half \ud83d", "half \ufffd"),
        (2**70, str(2**70)),
        (math.inf, None),
        ({1: "one"}, {"1": "one"}),
        (("a", "b"), ["a", "b"]),
        (object, str(object)),
    ],
)
def test_what_json_has_no_place_for_is_replaced(value: Any, arrived: Any) -> None:
    frame = batch_frame(Batch([Document("text", {"value": value})], ("Guessed.",)))
    batch = batch_of(orjson.loads(unpacked(frame)[0]))
    assert batch.documents == [Document("text", {"value": arrived})] and batch.warnings == ("Guessed.",)


def test_nesting_is_cut() -> None:
    value: Any = "deep"
    for _ in range(5000):
        value = [value]
    assert unpacked(pack({"value": value}))[0].count(b"[") < 100


def test_an_error_keeps_its_class_reason_and_sentence() -> None:
    error = error_of(orjson.loads(unpacked(error_frame(InvalidInput(Reason.FILE_UNREADABLE, "Damaged."), 30))[0]))
    assert isinstance(error, InvalidInput) and (error.reason, error.message) == (Reason.FILE_UNREADABLE, "Damaged.")


def test_a_closed_pipe_is_the_end() -> None:
    assert read_frame(io.BytesIO(b"")) is None and read_frame(io.BytesIO(HEAD.pack(4, 0)[:3])) is None
