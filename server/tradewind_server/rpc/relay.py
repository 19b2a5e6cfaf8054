"""Relays aborts to the other workers, any of which may be making the answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path

import grpc
from tradewind.v1.chat_message_pb2 import AbortChatMessageRequest
from tradewind.v1.chat_message_pb2_grpc import ChatMessageServiceStub
from tradewind.v1.speech_pb2 import AbortSpeechRequest
from tradewind.v1.speech_pb2_grpc import SpeechServiceStub

from tradewind_server.rpc.call import Call

RELAY_HEADER = "x-tradewind-relayed"
"""Header of calls between workers, whose access was checked by the first. The gate removes it from callers' requests."""
SECONDS = 2.0
AbortRequest = AbortChatMessageRequest | AbortSpeechRequest


def is_relayed(call: Call) -> bool:
    """Whether another worker relayed this call. The header counts only on the unix socket."""
    return RELAY_HEADER in call.headers and call.from_gate()


class AbortRelay:
    """Channels to the unix sockets of the other workers, opened at the first abort."""

    def __init__(self, sockets: Sequence[Path], log: logging.Logger) -> None:
        self._sockets = tuple(sockets)
        self._log = log
        self._channels: list[grpc.aio.Channel] = []

    async def tell(self, request: AbortRequest) -> None:
        """Relay an abort to all other workers. One that does not answer within ``SECONDS`` is logged and skipped."""
        if not self._channels:
            self._channels = [grpc.aio.insecure_channel(f"unix:{socket}") for socket in self._sockets]
        await asyncio.gather(*(self._tell(channel, request) for channel in self._channels))

    async def _tell(self, channel: grpc.aio.Channel, request: AbortRequest) -> None:
        metadata = ((RELAY_HEADER, "1"),)
        try:
            if isinstance(request, AbortSpeechRequest):
                await SpeechServiceStub(channel).AbortSpeech(request, metadata=metadata, timeout=SECONDS)
            else:
                await ChatMessageServiceStub(channel).AbortChatMessage(request, metadata=metadata, timeout=SECONDS)
        except grpc.aio.AioRpcError as error:
            self._log.warning("An abort did not reach another worker: %s", error.code().name)

    async def aclose(self) -> None:
        for channel in self._channels:
            await channel.close()
