"""Runs and their events in the relational store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Update, bindparam, case, delete, func, null, or_, select, update

from tradewind_server.chatflows.ids import not_found
from tradewind_server.chats.ports import ChatMessage, PageRequest, Position
from tradewind_server.runs.ports import (
    ACTIVE_STATES,
    OPEN_STATES,
    OwnerChange,
    RunEnd,
    RunFilter,
    RunPage,
    RunState,
    RunViewer,
    StoredEvent,
    StoredRun,
)
from tradewind_server.store.dialects.dialect import Rows, SharedWork
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.lists import part_of, within
from tradewind_server.store.repositories.message_rows import row_of
from tradewind_server.store.repositories.repository import Repository, dump, load, storable, table_of
from tradewind_server.store.repositories.run_events import counts_of, deletions, rows_of_events
from tradewind_server.store.run_tables import RunEventRow, RunRow, RunWorkerRow
from tradewind_server.store.tables import ChatflowRow, ChatMessageRow

COLUMNS = tuple(field.name for field in fields(StoredRun))
LISTED_COLUMNS = tuple(name for name in COLUMNS if name not in ("request", "result"))


class RunChange(NamedTuple):
    """A change of a run by the worker that has it: values of the statement's parameters, and rows of events and messages that
    come with it."""

    run_id: str
    owner: str
    values: Mapping[str, Any]
    events: Rows = ()
    messages: Rows = ()
    last: int | None = None
    """Number of the last event of a batch. One that is there already is passed over: a batch comes a second time where nobody
    knew whether the first commit came through."""


class SqlRuns(Repository):
    """The port ``Runs`` over SQL."""

    def __init__(self, database: Database, max_list: int = 1000) -> None:
        super().__init__(database, RunRow)
        self._max_list = max_list
        self._events = table_of(RunEventRow)
        self._chatflows = table_of(ChatflowRow)
        self._messages = table_of(ChatMessageRow)
        columns, events = self._table.c, self._events.c
        dialect = database.dialect
        # Whoever takes a run over waits, or came first.
        self._holders = dialect.locked_rows(self._table, columns.owner, columns.last_event)
        mine = update(self._table).where(columns.id == bindparam("run"))
        self._begin = self._change(
            mine.values(state=RunState.RUNNING.value, started_date=func.coalesce(columns.started_date, bindparam("moment")))
        )
        self._count = self._change(mine.values(last_event=bindparam("last"), size=columns.size + bindparam("more")))
        self._turn = self._change(mine.values(message_id=bindparam("answer")))
        self._insert, self._insert_events, self._insert_messages = map(
            dialect.insertion, (self._table, self._events, self._messages)
        )
        # A deletion of the chatflow waits, and then takes the run along.
        self._workspaces = dialect.locked_rows(self._chatflows, self._chatflows.c.workspace_id, for_reference=True)
        self._end = self._change(mine.values(**self._values_of_end()))
        self._select = select(self._table).where(columns.id == bindparam("run"))
        self._to_cancel = select(columns.id).where(columns.owner == bindparam("holder"), columns.cancel)
        self._due = (
            select(self._table)
            .where(columns.webhook_date <= bindparam("moment"))
            .order_by(columns.webhook_date)
            .limit(bindparam("most"))
        )
        self._select_events = (
            select(events.first, events.last, events.lines)
            .where(events.run_id == bindparam("run"), events.last > bindparam("after"))
            .order_by(events.first)
            .limit(bindparam("rows"))
        )

    def _values_of_end(self) -> dict[str, Any]:
        columns = self._table.c
        over = bindparam("over", type_=columns.ended_date.type)
        return {
            "state": bindparam("new_state"),
            "last_event": func.coalesce(bindparam("last", type_=columns.last_event.type), columns.last_event),
            "size": columns.size + bindparam("more"),
            "ended_date": over,
            "started_date": func.coalesce(columns.started_date, bindparam("moment", type_=columns.started_date.type)),
            "result": bindparam("answer"),
            "error_reason": bindparam("reason"),
            "error_message": bindparam("message"),
            "message_id": func.coalesce(bindparam("said", type_=columns.message_id.type), columns.message_id),
            "owner": null(),
            "request": null(),
            "cancel": False,
            "webhook_date": case((columns.webhook.is_not(None), over), else_=None),
        }

    def _change(self, statement: Update) -> SharedWork[RunChange, bool]:
        """Changes with a statement made once, for all that wait: making it for each would cost more than the database takes.

        False for those whose run is another's: nothing of theirs is stored.
        """
        change_all = self._database.dialect.change(statement)

        def work(connection: Connection, changes: Sequence[RunChange]) -> Sequence[bool]:
            holders = self._holders(connection, {change.run_id for change in changes})
            outcomes = [change.run_id in holders and holders[change.run_id][0] == change.owner for change in changes]
            own = [
                change
                for change, is_mine in zip(changes, outcomes, strict=True)
                if is_mine and (change.last is None or holders[change.run_id][1] < change.last)
            ]
            if own:
                change_all(connection, [change.values for change in own])
            if events := [change.events for change in own if change.events]:
                self._insert_events(connection, events)
            if messages := [change.messages for change in own if change.messages]:
                self._insert_messages(connection, messages)
            return outcomes

        return work

    async def add(self, run: StoredRun) -> None:
        values = {name: getattr(run, name) for name in COLUMNS} | {"state": run.state.value, "result": dump(run.result)}
        values["webhook"] = dump(run.webhook)
        values["request"] = None if run.request is None else storable(run.request)
        if not await self._database.write_together(self._add_all, values):
            raise not_found(run.chatflow_id)

    def _add_all(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> Sequence[bool]:
        """Store the runs that start together; False for those whose chatflow is gone."""
        workspaces = self._workspaces(connection, {row["chatflow_id"] for row in rows})
        outcomes = [workspaces.get(row["chatflow_id"]) == (row["workspace_id"],) for row in rows]
        if new := [[row] for row, is_there in zip(rows, outcomes, strict=True) if is_there]:
            self._insert(connection, new)
        return outcomes

    async def get(self, run_id: str) -> StoredRun | None:
        def work(connection: Connection) -> StoredRun | None:
            row = connection.execute(self._select, {"run": run_id}).first()
            return None if row is None else _run(row)

        return await self._database.lookup(work)

    async def list(self, viewer: RunViewer, filters: RunFilter, part: PageRequest) -> RunPage:
        columns = self._table.c
        statement = select(*(columns[name] for name in LISTED_COLUMNS)).where(self._mine(viewer.workspace_id))
        if viewer.key_id is not None:
            of_key = select(self._chatflows.c.id).where(self._chatflows.c.apikeyid == viewer.key_id)
            statement = statement.where(or_(columns.starter == f"key {viewer.key_id}", columns.chatflow_id.in_(of_key)))
        if filters.chatflow_id is not None:
            statement = statement.where(columns.chatflow_id == filters.chatflow_id)
        if filters.states:
            statement = statement.where(columns.state.in_([state.value for state in filters.states]))
        if filters.chat_id is not None:
            statement = statement.where(columns.chat_id == filters.chat_id)
        statement = statement.where(*within(columns.created_date, filters.start_date, filters.end_date))
        bounded = replace(part, limit=min(part.limit, self._max_list), descending=True)
        statement = part_of(statement, bounded, (columns.created_date, columns.id))

        def work(connection: Connection) -> RunPage:
            rows = connection.execute(statement).all()
            page_rows = rows[: bounded.limit]
            following = Position(page_rows[-1].created_date, page_rows[-1].id) if len(rows) > len(page_rows) else None
            return RunPage([_run(row) for row in page_rows], following)

        return await self._database.read(work)

    async def begin(self, run_id: str, owner: str, date: datetime) -> None:
        await self._write(self._begin, RunChange(run_id, owner, {"run": run_id, "moment": date}))

    async def join(self, run_id: str, owner: str, execution_id: str, date: datetime) -> None:
        columns = self._table.c
        statement = update(self._table).where(columns.id == run_id, columns.owner == owner).values(execution_id=execution_id)
        end = self._end_of_waiting(execution_id, date)

        def work(connection: Connection) -> bool:
            is_mine = connection.execute(statement).rowcount == 1
            if is_mine:
                connection.execute(end)
            return is_mine

        if not await self._database.write(work):
            raise OwnerChange

    async def finish_waiting(self, workspace_id: str, execution_id: str, date: datetime) -> None:
        statement = self._end_of_waiting(execution_id, date).where(self._mine(workspace_id))
        await self._database.write(lambda connection: connection.execute(statement) and None)

    def _end_of_waiting(self, execution_id: str, date: datetime) -> Update:
        columns = self._table.c
        return (
            update(self._table)
            .where(columns.execution_id == execution_id, columns.state == RunState.WAITING.value)
            .values(state=RunState.FINISHED.value, ended_date=date, webhook_date=self._end_told(date))
        )

    async def _write(self, work: SharedWork[RunChange, bool], change: RunChange) -> None:
        if not await self._database.write_together(work, change):
            raise OwnerChange

    async def waiting(self, workspace_id: str, execution_id: str) -> StoredRun | None:
        columns = self._table.c
        is_waiting = (columns.execution_id == execution_id, columns.state == RunState.WAITING.value)
        statement = select(self._table).where(self._mine(workspace_id), *is_waiting)

        def work(connection: Connection) -> StoredRun | None:
            row = connection.execute(statement).first()
            return None if row is None else _run(row)

        return await self._database.lookup(work)

    async def go_on(self, run: StoredRun) -> bool:
        request = None if run.request is None else storable(run.request)
        return await self._leave_waiting(
            run.id, {"state": run.state.value, "owner": run.owner, "request": request, "result": None, "message_id": None}
        )

    async def cancel_waiting(self, run_id: str, date: datetime) -> bool:
        return await self._leave_waiting(
            run_id, {"state": RunState.CANCELLED.value, "ended_date": date, "webhook_date": self._end_told(date)}
        )

    def _end_told(self, date: datetime) -> Any:
        """The date of an end where somebody is to be told of it."""
        return case((self._table.c.webhook.is_not(None), date), else_=None)

    async def due_webhooks(self, moment: datetime, most: int) -> Sequence[StoredRun]:
        values = {"moment": moment, "most": most}
        return await self._database.lookup(lambda connection: [_run(row) for row in connection.execute(self._due, values)])

    async def claim_webhook(self, run: StoredRun, until: datetime) -> bool:
        columns = self._table.c
        statement = (
            update(self._table)
            .where(columns.id == run.id, columns.webhook_date == run.webhook_date)
            .values(webhook_date=until, webhook_attempts=columns.webhook_attempts + 1)
        )
        return await self._database.write(lambda connection: bool(connection.execute(statement).rowcount))

    async def settle_webhook(self, run_id: str, next_date: datetime | None) -> None:
        statement = update(self._table).where(self._table.c.id == run_id).values(webhook_date=next_date)
        await self._database.write(lambda connection: connection.execute(statement) and None)

    async def _leave_waiting(self, run_id: str, values: Mapping[str, Any]) -> bool:
        columns = self._table.c
        is_waiting = columns.state == RunState.WAITING.value
        statement = update(self._table).where(columns.id == run_id, is_waiting).values(**values)
        return await self._database.write(lambda connection: bool(connection.execute(statement).rowcount))

    async def add_turn(self, run: StoredRun, owner: str, messages: Sequence[ChatMessage]) -> None:
        values = {"run": run.id, "answer": answer_of(messages)}
        change = RunChange(run.id, owner, values, messages=[row_of(run.workspace_id, message) for message in messages])
        await self._write(self._turn, change)

    async def append(self, run_id: str, owner: str, events: Sequence[StoredEvent]) -> None:
        values = {"run": run_id, **counts_of(events)}
        await self._write(self._count, RunChange(run_id, owner, values, rows_of_events(run_id, events), last=events[-1].number))

    async def end(self, run: StoredRun, owner: str, events: Sequence[StoredEvent], end: RunEnd) -> None:
        is_over = end.state is not RunState.WAITING
        values = {
            "run": run.id,
            **counts_of(events),
            "new_state": end.state.value,
            "moment": end.date,
            "over": end.date if is_over else None,
            "answer": dump(end.result),
            "reason": end.error_reason,
            "message": None if end.error_message is None else storable(end.error_message),
            "said": answer_of(end.messages),
        }
        messages = [row_of(run.workspace_id, message) for message in end.messages]
        await self._write(self._end, RunChange(run.id, owner, values, rows_of_events(run.id, events), messages))

    async def events(self, run_id: str, after: int, most: int) -> Sequence[StoredEvent]:
        def work(connection: Connection) -> list[StoredEvent]:
            event_list: list[StoredEvent] = []
            # A row may hold one event or hundreds.
            for row in connection.execute(self._select_events, {"run": run_id, "after": after, "rows": most}):
                lines = row.lines.encode().split(b"\n")
                event_list += [StoredEvent(row.first + index, line) for index, line in enumerate(lines)]
                if len(event_list) >= most:
                    break
            return [event for event in event_list if event.number > after]

        return await self._database.read(work)

    async def ask_to_cancel(self, run_id: str) -> None:
        columns = self._table.c
        active = columns.state.in_([state.value for state in ACTIVE_STATES])
        statement = update(self._table).where(columns.id == run_id, active).values(cancel=True)
        await self._database.write(lambda connection: connection.execute(statement) and None)

    async def to_cancel(self, owner: str) -> Sequence[str]:
        values = {"holder": owner}
        return await self._database.lookup(lambda connection: [row.id for row in connection.execute(self._to_cancel, values)])

    async def of_owner(self, owner: str) -> Sequence[StoredRun]:
        statement = select(self._table).where(self._table.c.owner == owner).order_by(self._table.c.created_date)
        return await self._database.read(lambda connection: [_run(row) for row in connection.execute(statement)])

    async def take_over(self, run: StoredRun, owner: str) -> bool:
        columns = self._table.c
        statement = (
            update(self._table)
            .where(columns.id == run.id, columns.owner == run.owner)
            .values(owner=owner, restarts=columns.restarts + int(run.state is RunState.RUNNING))
        )
        return await self._database.write(lambda connection: bool(connection.execute(statement).rowcount))

    async def delete(self, run_id: str) -> bool:
        columns = self._table.c
        is_over = columns.state.not_in([state.value for state in OPEN_STATES])
        statement = delete(self._table).where(columns.id == run_id, is_over)
        return await self._database.write(lambda connection: bool(connection.execute(statement).rowcount))

    async def delete_ended(self, before: datetime, most: int) -> int:
        columns = self._table.c
        old = select(columns.id, columns.size, columns.last_event).where(columns.ended_date < before)
        rows = await self._database.read(
            lambda connection: [tuple(row) for row in connection.execute(old.order_by(columns.ended_date).limit(most))]
        )
        for ids in deletions(rows):
            statement = delete(self._table).where(columns.id.in_(ids))
            await self._database.write(lambda connection, statement=statement: connection.execute(statement) and None)  # type: ignore[misc]
        return len(rows)


class SqlRunWorkers(Repository):
    """The port ``RunWorkers`` over SQL."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, RunWorkerRow)
        columns = self._table.c
        self._select = select(columns.id, columns.beats)
        self._beat = database.dialect.insert(self._table).on_conflict_do_update(
            index_elements=["id"], set_={"beats": columns.beats + 1}
        )

    async def beats(self) -> Mapping[str, int]:
        def work(connection: Connection) -> Mapping[str, int]:
            return {row.id: row.beats for row in connection.execute(self._select)}

        return await self._database.lookup(work)

    async def beat(self, worker: str) -> None:
        row = {"id": worker, "beats": 1}
        await self._database.write(lambda connection: connection.execute(self._beat, row) and None)

    async def remove(self, worker: str) -> None:
        statement = delete(self._table).where(self._table.c.id == worker)
        await self._database.write(lambda connection: connection.execute(statement) and None)


def answer_of(messages: Sequence[ChatMessage]) -> str | None:
    """The id of the answer among the messages of a turn."""
    return next((message.id for message in messages if message.role == "apiMessage"), None)


def _run(row: Row[Any]) -> StoredRun:
    values = {name: row._mapping[name] for name in COLUMNS if name in row._mapping}
    objects = {name: load(values.get(name)) for name in ("result", "webhook")}
    return StoredRun(**values | objects | {"state": RunState(row.state)})
