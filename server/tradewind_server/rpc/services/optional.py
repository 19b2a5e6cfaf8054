"""Optional fields of a request as a mapping."""

from __future__ import annotations

from google.protobuf.message import Message


def given(request: Message) -> dict[str, str | None]:
    """Every ``optional string`` that was sent, also an empty one, which is not the same as none."""
    return {
        descriptor.name: value
        for descriptor, value in request.ListFields()
        if descriptor.has_presence and isinstance(value, str)
    }
