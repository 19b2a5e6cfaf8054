"""Who may ask a chatflow, and in which order that is asked."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from tradewind_server.access.ports import ANONYMOUS, Principal
from tradewind_server.chatflows.admission import Admitted, check_chat
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.chatflows.versions import ChatflowVersion
from tradewind_server.errors import InvalidInput, NotFound, PermissionDenied, ResourceExhausted, Unauthenticated

from fakes.admission import admission_to, caller, let_in
from fakes.flow_engine import FakeChatflows

OURS, THEIRS = "w1", "w2"
ADMIN = Principal("admin", OURS, None, frozenset({"*"}))
KEY = Principal("key", OURS, "k1", frozenset())
OTHER_KEY = Principal("key", OURS, "k2", frozenset({"*"}))
FOREIGN_KEY = Principal("key", THEIRS, "k3", frozenset({"*"}))
MOMENT = datetime(2025, 1, 1, tzinfo=UTC)
FLOW = "6f1c1a52-5c1e-4d53-9d5e-0d6a3d1a7c11"
PAGE, OTHER_PAGE = "https://good.example", "https://evil.example"
ONCE = json.dumps({"rateLimit": {"status": True, "limitMax": 1, "limitDuration": 60}})
LISTED = json.dumps({"allowedOrigins": [PAGE]})


def flow(apikeyid: str | None = None, **columns: Any) -> Chatflow:
    moment = datetime(2025, 1, 1, tzinfo=UTC)
    return Chatflow(FLOW, OURS, "n", "{}", "CHATFLOW", moment, moment, apikeyid=apikeyid, **columns)


class Door:
    """The guard of one chatflow; counts how often the chatflow is looked up."""

    def __init__(self, chatflow: Chatflow, *, require_key: bool = False, has_key: Any = None) -> None:
        self.chatflows = FakeChatflows()
        self.chatflows.flows[chatflow.id] = chatflow
        self.admission = admission_to(self, require_key=require_key, has_key=has_key)
        self.lookups = 0

    async def get_by_id(self, chatflow_id: str) -> Chatflow | None:
        self.lookups += 1
        return await self.chatflows.get_by_id(chatflow_id)

    async def get(self, workspace_id: str, chatflow_id: str) -> Chatflow | None:
        self.lookups += 1
        return await self.chatflows.get(workspace_id, chatflow_id)

    async def __call__(
        self, principal: Principal = ANONYMOUS, origin: str | None = None, flow_id: str = FLOW, **more: Any
    ) -> Admitted:
        return await self.admission.admit(flow_id, caller(principal, origin), **more)


@pytest.mark.parametrize("who", [ANONYMOUS, KEY, FOREIGN_KEY, ADMIN])
async def test_a_flow_without_a_key_answers_anyone(who: Principal) -> None:
    assert (await Door(flow())(who)).principal is who


@pytest.mark.parametrize("who", [KEY, ADMIN])
async def test_a_flow_with_a_key_answers_its_holder(who: Principal) -> None:
    assert (await Door(flow("k1"))(who)).chatflow.apikeyid == "k1"


@pytest.mark.parametrize("who", [ANONYMOUS, OTHER_KEY, FOREIGN_KEY])
async def test_a_flow_with_a_key_answers_nobody_else(who: Principal) -> None:
    with pytest.raises(Unauthenticated):
        await Door(flow("k1"))(who)


async def test_a_closed_server_wants_a_key_of_the_flows_workspace() -> None:
    door = Door(flow(), require_key=True)
    for who in KEY, OTHER_KEY, ADMIN:
        await door(who)
    for who in ANONYMOUS, FOREIGN_KEY:
        with pytest.raises(Unauthenticated):
            await door(who)


async def test_what_is_let_in_says_who_and_from_where() -> None:
    door = Door(flow())
    admitted = await door(KEY, PAGE, FLOW.upper())
    assert (admitted.chatflow, admitted.principal, admitted.origin, admitted.address) == (flow(), KEY, PAGE, "10.0.0.1")
    assert door.lookups == 1


async def test_a_chatflow_must_be_there() -> None:
    door = Door(flow("k1"))
    with pytest.raises(InvalidInput, match="must be a UUID"):
        await door(flow_id="x")
    with pytest.raises(NotFound, match="not found"):
        await door(flow_id=FLOW.replace("6", "7"))


async def test_the_key_comes_before_the_page_and_the_page_before_the_share() -> None:
    door = Door(flow("k1", chatbot_config=LISTED, api_config=ONCE))
    with pytest.raises(Unauthenticated):
        await door(ANONYMOUS, OTHER_PAGE)
    with pytest.raises(PermissionDenied):
        await door(KEY, OTHER_PAGE)
    await door(KEY, PAGE)  # Who was refused has not used up the share of this address.
    with pytest.raises(ResourceExhausted):
        await door(KEY, PAGE)


async def test_what_runs_nothing_has_no_share_and_is_guarded_all_the_same() -> None:
    door = Door(flow("k1", chatbot_config=LISTED, api_config=ONCE))
    for _ in range(2):
        await door(KEY, PAGE, counts=False)
    with pytest.raises(Unauthenticated):
        await door(ANONYMOUS, PAGE, counts=False)
    with pytest.raises(PermissionDenied):
        await door(KEY, OTHER_PAGE, counts=False)
    await door(KEY, PAGE)


async def test_a_flow_inside_another_is_its_owners_own_call() -> None:
    door = Door(flow("k1", chatbot_config=LISTED, api_config=ONCE), require_key=True)
    for _ in range(2):
        admitted = await door.admission.admit_within(OURS, FLOW)
        assert (admitted.principal.kind, admitted.principal.workspace_id, admitted.origin) == ("admin", OURS, None)
    assert door.lookups == 2
    with pytest.raises(NotFound):
        await door.admission.admit_within(THEIRS, FLOW)
    with pytest.raises(InvalidInput):
        await door.admission.admit_within(OURS, "x")


async def test_a_page_sees_how_a_flow_looks_without_its_key() -> None:
    door = Door(flow("k1", chatbot_config=LISTED, api_config=ONCE), require_key=True)
    for _ in range(2):
        assert (await door.admission.view(FLOW, PAGE)).chatflow.id == FLOW
    with pytest.raises(PermissionDenied):
        await door.admission.view(FLOW, OTHER_PAGE)


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
    admitted = let_in(flow(key), principal)
    if allowed:
        check_chat(admitted, chat)
    else:
        with pytest.raises(Unauthenticated, match="could be guessed"):
            check_chat(admitted, chat)


async def test_a_key_that_is_limited_to_others_is_refused_with_a_sentence() -> None:
    elsewhere = Principal("key", OURS, "k2", frozenset({"*"}), frozenset({"another"}))
    for key_id in (None, "k2"):
        door = Door(flow(key_id))
        with pytest.raises(PermissionDenied, match="not for this chatflow"):
            await door(elsewhere)
        await door(replace(elsewhere, chatflow_ids=frozenset({FLOW})))


async def test_a_refusal_says_that_the_key_is_gone_or_outdated() -> None:
    asked = []

    async def has_key(workspace_id: str, key_id: str) -> bool:
        asked.append((workspace_id, key_id))
        return key_id == "k1"

    for key_id, sentence in (("k1", "its own API key"), ("k9", "was deleted")):
        door = Door(flow(key_id), has_key=has_key)
        with pytest.raises(Unauthenticated, match=sentence):
            await door()
        with pytest.raises(Unauthenticated, match="expired"):
            await door(Principal("anonymous", refusal="It has expired."))
    assert asked == [(OURS, "k1"), (OURS, "k9")]


class VersionDoor(Door):
    """The guard of one chatflow with one former version, number 1."""

    async def by_name(self, chatflow_id: str, name: str) -> ChatflowVersion | None:
        return ChatflowVersion(1, MOMENT, "old", "CHATFLOW", '{"botMessage": "old"}', ONCE) if name == "1" else None


async def test_a_version_is_let_in_by_the_rules_of_now() -> None:
    closed = json.dumps({"allowedOrigins": [PAGE], "botMessage": "new"})
    door = VersionDoor(flow("k1", version_number=2, chatbot_config=closed))
    for reference in (f"{FLOW}@1", f"{FLOW}@7"):
        with pytest.raises(Unauthenticated):
            await door(ANONYMOUS, PAGE, reference)
        with pytest.raises(PermissionDenied):
            await door(KEY, OTHER_PAGE, reference)
    with pytest.raises(NotFound, match="no version 7"):
        await door(KEY, PAGE, f"{FLOW}@7")
    admitted = await door(KEY, PAGE, f"{FLOW}@1")
    assert admitted.chatflow.flow_data == "old" and admitted.config.chatbot["botMessage"] == "old"
    assert admitted.config.origins.check(PAGE) is None and admitted.config.rate_limit is None
    assert admitted.config is (await door(KEY, PAGE, version="1")).config, "read once"
    assert (await door(KEY, PAGE)).chatflow.flow_data == "{}"


async def test_the_inputs_that_callers_may_replace_are_those_of_now() -> None:
    opened = json.dumps({"overrideConfig": {"status": True, "nodes": {"Model": [{"name": "temperature", "enabled": True}]}}})
    door = VersionDoor(flow(version_number=2, api_config=opened))
    assert (await door(flow_id=f"{FLOW}@1")).config.override_inputs == {"Model": frozenset({"temperature"})}


async def test_pages_and_other_chatflows_get_the_live_version_too() -> None:
    door = VersionDoor(flow(version_number=2, live_number=1))
    assert (await door.admission.view(FLOW, None)).chatflow.flow_data == "old"
    assert (await door.admission.view(f"{FLOW}@2", None)).chatflow.flow_data == "{}"
    assert (await door.admission.admit_within(OURS, FLOW)).chatflow.flow_data == "old"
    assert (await door.admission.admit_within(OURS, f"{FLOW}@2")).chatflow.flow_data == "{}"
    assert (await door()).chatflow.version_number == 1
