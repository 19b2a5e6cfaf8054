from __future__ import annotations

import uuid

from tradewind_server.chats.message_ids import message_id


def test_ids_are_uuids_of_version_7_that_hold_their_moment() -> None:
    moment = 1_795_000_000_123
    made = uuid.UUID(message_id(moment))
    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert made.int >> 80 == moment


def test_ids_grow_with_time_and_differ_within_a_moment() -> None:
    grown = [message_id(moment) for moment in range(1_795_000_000_000, 1_795_000_001_000)]
    assert grown == sorted(grown)
    assert len({message_id(5) for _ in range(1000)}) == 1000
