"""What every adapter of the port ``Runs`` does."""

from __future__ import annotations

from asyncio import gather
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.chats.ports import ChatMessage, MessageFilter, PageRequest
from tradewind_server.errors import NotFound
from tradewind_server.flows.agentflow.executions import Execution, StepRecord
from tradewind_server.runs.ports import OwnerChange, RunEnd, RunFilter, RunState, RunViewer, StoredEvent, StoredRun

from .conftest import MINE, MOMENT, THEIRS, new_id

PART = PageRequest(100, True)
EVENTS = [StoredEvent(1, b'{"event":"start","data":""}'), StoredEvent(2, '{"event":"token","data":"ñ\\u0000"}'.encode())]


async def flow(stores: Any, workspace: str = MINE, key: str | None = None) -> str:
    row = Chatflow(new_id(), workspace, "f", "{}", "CHATFLOW", MOMENT, MOMENT, apikeyid=key)
    await stores.chatflows.create(row)
    return row.id


def run(chatflow_id: str, number: int = 0, **values: Any) -> StoredRun:
    moment = MOMENT + timedelta(seconds=number)
    fields = {"id": new_id(), "workspace_id": MINE, "chatflow_id": chatflow_id, "starter": "key k", "state": RunState.RUNNING}
    fields |= {"chat_id": "c ñ", "session_id": "s", "background": True, "created_date": moment, "owner": "w"}
    return StoredRun(**fields | values)


def turn_of(chatflow_id: str) -> list[ChatMessage]:
    columns = {"chatflow_id": chatflow_id, "chat_id": "c", "session_id": "s", "memory_type": "", "chat_type": "EXTERNAL"}
    return [
        ChatMessage(id=new_id(), role=role, content=role, created_date=MOMENT + timedelta(seconds=number), **columns)
        for number, role in enumerate(("userMessage", "apiMessage"))
    ]


async def test_a_run_comes_back_as_it_was_stored(stores: Any) -> None:
    row = run(await flow(stores), request='{"question": "ñ"}', restart=True)
    await stores.runs.add(row)
    assert await stores.runs.get(row.id) == row
    assert await stores.runs.get(new_id()) is None


async def test_a_run_of_a_chatflow_that_is_gone_is_not_stored(stores: Any) -> None:
    with pytest.raises(NotFound):
        await stores.runs.add(run(new_id()))
    with pytest.raises(NotFound):
        await stores.runs.add(run(await flow(stores, THEIRS)))


async def test_events_come_back_behind_any_number(stores: Any) -> None:
    row = run(await flow(stores))
    await stores.runs.add(row)
    await stores.runs.append(row.id, "w", EVENTS)
    later = [StoredEvent(3, b"{}"), StoredEvent(9, b"[]")]  # Numbers may skip.
    await stores.runs.append(row.id, "w", later)
    assert await stores.runs.events(row.id, 0, 100) == [*EVENTS, *later]
    assert await stores.runs.events(row.id, 1, 100) == [EVENTS[1], *later]
    assert await stores.runs.events(row.id, 3, 100) == later[1:]
    assert await stores.runs.events(row.id, 9, 100) == []
    assert (await stores.runs.events(row.id, 0, 1))[:1] == EVENTS[:1]
    changed = await stores.runs.get(row.id)
    assert (changed.last_event, changed.size) == (9, sum(len(one.line) for one in (*EVENTS, *later)))


async def test_the_end_is_stored_with_the_last_events(stores: Any) -> None:
    row = run(await flow(stores), state=RunState.QUEUED, request="{}")
    await stores.runs.add(row)
    await stores.runs.begin(row.id, "w", MOMENT)
    await stores.runs.end(row, "w", EVENTS, RunEnd(RunState.FAILED, MOMENT, {"text": "x"}, "INTERNAL", "why\x00"))
    ended = await stores.runs.get(row.id)
    assert (ended.state, ended.owner, ended.request, ended.ended_date) == (RunState.FAILED, None, None, MOMENT)
    assert (ended.result, ended.error_reason, ended.error_message) == ({"text": "x"}, "INTERNAL", "why\ufffd")
    assert await stores.runs.events(row.id, 0, 9) == EVENTS


