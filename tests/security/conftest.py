"""One running stack for all security tests, with marked secrets in every place where secrets are kept."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import grpc
import pytest
import requests
from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.administration import open_administration
from tradewind_server.chats.leads import Lead
from tradewind_server.chats.ports import ChatMessage, Feedback
from tradewind_server.settings import Settings

from harness.flows import drawing, stored_fields
from harness.keys import OTHER_WORKSPACE, TestKey, add_workspace, create_key
from harness.stack import FakeEndpoint, RunningStack, running_fake_endpoint, running_stack
from harness.sweep import id_within

MARKS = {
    "node key": "sk-canary-node-0a1b2c3d4e5f60718293",
    "node header": "canary-header-77aa88bb99cc00dd",
    "credential": "sk-canary-credential-a9b8c7d6e5f4",
    "configured key": "sk-canary-configured-11223344556677",
    "password": "canary-password-99887766",
    "qdrant key": "canary-qdrant-5544332211",
}
"""Secrets by the place they are kept in."""


@dataclass
class Fortress:
    """The stack under attack."""

    stack: RunningStack
    endpoint: FakeEndpoint
    channel: grpc.Channel
    admin: TestKey
    viewer: TestKey
    other: TestKey
    flow_key: TestKey
    open_flow: str
    keyed_flow: str

    def flow(self, name: str = "conversation", edits: dict[str, Any] | None = None, **fields: Any) -> str:
        return self.stack.create_flow(json.dumps(drawing(name, edits)), **stored_fields(fields))

    def call(self, method: str, path: str, key: TestKey | None = None, **arguments: Any) -> requests.Response:
        headers = {**(key.headers if key else {}), **arguments.pop("headers", {})}
        return requests.request(method, self.stack.rest + path, headers=headers, timeout=30, **arguments)

    def rows(self, flow: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.call("GET", f"/api/v1/chatmessage/{flow}", self.admin).json()
        return found

    def alive(self) -> bool:
        """Whether other callers are served right now."""
        return requests.get(self.stack.rest + "/api/v1/ping", timeout=60).text == "pong"


@pytest.fixture(scope="session")
def fortress(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fortress]:
    data_dir: Path = tmp_path_factory.mktemp("fortress") / "data"
    with running_fake_endpoint("--remember", "300", "--tokens", "6") as endpoint:
        settings = {
            "TRADEWIND_OPENAI_BASE_URL": endpoint.base_url,
            "TRADEWIND_OPENAI_API_KEY": MARKS["configured key"],
            "TRADEWIND_USERNAME": "admin",
            "TRADEWIND_PASSWORD": MARKS["password"],
            "TRADEWIND_LOG_LEVEL": "debug",
        }
        with running_stack(data_dir, env=settings) as stack:
            add_workspace(data_dir)
            store_credential(data_dir)
            flow_key = create_key(data_dir, "chatflows:view")
            keyed_flow = stack.create_flow(drawing("conversation"), apikeyid=flow_key.id)
            store_rated_answer(data_dir, keyed_flow)
            with grpc.insecure_channel(stack.grpc_gate) as channel:
                yield Fortress(
                    stack=stack,
                    endpoint=endpoint,
                    channel=channel,
                    # A stored key rather than the first one: guesses from this address never hold it up.
                    admin=create_key(data_dir, "*"),
                    viewer=create_key(data_dir, "chatflows:view"),
                    other=create_key(data_dir, "*", workspace_id=OTHER_WORKSPACE),
                    flow_key=flow_key,
                    open_flow=stack.create_flow(drawing("conversation")),
                    keyed_flow=keyed_flow,
                )


def store_credential(data_dir: Path) -> None:
    async def store() -> None:
        async with open_administration(Settings(_env_file=None, data_dir=data_dir)) as administration:  # type: ignore[call-arg]
            secret = {"openAIApiKey": MARKS["credential"]}
            await administration.stores.credentials.set(DEFAULT_WORKSPACE, "harbour", "openAIApi", secret)

    asyncio.run(store())


def store_lead(data_dir: Path, flow: str) -> None:
    """The lead that calls of the sweep name."""
    lead = Lead(id_within(flow, "lead_id"), flow, "one", "Our own Ana", None, None, datetime.now(UTC))

    async def store() -> None:
        async with open_administration(Settings(_env_file=None, data_dir=data_dir)) as administration:  # type: ignore[call-arg]
            await administration.stores.leads.add(DEFAULT_WORKSPACE, lead)

    asyncio.run(store())


def store_rated_answer(data_dir: Path, flow: str) -> None:
    """The message and the feedback that calls of the sweep name."""
    message = ChatMessage(id_within(flow, "message_id"), "apiMessage", flow, "An answer.", "one", datetime.now(UTC))
    rated = id_within(flow, "feedback_id")
    feedback = Feedback(rated, flow, "one", message.id, "THUMBS_UP", None, message.created_date)

    async def store() -> None:
        async with open_administration(Settings(_env_file=None, data_dir=data_dir)) as administration:  # type: ignore[call-arg]
            await administration.stores.chat_messages.add(DEFAULT_WORKSPACE, [message])
            await administration.stores.feedbacks.add(DEFAULT_WORKSPACE, feedback)

    asyncio.run(store())
