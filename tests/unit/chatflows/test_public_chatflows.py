"""Chatflows for those who do not own them: who sees which, and what of it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from tradewind_server.access.ports import ANONYMOUS, Principal
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.chatflows.public_chatflows import PublishedChatflows
from tradewind_server.errors import NotFound, PermissionDenied, Unauthenticated
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.notes import RegistryDrawings

from fakes.admission import let_in
from fakes.flow_engine import MOMENT, WORKSPACE, FakeChatflows, conversation, drawing

FLOW = Chatflow("f1", WORKSPACE, "Harbour", drawing(*conversation()), "CHATFLOW", MOMENT, MOMENT)
HOLDER = Principal("key", WORKSPACE, "k1", frozenset({"chatflows:view"}))
ADMIN = Principal("admin", WORKSPACE, permissions=frozenset({"*"}))


@pytest.fixture
def flows() -> FakeChatflows:
    return FakeChatflows()


@pytest.fixture
def published(flows: FakeChatflows) -> PublishedChatflows:
    return PublishedChatflows(flows, RegistryDrawings(builtin_registry()))


def test_a_shared_chatflow_is_for_everybody(published: PublishedChatflows) -> None:
    page = published.page(let_in(replace(FLOW, is_public=True)))
    assert (page.id, page.name, page.is_public) == ("f1", "Harbour", True)
    assert len(json.loads(page.flow_data)["nodes"]) == len(json.loads(FLOW.flow_data)["nodes"])


@pytest.mark.parametrize("is_public", [False, None])
def test_another_is_for_its_workspace(published: PublishedChatflows, is_public: bool | None) -> None:
    flow = replace(FLOW, is_public=is_public)
    for principal in (HOLDER, ADMIN):
        assert published.page(let_in(flow, principal)).id == "f1"
    refused: list[tuple[Principal, type[Exception]]] = [
        (ANONYMOUS, Unauthenticated),
        (replace(HOLDER, workspace_id="other"), NotFound),
        (replace(HOLDER, permissions=frozenset({"chatmessages:view"})), PermissionDenied),
    ]
    for principal, error in refused:
        with pytest.raises(error):
            published.page(let_in(flow, principal))


def test_what_is_the_owners_alone_is_not_shown(published: PublishedChatflows) -> None:
    columns: dict[str, Any] = dict.fromkeys(
        ("api_config", "analytic", "speech_to_text", "text_to_speech", "follow_up_prompts", "mcp_server_config"),
        '{"openai": {"credentialId": "cred-1", "token": "t"}}',
    )
    chatbot = json.dumps(
        {"botMessage": "hi", "allowedOrigins": ["https://a.example"], "postProcessing": {"customFunction": "x"}}
    )
    page = published.page(let_in(replace(FLOW, is_public=True, chatbot_config=chatbot, **columns)))
    assert all(getattr(page, name) is None for name in columns)
    assert json.loads(page.chatbot_config or "") == {"botMessage": "hi"}


async def test_a_key_opens_the_chatflows_that_ask_for_it(published: PublishedChatflows, flows: FakeChatflows) -> None:
    for number, (name, key, workspace) in enumerate(
        [("b", "k1", WORKSPACE), ("a", "k1", WORKSPACE), ("c", None, WORKSPACE), ("d", "k2", WORKSPACE), ("e", "k1", "other")]
    ):
        await flows.create(
            replace(FLOW, id=str(number), name=name, apikeyid=key, workspace_id=workspace, api_config='{"a": 1}')
        )
    found = await published.of_key(HOLDER)
    assert [one.name for one in found] == ["a", "b"]
    assert all(one.api_config is None for one in found)
    assert await published.of_key(ADMIN) == []