async def test_another_worker_changes_nothing(stores: Any) -> None:
    row = run(await flow(stores))
    await stores.runs.add(row)
    for change in (
        stores.runs.begin(row.id, "v", MOMENT),
        stores.runs.append(row.id, "v", EVENTS),
        stores.runs.end(row, "v", EVENTS, RunEnd(RunState.FINISHED, MOMENT)),
        stores.runs.append(new_id(), "w", EVENTS),
    ):
        with pytest.raises(OwnerChange):
            await change
    assert await stores.runs.get(row.id) == row
    assert await stores.runs.events(row.id, 0, 9) == []


async def test_of_changes_that_come_together_only_those_of_another_worker_are_refused(stores: Any) -> None:
    chatflow = await flow(stores)
    mine, theirs = [run(chatflow) for _ in range(3)], run(chatflow, owner="x")
    for row in (*mine, theirs):
        await stores.runs.add(row)
    rows, end = [*mine, theirs], RunEnd(RunState.FINISHED, MOMENT)
    first = await gather(*(stores.runs.append(row.id, "w", EVENTS) for row in rows), return_exceptions=True)
    last = await gather(*(stores.runs.end(row, "w", [StoredEvent(3, b"{}")], end) for row in rows), return_exceptions=True)
    for outcomes in (first, last):
        assert [type(outcome) for outcome in outcomes] == [type(None)] * 3 + [OwnerChange]
    for row in mine:
        assert [event.number for event in await stores.runs.events(row.id, 0, 9)] == [1, 2, 3]
        assert (await stores.runs.get(row.id)).state is RunState.FINISHED
    assert await stores.runs.get(theirs.id) == theirs
    assert await stores.runs.events(theirs.id, 0, 9) == []


async def test_an_end_without_events_keeps_the_number_of_the_last(stores: Any) -> None:
    row = run(await flow(stores))
    await stores.runs.add(row)
    await stores.runs.append(row.id, "w", EVENTS)
    await stores.runs.end(row, "w", [], RunEnd(RunState.FAILED, MOMENT, None, "INTERNAL", "No."))
    ended = await stores.runs.get(row.id)
    assert (ended.last_event, ended.size) == (2, sum(len(event.line) for event in EVENTS))


async def test_a_waiting_run_goes_on_once_and_keeps_what_it_was(stores: Any) -> None:
    execution = new_id()
    row = run(await flow(stores), execution_id=execution, request="{}", started_date=MOMENT)
    await stores.runs.add(row)
    assert await stores.runs.waiting(MINE, execution) is None
    await stores.runs.end(row, "w", EVENTS, RunEnd(RunState.WAITING, MOMENT, {"text": "Go on?"}))
    waiting = await stores.runs.waiting(MINE, execution)
    assert (waiting.state, waiting.owner, waiting.ended_date, waiting.result) == (
        RunState.WAITING,
        None,
        None,
        {"text": "Go on?"},
    )
    assert await stores.runs.waiting(THEIRS, execution) is None
    assert not await stores.runs.delete(row.id)
    going = replace(waiting, state=RunState.RUNNING, owner="v", request='{"question": "ñ"}')
    assert await stores.runs.go_on(going)
    assert not await stores.runs.go_on(replace(going, owner="w"))
    assert not await stores.runs.cancel_waiting(row.id, MOMENT)
    assert await stores.runs.get(row.id) == replace(going, result=None)


async def test_a_waiting_run_is_cancelled_from_outside(stores: Any) -> None:
    row = run(await flow(stores), execution_id=new_id())
    await stores.runs.add(row)
    await stores.runs.end(row, "w", EVENTS, RunEnd(RunState.WAITING, MOMENT))
    assert await stores.runs.cancel_waiting(row.id, MOMENT)
    assert not await stores.runs.cancel_waiting(row.id, MOMENT)
    ended = await stores.runs.get(row.id)
    assert (ended.state, ended.ended_date) == (RunState.CANCELLED, MOMENT)
    assert await stores.runs.delete(row.id)


async def test_a_turn_is_stored_by_the_worker_that_has_its_run_and_by_nobody_else(stores: Any) -> None:
    chatflow = await flow(stores)
    row = run(chatflow)
    await stores.runs.add(row)
    turn = turn_of(chatflow)
    with pytest.raises(OwnerChange):
        await stores.runs.add_turn(row, "v", turn)
    filters = MessageFilter(chatflow)
    assert (await stores.chat_messages.list(MINE, filters, PART)).messages == []
    await stores.runs.add_turn(row, "w", turn)
    assert len((await stores.chat_messages.list(MINE, filters, PART)).messages) == 2
    assert (await stores.runs.get(row.id)).message_id == turn[1].id


