from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tradewind_server.access.flow_access import FlowAccess
from tradewind_server.access.ports import ANONYMOUS, Principal
from tradewind_server.errors import Unauthenticated
from tradewind_server.flows.chatflows import Chatflow

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
