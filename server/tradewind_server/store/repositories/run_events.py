"""The events of runs as rows of their table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tradewind_server.runs.ports import StoredEvent
from tradewind_server.store.dialects.dialect import Rows

DELETED_BYTES, DELETED_EVENTS = 8 << 20, 5_000
"""Most that one transaction deletes of events, or one run."""


def counts_of(events: Sequence[StoredEvent]) -> dict[str, int | None]:
    """What a run's row says of events that are stored behind those it has. None: it keeps its last number."""
    return {"last": events[-1].number if events else None, "more": sum(len(event.line) for event in events)}


def rows_of_events(run_id: str, events: Sequence[StoredEvent]) -> Rows:
    """The rows of events that are stored together."""
    return [
        {
            "run_id": run_id,
            "first": group[0].number,
            "last": group[-1].number,
            "lines": b"\n".join([event.line for event in group]).decode(),
        }
        for group in consecutive(events)
    ]


def consecutive(events: Sequence[StoredEvent]) -> list[list[StoredEvent]]:
    """The events in groups without a gap in their numbers: a row knows only its first and its last."""
    groups: list[list[StoredEvent]] = []
    for event in events:
        if groups and groups[-1][-1].number + 1 == event.number:
            groups[-1].append(event)
        else:
            groups.append([event])
    return groups


def deletions(rows: Sequence[tuple[str, int, int]]) -> Iterator[Sequence[str]]:
    """Ids of runs that one transaction deletes, of rows with the bytes and the number of their events: their events go with
    them, and everybody else's writes wait so long."""
    ids: list[str] = []
    size = count = 0
    for run_id, run_size, last_event in rows:
        if ids and (size + run_size > DELETED_BYTES or count + last_event > DELETED_EVENTS):
            yield ids
            ids, size, count = [], 0, 0
        ids.append(run_id)
        size, count = size + run_size, count + last_event
    if ids:
        yield ids