async def test_a_turn_is_stored_with_the_end_of_its_run_or_not_at_all(stores: Any) -> None:
    row = run(await flow(stores))
    await stores.runs.add(row)
    turn = turn_of(row.chatflow_id)
    end = RunEnd(RunState.FINISHED, MOMENT, {"text": "x"}, messages=turn)
    with pytest.raises(OwnerChange):
        await stores.runs.end(row, "v", EVENTS, end)
    filters = MessageFilter(row.chatflow_id)
    assert (await stores.chat_messages.list(MINE, filters, PART)).messages == []
    await stores.runs.end(row, "w", EVENTS, end)
    page = await stores.chat_messages.list(MINE, filters, PART)
    assert {message.id for message in page.messages} == {message.id for message in turn}
    assert (await stores.runs.get(row.id)).message_id == turn[1].id


async def test_a_run_becomes_another_execution(stores: Any) -> None:
    row = run(await flow(stores), execution_id=new_id())
    await stores.runs.add(row)
    other = new_id()
    with pytest.raises(OwnerChange):
        await stores.runs.join(row.id, "v", other, MOMENT)
    await stores.runs.join(row.id, "w", other, MOMENT)
    assert (await stores.runs.get(row.id)).execution_id == other


async def test_executions_that_are_runs_are_no_orphans_while_somebody_has_the_run(stores: Any) -> None:
    chatflow = await flow(stores)
    row = run(chatflow, execution_id=new_id())
    await stores.runs.add(row)
    long_ago = MOMENT - timedelta(days=3000)
    execution = Execution(row.execution_id, MINE, chatflow, "s", "INPROGRESS", long_ago, long_ago, lease_date=long_ago)
    await stores.executions.create(MINE, execution, [StepRecord("turn", {})])
    assert await stores.executions.under_way(10) == []
    await stores.runs.end(row, "w", EVENTS, RunEnd(RunState.FAILED, MOMENT))
    assert [one.id for one in await stores.executions.under_way(10)] == [execution.id]
    await stores.executions.close(MINE, execution.id, 1, "ERROR", "[]", MOMENT)


async def test_an_end_is_told_until_it_is_settled_by_one_worker_at_a_time(stores: Any) -> None:
    chatflow, long_ago = await flow(stores), MOMENT - timedelta(days=2000)
    hook = {"url": "https://example.com/ñ", "credential": "c"}
    row, waits, plain = run(chatflow, webhook=hook), run(chatflow, webhook=hook), run(chatflow)
    for one in (row, waits, plain):
        await stores.runs.add(one)
    await stores.runs.end(waits, "w", EVENTS, RunEnd(RunState.WAITING, long_ago))
    await stores.runs.end(plain, "w", EVENTS, RunEnd(RunState.FINISHED, long_ago))
    assert await stores.runs.due_webhooks(long_ago, 10) == []
    await stores.runs.end(row, "w", EVENTS, RunEnd(RunState.FINISHED, long_ago, {"text": "x"}))
    await stores.runs.cancel_waiting(waits.id, long_ago + timedelta(seconds=1))
    (due,) = await stores.runs.due_webhooks(long_ago, 10)
    assert (due.id, due.webhook, due.result, due.webhook_attempts) == (row.id, hook, {"text": "x"}, 0)
    assert len(await stores.runs.due_webhooks(long_ago + timedelta(seconds=1), 10)) == 2
    assert await stores.runs.claim_webhook(due, MOMENT)
    assert not await stores.runs.claim_webhook(due, MOMENT)
    assert await stores.runs.due_webhooks(long_ago, 10) == []
    for next_date in (long_ago, None):
        await stores.runs.settle_webhook(row.id, next_date)
        assert [one.webhook_attempts for one in await stores.runs.due_webhooks(long_ago, 10)] == [1] * (next_date is not None)
    await stores.runs.settle_webhook(waits.id, None)


