"""What every adapter of the port ``RecordManager`` does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.ingest.ports import RecordEntry, StaleRecord, namespace_of

from .conftest import MINE, MOMENT, THEIRS, new_id

FLOW = new_id()
SPACE = namespace_of(FLOW, "docs")
LATER = MOMENT + timedelta(seconds=1)
LONG = "https://example.org/" + "ä" * 20_000


def entries(count: int, group: str | None = "a.txt") -> list[RecordEntry]:
    return [RecordEntry(f"key-{number:05}", group, f"point-{number:05}") for number in range(count)]


async def test_what_was_put_is_known(stores: Any) -> None:
    await stores.records.put(MINE, SPACE, entries(3), MOMENT)
    assert await stores.records.lookup(MINE, SPACE, ["key-00000", "key-00002", "other"]) == {"key-00000", "key-00002"}
    assert await stores.records.lookup(MINE, SPACE, []) == set()


async def test_scopes_do_not_mix(stores: Any) -> None:
    await stores.records.put(MINE, SPACE, entries(2), MOMENT)
    for workspace, space in ((THEIRS, SPACE), (MINE, namespace_of(FLOW, "other"))):
        assert await stores.records.lookup(workspace, space, ["key-00000"]) == set()
        assert await stores.records.stale(workspace, space, LATER, None, 10) == []
        await stores.records.remove(workspace, space, ["key-00000"])
        await stores.records.put(workspace, space, entries(1), LATER)
    assert await stores.records.stale(MINE, SPACE, LATER, None, 10) == [
        StaleRecord("key-00000", "point-00000"),
        StaleRecord("key-00001", "point-00001"),
    ]


async def test_only_what_was_not_confirmed_is_stale(stores: Any) -> None:
    await stores.records.put(
        MINE, SPACE, [*entries(2, "a.txt"), RecordEntry("k", "b.txt", "p"), RecordEntry("n", None, "q")], MOMENT
    )
    await stores.records.put(MINE, SPACE, entries(1, "a.txt"), LATER)
    everything = await stores.records.stale(MINE, SPACE, LATER, None, 10)
    assert sorted(record.key for record in everything) == ["k", "key-00001", "n"]
    assert await stores.records.stale(MINE, SPACE, LATER, ["a.txt", "c.txt"], 10) == [StaleRecord("key-00001", "point-00001")]
    assert await stores.records.stale(MINE, SPACE, LATER, [], 10) == []
    assert await stores.records.stale(MINE, SPACE, MOMENT, None, 10) == []


async def test_a_known_key_takes_the_new_group_and_point(stores: Any) -> None:
    await stores.records.put(MINE, SPACE, [RecordEntry("k", "a.txt", "p1")], MOMENT)
    await stores.records.put(MINE, SPACE, [("k", "b.txt", "p2")], MOMENT)
    assert await stores.records.stale(MINE, SPACE, LATER, ["a.txt"], 10) == []
    assert await stores.records.stale(MINE, SPACE, LATER, ["b.txt"], 10) == [StaleRecord("k", "p2")]


async def test_thousands_of_keys_at_once(stores: Any) -> None:
    many = entries(5000)
    await stores.records.put(MINE, SPACE, many, MOMENT)
    keys = [entry.key for entry in many]
    assert await stores.records.lookup(MINE, SPACE, [*keys, "other"]) == set(keys)
    assert len(await stores.records.stale(MINE, SPACE, LATER, None, 4000)) == 4000
    groups = [f"group-{number}" for number in range(3000)] + ["a.txt"]
    assert len(await stores.records.stale(MINE, SPACE, LATER, groups, 4000)) == 4000
    await stores.records.remove(MINE, SPACE, keys[:4999])
    assert await stores.records.lookup(MINE, SPACE, keys) == {keys[-1]}


async def test_groups_of_any_length_and_any_characters(stores: Any) -> None:
    await stores.records.put(MINE, SPACE, [RecordEntry("k", LONG, "p"), RecordEntry("n", "a\x00b\ud800", "q")], MOMENT)
    assert await stores.records.stale(MINE, SPACE, LATER, [LONG], 10) == [StaleRecord("k", "p")]
    assert await stores.records.stale(MINE, SPACE, LATER, ["a\x00b\ud800"], 10) == [StaleRecord("n", "q")]


async def test_records_go_with_their_chatflow(stores: Any) -> None:
    flow = Chatflow(FLOW, MINE, "Flow", "{}", "CHATFLOW", MOMENT, MOMENT)
    await stores.chatflows.create(flow)
    other = namespace_of(new_id(), "docs")
    await stores.records.put(MINE, SPACE, entries(2), MOMENT)
    await stores.records.put(MINE, other, entries(2), MOMENT)
    assert await stores.chatflows.delete(MINE, FLOW) == 1
    assert await stores.records.stale(MINE, SPACE, LATER, None, 10) == []
    assert len(await stores.records.stale(MINE, other, LATER, None, 10)) == 2
