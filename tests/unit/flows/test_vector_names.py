"""Which names of a caller may become names in a store."""

from __future__ import annotations

import uuid

import pytest
from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.vector_names import MOST_BYTES, collection_fault, name_fault, stored_name
from tradewind_server.flows.vector_ports import CollectionSpec

OTHER = str(uuid.uuid4())
CONTROLS = ["a\nb", "a\x00", "\x7f", "a\x85b", "a\u2028b", "\ud800"]
SEPARATED = ["a/b", "../a", "a\\b", "a:b", "a*", "a?", "<a", "a>", "a|b", 'a"b']


def spec(name: str, **other: str) -> CollectionSpec:
    return CollectionSpec(**{"workspace_id": DEFAULT_WORKSPACE, "name": name, "embedding_model": "m", **other})  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["", ".", "..", "x" * 256, "漢" * 86, "🦜" * 64, *CONTROLS, *SEPARATED])
def test_what_no_server_can_take(name: str) -> None:
    assert name_fault(name)
    with pytest.raises(InvalidInput) as caught:
        stored_name(spec(name))
    assert caught.value.reason is Reason.NODE_INPUT_INVALID


@pytest.mark.parametrize("name", ["a", "...", "..a", "x" * 255, "漢" * 85, "🦜" * 63, "with space", "a.b-c_", "%2e%2e", "~"])
def test_other_names_stand_as_they_are(name: str) -> None:
    assert name_fault(name) is None
    assert stored_name(spec(name)) == name


def test_bytes_are_counted_with_the_workspace_before_them() -> None:
    room = MOST_BYTES - len(f"{OTHER}__")
    assert len(stored_name(spec("x" * room, workspace_id=OTHER)).encode()) == MOST_BYTES
    assert f"{room + 1} bytes" in str(collection_fault(spec("x" * (room + 1), workspace_id=OTHER)))
    assert collection_fault(spec("x" * MOST_BYTES, workspace_id=OTHER, url="http://qdrant")) is None


@pytest.mark.parametrize("name", SEPARATED)
def test_names_that_are_no_files_may_hold_separators(name: str) -> None:
    assert name_fault(name, as_file=False) is None


@pytest.mark.parametrize("name", [".", "..", "漢" * 86, *CONTROLS])
def test_names_that_are_no_files_may_hold_nothing_else(name: str) -> None:
    assert name_fault(name, as_file=False)
