from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tradewind_server.access.ports import ANONYMOUS, Principal
from tradewind_server.chatflows.admission import FlowAccess
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.errors import Unauthenticated

OURS, THEIRS = "w1", "w2"
ADMIN = Principal("admin", OURS, None, frozenset({"*"}))
KEY = Principal("key", OURS, "k1", frozenset())
OTHER_KEY = Principal("key", OURS, "k2", frozenset({"*"}))
FOREIGN_KEY = Principal("key", THEIRS, "k3", frozenset({"*"}))


def flow(apikeyid: str | None = None) -> Chatflow:
    moment = datetime(2025, 1, 1, tzinfo=UTC)
    return Chatflow("f", OURS, "n", "{}", "CHATFLOW", moment, moment, apikeyid=apikeyid)


@pytest.mark.parametrize("who", [ANONYMOUS, KEY, FOREIGN_KEY, ADMIN])
def test_a_flow_without_a_key_answers_anyone(who: Principal) -> None:
    FlowAccess(require_key=False).check_flow(who, flow())


@pytest.mark.parametrize("who", [KEY, ADMIN])
def test_a_flow_with_a_key_answers_its_holder(who: Principal) -> None:
    FlowAccess(require_key=False).check_flow(who, flow("k1"))


@pytest.mark.parametrize("who", [ANONYMOUS, OTHER_KEY, FOREIGN_KEY])
def test_a_flow_with_a_key_answers_nobody_else(who: Principal) -> None:
    with pytest.raises(Unauthenticated):
        FlowAccess(require_key=False).check_flow(who, flow("k1"))


def test_a_closed_server_wants_a_key_of_the_flows_workspace() -> None:
    access = FlowAccess(require_key=True)
    for who in KEY, OTHER_KEY, ADMIN:
        access.check_flow(who, flow())
    for who in ANONYMOUS, FOREIGN_KEY:
        with pytest.raises(Unauthenticated):
            access.check_flow(who, flow())


CHAT = "0a8f2d3e-1111-4222-8333-444455556666"


@pytest.mark.parametrize(
    ("principal", "key", "chat", "allowed"),
    [
        (ANONYMOUS, None, CHAT, True),
        (ANONYMOUS, None, CHAT.upper(), True),
        (ANONYMOUS, None, f"customer 7+{CHAT}", True),
        (ANONYMOUS, None, "anna", False),
        (ANONYMOUS, None, CHAT[:-1], False),
        (ADMIN, None, "anna", True),
        (KEY, None, "anna", True),
        (FOREIGN_KEY, None, "anna", False),
        (KEY, "k1", "anna", True),
    ],
)
def test_who_may_see_what_belongs_to_a_chat(principal: Principal, key: str | None, chat: str, allowed: bool) -> None:
    access, asked = FlowAccess(require_key=False), flow(key)
    if allowed:
        access.check_chat(principal, asked, chat)
    else:
        with pytest.raises(Unauthenticated, match="could be guessed"):
            access.check_chat(principal, asked, chat)
