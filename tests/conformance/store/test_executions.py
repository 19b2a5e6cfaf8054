"""The ports ``Executions`` and ``Checkpoints`` over either database."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update
from tradewind_server.chats.ports import ChatMessage, MessageFilter, PageRequest
from tradewind_server.errors import Conflict, FailedPrecondition, Reason
from tradewind_server.flows.agentflow.executions import Execution, ExecutionFilter, StepRecord
from tradewind_server.store.execution_tables import CheckpointRow
from tradewind_server.store.repositories.repository import table_of
from tradewind_server.store.stores import Stores

from .conftest import MINE, MOMENT, THEIRS

FLOW = "11111111-2222-4333-8444-555555555555"
FIRST = StepRecord("turn", {"text": "hi"})


def execution(session: str = "s", seconds: int = 0, workspace: str = MINE) -> Execution:
    moment = MOMENT + timedelta(seconds=seconds)
    return Execution(str(uuid.uuid4()), workspace, FLOW, session, "INPROGRESS", moment, moment, lease_date=moment)


def question_in(row: Execution) -> ChatMessage:
    """The message in which a run asks a person."""
    return ChatMessage(
        str(uuid.uuid4()),
        "apiMessage",
        FLOW,
        "Shall I?",
        "c",
        row.created_date,
        session_id=row.session_id,
        execution_id=row.id,
        action={"id": "1"},
    )


async def added(stores: Stores, *rows: Execution) -> None:
    for row in rows:
        await stores.executions.create(row.workspace_id, row, [FIRST])


async def test_an_execution_comes_back_and_belongs_to_its_workspace(stores: Stores) -> None:
    row = execution()
    await added(stores, row)
    assert await stores.executions.get(MINE, row.id) == row
    assert await stores.executions.get(THEIRS, row.id) is None
    assert await stores.executions.publish(THEIRS, row.id, True, MOMENT) is None
    assert await stores.executions.delete(THEIRS, [row.id]) == 0
    assert await stores.executions.newest(THEIRS, FLOW, "s") is None
    assert (await stores.executions.list(THEIRS, ExecutionFilter(), 0, 10)).total == 0


async def test_the_newest_of_a_session(stores: Stores) -> None:
    first, second, other = execution("a"), execution("a", 1), execution("b", 2)
    await added(stores, first, second, other)
    assert await stores.executions.newest(MINE, FLOW, "a") == second
    assert await stores.executions.newest(MINE, FLOW, "c") is None


async def test_lists_are_filtered_and_paged(stores: Stores) -> None:
    rows = [execution(f"s{number}", number) for number in range(5)]
    await added(stores, *rows)
    page = await stores.executions.list(MINE, ExecutionFilter(), 1, 2)
    assert ([one.id for one in page.executions], page.total) == ([rows[3].id, rows[2].id], 5)
    for filters, count in (
        (ExecutionFilter(session_id="s1"), 1),
        (ExecutionFilter(id=rows[0].id), 1),
        (ExecutionFilter(state="STOPPED"), 0),
        (ExecutionFilter(chatflow_name="nothing"), 0),
        (ExecutionFilter(start_date=rows[3].created_date), 2),
        (ExecutionFilter(end_date=rows[3].created_date), 4),
    ):
        assert (await stores.executions.list(MINE, filters, 0, 10)).total == count


async def test_of_two_that_go_on_at_once_one_wins(stores: Stores) -> None:
    row = execution()
    await added(stores, row)
    assert await stores.executions.begin_again(MINE, row.id, "me", MOMENT) is None
    await stores.executions.close(MINE, row.id, 1, "STOPPED", "[1]", MOMENT)
    stopped = await stores.executions.get(MINE, row.id)
    assert stopped is not None
    assert (stopped.state, stopped.execution_data, stopped.stopped_date) == ("STOPPED", "[1]", MOMENT)
    assert [one.key for one in await stores.checkpoints.load(MINE, row.id, 10)] == ["turn"]
    wins = await asyncio.gather(*(stores.executions.begin_again(MINE, row.id, "me", MOMENT, epoch=1) for _ in range(4)))
    assert sorted(wins, key=str) == [2, None, None, None]
    await stores.executions.close(MINE, row.id, 2, "STOPPED", "[2]", MOMENT)
    assert await stores.executions.begin_again(MINE, row.id, "me", MOMENT, epoch=1) is None, "it stopped anew since"


async def test_records_go_with_the_end_of_a_run(stores: Stores) -> None:
    row = execution()
    await added(stores, row)
    for text in ("one", "two"):
        await stores.checkpoints.add(MINE, row.id, 1, StepRecord("00001", {"text": text}))
    records = await stores.checkpoints.load(MINE, row.id, 10)
    assert [(one.key, one.data) for one in records] == [("00001", {"text": "two"}), ("turn", {"text": "hi"})]
    assert await stores.checkpoints.load(THEIRS, row.id, 10) == []
    await stores.executions.close(MINE, row.id, 1, "FINISHED", "[]", MOMENT)
    assert await stores.checkpoints.load(MINE, row.id, 10) == []


async def test_a_record_that_is_no_object_is_refused(stores: Stores) -> None:
    row = execution()
    await added(stores, row)
    table = table_of(CheckpointRow)
    await stores.database.write(lambda connection: connection.execute(update(table).values(data="}{")) and None)
    with pytest.raises(FailedPrecondition):
        await stores.checkpoints.load(MINE, row.id, 10)


async def test_runs_that_nobody_has_are_claimed_once(stores: Stores) -> None:
    mine, lost = replace(execution("a"), owner="me"), replace(execution("b"), owner="somebody else")
    await added(stores, mine, lost)
    later = MOMENT + timedelta(seconds=10)
    await stores.executions.hold("me", [mine.id, lost.id], later)
    leases = {lease.id: lease for lease in await stores.executions.under_way(10)}
    assert (leases[mine.id].lease_date, leases[lost.id].lease_date) == (later, MOMENT)
    orphan = await stores.executions.get(MINE, lost.id)
    assert orphan is not None
    wins = await asyncio.gather(*(stores.executions.claim(orphan, "me", later + timedelta(seconds=n)) for n in range(3)))
    assert sorted(wins, key=str) == [2, None, None]
    row = await stores.executions.get(MINE, orphan.id)
    assert row is not None
    assert (row.owner, row.epoch) == ("me", 2)
    [first, _] = await stores.executions.under_way(10)
    assert first.id == mine.id, "the one of which was last said longest ago"


async def test_a_public_execution_is_there_for_all(stores: Stores) -> None:
    row = execution()
    await added(stores, row)
    assert await stores.executions.get_public(row.id) is None
    shown = await stores.executions.publish(MINE, row.id, True, MOMENT + timedelta(seconds=1))
    assert shown == replace(row, is_public=True, updated_date=MOMENT + timedelta(seconds=1))
    assert await stores.executions.get_public(row.id) == shown
    assert await stores.executions.delete(MINE, [row.id, str(uuid.uuid4())]) == 1
    assert await stores.checkpoints.load(MINE, row.id, 10) == []


async def test_the_question_to_a_person_goes_once_it_is_answered(stores: Stores) -> None:
    row, other = execution("s"), execution("s", 1)
    await added(stores, row, other)
    await stores.chat_messages.add(MINE, [question_in(row), question_in(other)])
    await stores.executions.close(MINE, row.id, 1, "STOPPED", "[1]", MOMENT)
    assert await stores.executions.begin_again(MINE, row.id, "me", MOMENT) == 2
    page = await stores.chat_messages.list(MINE, MessageFilter(FLOW), PageRequest(10))
    assert [(one.execution_id, one.action) for one in page.messages] == [(row.id, None), (other.id, {"id": "1"})]


async def test_whoever_had_a_run_before_writes_it_no_more(stores: Stores) -> None:
    row = replace(execution(), owner="first")
    await added(stores, row)
    await stores.checkpoints.add(MINE, row.id, 1, StepRecord("00001", {"by": "first"}))
    await stores.checkpoints.confirm(MINE, row.id, 1)
    assert await stores.executions.claim(row, "second", MOMENT) == 2
    for write in (
        stores.checkpoints.add(MINE, row.id, 1, StepRecord("00001", {"by": "first again"})),
        stores.checkpoints.add(MINE, row.id, 1, StepRecord("00002", {"by": "first again"})),
        stores.checkpoints.confirm(MINE, row.id, 1),
        stores.executions.close(MINE, row.id, 1, "FINISHED", "[]", MOMENT),
    ):
        with pytest.raises(Conflict) as error:
            await write
        assert error.value.reason is Reason.RUN_INTERRUPTED
    records = await stores.checkpoints.load(MINE, row.id, 10)
    assert [(one.key, one.data) for one in records] == [("00001", {"by": "first"}), ("turn", {"text": "hi"})]
    await stores.checkpoints.add(MINE, row.id, 2, StepRecord("00002", {"by": "second"}))
    await stores.executions.close(MINE, row.id, 2, "FINISHED", "[]", MOMENT)


async def test_records_that_come_at_once_with_a_take_over_are_seen_by_it_or_refused(stores: Stores) -> None:
    row = replace(execution(), owner="first")
    await added(stores, row)

    async def write(number: int) -> bool:
        try:
            await stores.checkpoints.add(MINE, row.id, 1, StepRecord(f"{number:05}", {}))
        except Conflict:
            return False
        return True

    async def take() -> set[str]:
        assert await stores.executions.claim(row, "second", MOMENT) == 2
        return {one.key for one in await stores.checkpoints.load(MINE, row.id, 100)}

    *safe, seen = await asyncio.gather(*map(write, range(20)), take(), return_exceptions=False)
    assert {f"{number:05}" for number, is_safe in enumerate(safe) if is_safe} == seen - {"turn"}


async def test_of_records_that_come_together_only_those_of_an_older_process_are_refused(stores: Stores) -> None:
    kept, lost, gone = rows = [execution(), execution(), execution()]
    await asyncio.gather(*(added(stores, row) for row in rows))
    assert await stores.executions.claim(lost, "another", MOMENT) == 2
    await stores.executions.delete(MINE, [gone.id])
    record = StepRecord("00001", {"node": "n"})
    puts = [stores.checkpoints.add(MINE, row.id, 1, record) for row in (*rows, kept)]
    outcomes = await asyncio.gather(*puts, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [type(None), Conflict, type(None), type(None)]
    found = [await stores.checkpoints.load(MINE, row.id, 10) for row in rows]
    assert found == [[record, FIRST], [FIRST], []]
    ends = [stores.executions.close(MINE, row.id, 1, "FINISHED", "[]", MOMENT) for row in rows]
    outcomes = await asyncio.gather(*ends, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [type(None), Conflict, type(None)]
    assert await stores.checkpoints.load(MINE, kept.id, 10) == []
    assert await stores.checkpoints.load(MINE, lost.id, 10) == [FIRST]


async def test_an_execution_that_was_deleted_takes_no_records(stores: Stores) -> None:
    row = execution()
    await added(stores, row)
    assert await stores.executions.delete(MINE, [row.id]) == 1
    await stores.checkpoints.add(MINE, row.id, 1, StepRecord("00001", {}))
    await stores.checkpoints.confirm(MINE, row.id, 1)
    await stores.executions.close(MINE, row.id, 1, "FINISHED", "[]", MOMENT)
    assert await stores.checkpoints.load(MINE, row.id, 10) == []


async def test_a_run_that_failed_may_keep_its_records_for_another_attempt(stores: Stores) -> None:
    row = execution()
    await added(stores, row)
    await stores.executions.close(MINE, row.id, 1, "ERROR", "[]", MOMENT, keep=True)
    assert [one.key for one in await stores.checkpoints.load(MINE, row.id, 10)] == ["turn"]
    assert await stores.executions.begin_again(MINE, row.id, "me", MOMENT) == 2
    await stores.executions.close(MINE, row.id, 2, "FINISHED", "[]", MOMENT)
    assert await stores.executions.begin_again(MINE, row.id, "me", MOMENT) is None