async def test_lists_show_what_the_viewer_may_read_newest_first(stores: Any) -> None:
    keyed, other = await flow(stores, key="k2"), await flow(stores)
    rows = [run(keyed, 0, starter="admin"), run(other, 1), run(other, 2, starter="key k3", state=RunState.FAILED)]
    for row in rows:
        await stores.runs.add(row)

    async def listed(viewer: RunViewer, **filters: Any) -> list[str]:
        page = await stores.runs.list(viewer, RunFilter(**filters), PART)
        return [row.id for row in page.runs]

    ids = [row.id for row in rows]
    admin = RunViewer(MINE)
    assert await listed(admin) == ids[::-1]
    assert await listed(RunViewer(MINE, "k")) == [ids[1]]
    assert await listed(RunViewer(MINE, "k2")) == [ids[0]]
    assert await listed(RunViewer(THEIRS)) == []
    assert await listed(admin, chatflow_id=other, states=[RunState.FAILED, RunState.QUEUED]) == [ids[2]]
    assert await listed(admin, chat_id="c") == []
    assert await listed(admin, start_date=rows[1].created_date, end_date=rows[1].created_date) == [ids[1]]
    page = await stores.runs.list(admin, RunFilter(), PageRequest(2, True))
    assert [row.id for row in page.runs] == ids[:0:-1]
    rest = await stores.runs.list(admin, RunFilter(), replace(PART, after=page.next))
    assert ([row.id for row in rest.runs], rest.next) == (ids[:1], None)


async def test_a_worker_finds_the_runs_that_it_shall_stop(stores: Any) -> None:
    chatflow = await flow(stores)
    running, ended = run(chatflow), run(chatflow, state=RunState.FINISHED)
    for row in (running, ended):
        await stores.runs.add(row)
        await stores.runs.ask_to_cancel(row.id)
    assert await stores.runs.to_cancel("w") == [running.id]
    assert await stores.runs.to_cancel("v") == []


async def test_only_what_has_ended_is_deleted_and_its_events_go_with_it(stores: Any) -> None:
    row = run(await flow(stores))
    await stores.runs.add(row)
    assert not await stores.runs.delete(row.id)
    await stores.runs.end(row, "w", EVENTS, RunEnd(RunState.FINISHED, MOMENT))
    assert await stores.runs.delete(row.id)
    assert await stores.runs.events(row.id, 0, 9) == []
    assert not await stores.runs.delete(row.id)


async def test_old_runs_are_deleted_some_at_a_time(stores: Any) -> None:
    chatflow = await flow(stores)
    rows = [run(chatflow, number, state=RunState.FINISHED, ended_date=MOMENT + timedelta(days=number)) for number in range(4)]
    for row in (*rows, run(chatflow)):
        await stores.runs.add(row)
    before = MOMENT + timedelta(days=2, hours=1)
    assert await stores.runs.delete_ended(before, 2) == 2
    assert await stores.runs.delete_ended(before, 2) == 1
    left = await stores.runs.list(RunViewer(MINE), RunFilter(), PART)
    assert {row.id for row in left.runs} & {row.id for row in rows} == {rows[3].id}


async def test_runs_go_with_their_chatflow(stores: Any) -> None:
    row = run(await flow(stores))
    await stores.runs.add(row)
    await stores.runs.append(row.id, "w", EVENTS)
    await stores.chatflows.delete(MINE, row.chatflow_id)
    assert await stores.runs.get(row.id) is None


async def test_runs_of_a_dead_worker_go_to_one_other(stores: Any) -> None:
    chatflow = await flow(stores)
    running, waiting = run(chatflow), run(chatflow, 1, state=RunState.QUEUED)
    for row in (running, waiting, run(chatflow, owner="v")):
        await stores.runs.add(row)
    assert await stores.runs.of_owner("w") == [running, waiting]
    assert await stores.runs.take_over(running, "x")
    assert not await stores.runs.take_over(running, "y")
    assert await stores.runs.take_over(waiting, "x")
    assert [(row.id, row.restarts) for row in await stores.runs.of_owner("x")] == [(running.id, 1), (waiting.id, 0)]
    with pytest.raises(OwnerChange):
        await stores.runs.append(running.id, "w", EVENTS)


async def test_workers_count_their_beats(stores: Any) -> None:
    for worker in ("w", "v", "w"):
        await stores.run_workers.beat(worker)
    assert await stores.run_workers.beats() == {"w": 2, "v": 1}
    await stores.run_workers.remove("w")
    await stores.run_workers.remove("w")
    assert await stores.run_workers.beats() == {"v": 1}


async def test_events_that_are_stored_twice_are_there_once(stores: Any) -> None:
    """As where the connection broke at the commit, and nobody knew whether it came through."""
    row = run(await flow(stores))
    await stores.runs.add(row)
    for _ in range(2):
        await stores.runs.append(row.id, "w", EVENTS)
    assert await stores.runs.events(row.id, 0, 100) == EVENTS
