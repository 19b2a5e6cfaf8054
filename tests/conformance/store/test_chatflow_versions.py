"""What every adapter of the port ``ChatflowVersions`` does, and what saves leave for it."""

from __future__ import annotations

import asyncio
from typing import Any

from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.chatflows.versions import MOST_LABELS, ChatflowVersion, at_version

from .conftest import MINE, MOMENT, THEIRS, Clock, new_id


def chatflow(text: str = "first", **fields: Any) -> Chatflow:
    values = {"id": new_id(), "workspace_id": MINE, "name": "Flow", "type": "CHATFLOW", **fields}
    return Chatflow(flow_data=text, created_date=MOMENT, updated_date=MOMENT, **values)


async def numbers(stores: Any, flow: Chatflow) -> list[int]:
    rows, _ = await stores.chatflow_versions.list(MINE, flow.id)
    return [row.number for row in rows]


async def test_each_save_of_the_drawing_or_a_setting_makes_a_version(stores: Any, clock: Clock) -> None:
    flow = await stores.chatflows.create(chatflow(chatbot_config="{}"))
    clock.advance(60)
    for changes, number in (
        ({"name": "other", "apikeyid": new_id(), "is_public": True}, 1),
        ({"flow_data": "first", "chatbot_config": "{}"}, 1),
        ({"flow_data": "second"}, 2),
        ({"chatbot_config": None, "name": "third"}, 3),
    ):
        saved = await stores.chatflows.update(MINE, flow.id, changes)
        assert saved.version_number == number
    assert saved.version == 5
    first, second, third = [await stores.chatflow_versions.get(MINE, flow.id, name) for name in "123"]
    assert first == ChatflowVersion(1, MOMENT, "first", "CHATFLOW", "{}")
    assert second == ChatflowVersion(2, clock.moment, "second", "CHATFLOW", "{}")
    assert third == ChatflowVersion(3, clock.moment, "second", "CHATFLOW")
    assert at_version(saved, first).flow_data == "first" and at_version(saved, first).name == "third"
    rows, total = await stores.chatflow_versions.list(MINE, flow.id, 1, 1)
    assert (total, [(row.number, row.date, row.size) for row in rows]) == (3, [(2, clock.moment, 6)])


async def test_another_workspace_finds_none_and_changes_none(stores: Any) -> None:
    flow = await stores.chatflows.create(chatflow())
    versions = stores.chatflow_versions
    assert await versions.list(THEIRS, flow.id) == ([], 0)
    assert await versions.get(THEIRS, flow.id, "1") is None
    assert await versions.label(THEIRS, flow.id, 1, "live") == "unknown version"
    assert await versions.label(MINE, flow.id, 1, "live") == "labelled"
    assert not await versions.unlabel(THEIRS, flow.id, 1, "live")
    await stores.chatflows.update(MINE, flow.id, {"flow_data": "second"})
    assert await versions.unlabel(MINE, flow.id, 1, "live")
    assert not await versions.delete(THEIRS, flow.id, 1)
    assert (await versions.by_name(flow.id, "1")).flow_data == "first"


async def test_a_label_is_of_one_version_and_moves(stores: Any) -> None:
    flow = await stores.chatflows.create(chatflow())
    await stores.chatflows.update(MINE, flow.id, {"flow_data": "second"})
    versions = stores.chatflow_versions
    for number, label in ((1, "live"), (1, "beta"), (2, "Beta"), (2, "beta")):
        assert await versions.label(MINE, flow.id, number, label) == "labelled"
    rows, _ = await versions.list(MINE, flow.id)
    assert [(row.number, sorted(row.labels)) for row in rows] == [(2, ["Beta", "beta"]), (1, ["live"])]
    assert (await versions.by_name(flow.id, "beta")).number == 2
    assert await versions.by_name(flow.id, "gamma") is None
    assert not await versions.unlabel(MINE, flow.id, 1, "beta")
    assert await versions.label(MINE, flow.id, 9, "beta") == "unknown version"
    assert await versions.unlabel(MINE, flow.id, 2, "beta")
    assert await versions.by_name(flow.id, "beta") is None


