"""Frames of event streams, whole, in pieces and damaged; botocore reads what the fake writes."""

from __future__ import annotations

import struct

import pytest
from tradewind_server.models.bedrock.event_stream import FrameBuffer, headers_of

from fakes.bedrock_endpoint import frame

ONE = frame({":event-type": "messageStop", ":message-type": "event"}, b'{"stopReason":"end_turn"}')
TWO = frame({":event-type": "metadata"}, b"")


def test_frames_come_whole_whatever_the_pieces() -> None:
    data = ONE + TWO + ONE
    for size in (1, 7, 50, len(data)):
        buffer = FrameBuffer()
        frames = [one for start in range(0, len(data), size) for one in buffer.add(data[start : start + size])]
        assert [one.headers[":event-type"] for one in frames] == ["messageStop", "metadata", "messageStop"]
        assert frames[0].payload == b'{"stopReason":"end_turn"}' and frames[1].payload == b""


@pytest.mark.parametrize(
    "data",
    [
        b"x" * 40,
        ONE[:-1] + b"\x00",
        ONE[:20] + b"\xff" + ONE[21:],
        struct.pack(">III", 1 << 31, 0, 0),
        b"\x00" * 16,
    ],
)
def test_what_is_no_frame_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        list(FrameBuffer().add(data))


@pytest.mark.parametrize("data", [b"\x05ab", b"\x01a", b"\x01a\x07\x00", b"\x01a\x63", b"\x01\xff\x07\x00\x01a"])
def test_headers_of_another_form_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        headers_of(data)


def test_headers_that_are_no_texts_are_passed_over() -> None:
    number, flag, date = b"\x01n\x04\x00\x00\x00\x05", b"\x01f\x00", b"\x01d\x08" + bytes(8)
    assert headers_of(number + flag + date + b"\x01t\x07\x00\x02hi") == {"t": "hi"}


def test_botocore_reads_the_fakes_frames() -> None:
    eventstream = pytest.importorskip("botocore.eventstream", reason="botocore is what the fake is compared with")
    buffer = eventstream.EventStreamBuffer()
    buffer.add_data(ONE)
    event = next(iter(buffer))
    assert event.headers[":event-type"] == "messageStop" and event.payload == b'{"stopReason":"end_turn"}'
