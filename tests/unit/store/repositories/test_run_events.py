"""How many old runs one transaction deletes."""

from __future__ import annotations

from tradewind_server.store.repositories.run_events import DELETED_BYTES, DELETED_EVENTS, deletions


def test_a_transaction_deletes_so_many_bytes_and_events_or_one_run() -> None:
    assert list(deletions([])) == []
    small = [(f"s{n}", 1000, 10) for n in range(500)]
    assert [len(ids) for ids in deletions(small)] == [500]
    large = [(f"l{n}", DELETED_BYTES // 2, 10) for n in range(5)]
    assert [list(ids) for ids in deletions(large)] == [["l0", "l1"], ["l2", "l3"], ["l4"]]
    long = [("a", 1, DELETED_EVENTS + 1), ("b", 1, 1), ("c", 1, DELETED_EVENTS)]
    assert [list(ids) for ids in deletions(long)] == [["a"], ["b"], ["c"]]
