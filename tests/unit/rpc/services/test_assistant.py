"""Assistants over gRPC: what is read from the details, and which fields a message sets."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from tradewind.v1 import assistant_pb2 as pb
from tradewind_server.chatflows.assistants import StoredAssistant
from tradewind_server.rpc.mapping.assistants import assistant, fields_of, type_name

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def row(details: str, type_: str = "CUSTOM", icon_src: str | None = None) -> StoredAssistant:
    return StoredAssistant("id", details, "credential", icon_src, type_, MOMENT, MOMENT)


def test_known_details_are_fields() -> None:
    store = {"id": "s", "name": "Handbook", "description": "Fares", "returnSourceDocuments": True}
    details = {"name": "A", "instruction": "Be kind", "flowId": "f", "documentStores": [store, 7]}
    message = assistant(row(orjson.dumps(details).decode()), "w")
    assert (message.name, message.instruction, message.chatflow_id) == ("A", "Be kind", "f")
    assert [(one.id, one.name, one.return_source_documents) for one in message.document_stores] == [("s", "Handbook", True)]
    assert (message.type, message.HasField("icon_src")) == (pb.ASSISTANT_TYPE_CUSTOM, False)


@pytest.mark.parametrize("details", ["{", "[]", '{"name": 7, "documentStores": {"a": 1}}', "{}"])
def test_details_of_any_form_are_shown(details: str) -> None:
    message = assistant(row(details, "OPENAI", "x"), "w")
    assert (message.details, message.name, message.icon_src) == (details, "", "x")
    assert not message.document_stores


@pytest.mark.parametrize(
    ("message", "fields"),
    [
        (pb.Assistant(id="x", name="n"), {}),
        (pb.Assistant(details="{}"), {"details": "{}"}),
        (pb.Assistant(details="", icon_src=""), {"details": "", "iconSrc": None}),
        (pb.Assistant(type=pb.ASSISTANT_TYPE_AZURE, credential="c"), {"type": "AZURE", "credential": "c"}),
    ],
)
def test_what_is_set_counts(message: pb.Assistant, fields: dict[str, Any]) -> None:
    assert fields_of(message) == fields


def test_the_type_that_is_not_set_has_no_name() -> None:
    assert [type_name(number) for number in (0, 1, 2)] == [None, "CUSTOM", "OPENAI"]