async def test_the_chatflow_tells_which_version_is_live_at_once(stores: Any) -> None:
    flow = await stores.chatflows.create(chatflow())
    assert (await stores.chatflows.get_by_id(flow.id)).live_number is None
    await stores.chatflow_versions.label(MINE, flow.id, 1, "live")
    found = await stores.chatflows.get_by_id(flow.id)
    assert (found.live_number, found.version) == (1, 2)
    assert (await stores.chatflows.get(MINE, flow.id)) == found == (await stores.chatflows.list(MINE))[0][0]
    assert (await stores.chatflows.update(MINE, flow.id, {"flow_data": "second"})).live_number == 1
    await stores.chatflow_versions.unlabel(MINE, flow.id, 1, "live")
    found = await stores.chatflows.get_by_id(flow.id)
    assert (found.live_number, found.version) == (None, 4)


async def test_the_oldest_go_but_those_with_a_label(open_on: Any) -> None:
    stores = open_on(max_chatflow_versions=2)
    flow = await stores.chatflows.create(chatflow("1"))
    await stores.chatflow_versions.label(MINE, flow.id, 1, "first")
    for number in range(2, 7):
        await stores.chatflows.update(MINE, flow.id, {"flow_data": str(number)})
    assert await numbers(stores, flow) == [6, 5, 4, 1]
    await stores.chatflow_versions.unlabel(MINE, flow.id, 1, "first")
    await stores.chatflows.update(MINE, flow.id, {"flow_data": "7"})
    assert await numbers(stores, flow) == [7, 6, 5]


async def test_none_is_kept_where_none_is_wanted(open_on: Any) -> None:
    stores = open_on(max_chatflow_versions=0)
    flow = await stores.chatflows.create(chatflow("1"))
    await stores.chatflows.update(MINE, flow.id, {"flow_data": "2"})
    assert await numbers(stores, flow) == [2]


async def test_only_a_former_version_without_a_label_is_deleted(stores: Any) -> None:
    flow = await stores.chatflows.create(chatflow())
    await stores.chatflows.update(MINE, flow.id, {"flow_data": "second"})
    versions = stores.chatflow_versions
    await versions.label(MINE, flow.id, 1, "beta")
    assert not await versions.delete(MINE, flow.id, 1)
    assert not await versions.delete(MINE, flow.id, 2)
    await versions.unlabel(MINE, flow.id, 1, "beta")
    assert await versions.delete(MINE, flow.id, 1)
    assert not await versions.delete(MINE, flow.id, 1)
    assert await numbers(stores, flow) == [2]


async def test_labels_are_bounded(stores: Any) -> None:
    flow = await stores.chatflows.create(chatflow())
    for number in range(MOST_LABELS):
        assert await stores.chatflow_versions.label(MINE, flow.id, 1, f"l{number}") == "labelled"
    assert await stores.chatflow_versions.label(MINE, flow.id, 1, "more") == "too many labels"
    assert await stores.chatflow_versions.label(MINE, flow.id, 1, "l0") == "labelled"


async def test_saves_at_once_get_a_number_each(stores: Any) -> None:
    flow = await stores.chatflows.create(chatflow())
    saves = [stores.chatflows.update(MINE, flow.id, {"flow_data": f"save {number}"}) for number in range(8)]
    assert sorted(saved.version_number for saved in await asyncio.gather(*saves)) == list(range(2, 10))
    assert await numbers(stores, flow) == list(range(9, 0, -1))


async def test_versions_and_labels_go_with_their_chatflow(stores: Any) -> None:
    flow, other = await stores.chatflows.create(chatflow()), await stores.chatflows.create(chatflow())
    for one in (flow, other):
        await stores.chatflow_versions.label(MINE, one.id, 1, "live")
    await stores.chatflows.delete(MINE, flow.id)
    assert await stores.chatflow_versions.list(MINE, flow.id) == ([], 0)
    assert await stores.chatflow_versions.by_name(flow.id, "live") is None
    assert (await stores.chatflow_versions.by_name(other.id, "live")).number == 1
