"""What a prediction answers that is kept as a run: its headers, and its stream."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tradewind_server.rpc.bodies import PREDICTION
from tradewind_server.rpc.rest_shapes import iso
from tradewind_server.runs.ports import StoredRun
from tradewind_server.runs.service import RunOptions

FORM_FIELDS = frozenset(PREDICTION)
YES = (True, "true")
PLAIN_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")
"""An id of a chat that may stand in a header."""


def options_of(body: Mapping[str, Any], *, background: bool = True) -> RunOptions:
    """What a body asks of its run."""
    return RunOptions(background=background, restart=body.get("restart") in YES)


def acceptance(run: StoredRun) -> tuple[tuple[str, str], ...]:
    """The headers of which the gate makes the answer 202 (``accepted`` in envoy/envoy.yaml)."""
    headers = [
        ("x-run-accepted", "true"),
        ("x-run-id", run.id),
        ("x-run-chatflow", run.chatflow_id),
        ("x-run-state", run.state.value),
        ("x-run-created", iso(run.created_date)),
    ]
    for name, value in (("x-run-chat", run.chat_id), ("x-run-session", run.session_id)):
        if PLAIN_ID.fullmatch(value):
            headers.append((name, value))
    return tuple(headers)


def acceptance_json(run: StoredRun) -> dict[str, Any]:
    """The same as a JSON object, for callers without a gate."""
    names = ("x-run-id", "x-run-state", "x-run-created", "x-run-chatflow", "x-run-chat", "x-run-session")
    values = dict(acceptance(run))
    public = ("id", "state", "createdDate", "chatflowid", "chatId", "sessionId")
    return {"runId": run.id, **{name: values.get(header) for name, header in zip(public, names, strict=True)}}
