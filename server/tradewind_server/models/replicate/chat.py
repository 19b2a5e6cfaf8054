"""Runs of models at Replicate: a run is begun, waited for, and asked about until it is over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

import orjson

from tradewind_server.errors import DeadlineExceeded, FailedPrecondition, Reason, TradewindError
from tradewind_server.flows.ports import PLAIN_CALL, CallOptions, ChatDelta, ChatReply, Message, Usage
from tradewind_server.models.chat import UNREADABLE, EndpointChatModel, StreamReader, count_of
from tradewind_server.models.content import text_of
from tradewind_server.models.endpoint import Endpoint

RUN_SECONDS = 300.0
"""A run may take so long: one that draws an image on a cold machine takes minutes."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 5.0
PARAMETERS = {"temperature": "temperature", "max_tokens": "max_length", "top_p": "top_p"}
LONGEST_REASON = 200
NAMES = {"system": "System", "user": "Human", "assistant": "AI", "tool": "Tool"}


class ReplicateChatModel(EndpointChatModel):
    """The port ``ChatModel`` for models that take a prompt and answer with a text, or with addresses of what they made.

    ``model`` is ``owner/name`` or ``owner/name:version``. ``extras`` are ``repetition_penalty`` and ``inputs``, the JSON
    text of further inputs of the model. Tools and schemas are not told: these models know none. Nothing streams.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        model: str,
        parameters: Mapping[str, Any],
        extras: Mapping[str, Any] | None = None,
        *,
        seconds: float = RUN_SECONDS,
    ) -> None:
        super().__init__(endpoint, model, parameters)
        extras = dict(extras or {})
        self._inputs = {name: parameters[ours] for ours, name in PARAMETERS.items() if parameters.get(ours) is not None}
        if extras.get("repetition_penalty") is not None:
            self._inputs["repetition_penalty"] = extras["repetition_penalty"]
        self._inputs |= orjson.loads(extras.get("inputs") or "{}")
        self._seconds = seconds
        self._name, _, self._version = model.partition(":")

    def _path(self, stream: bool) -> str:
        return "/predictions" if self._version else f"/models/{self._name}/predictions"

    def _body(self, messages: Sequence[Message], options: CallOptions, stream: bool) -> dict[str, Any]:
        version = {"version": self._version} if self._version else {}
        inputs = {**self._inputs, "prompt": prompt_of(messages)}
        stop = [*self._parameters.get("stop", ()), *options.stop]
        if stop:
            inputs["stop_sequences"] = ",".join(stop)
        return {**version, "input": inputs}

    async def complete(self, messages: Sequence[Message], options: CallOptions = PLAIN_CALL) -> ChatReply:
        """One run. It is cancelled there when it is cancelled here, or takes too long."""
        with self._step(messages) as step:
            reply = await self._run(messages, options)
            self._count(reply.usage, step)
            step.output = reply.text
        return reply

    async def _run(self, messages: Sequence[Message], options: CallOptions) -> ChatReply:
        run = await self._endpoint.json(self._path(False), self._body(messages, options, False), self._model)
        try:
            async with asyncio.timeout(self._seconds):
                run = await self._wait(run)
        except TimeoutError:
            await self._cancel(run)
            raise DeadlineExceeded(
                Reason.MODEL_TIMEOUT, f"{self._endpoint.label} was not done after {self._seconds:g} seconds."
            ) from None
        except asyncio.CancelledError:
            with suppress(asyncio.CancelledError):
                await asyncio.shield(self._cancel(run))
            raise
        try:
            return self._reply(run)
        except UNREADABLE:
            raise self._endpoint.garbled_error() from None

    async def stream(self, messages: Sequence[Message], options: CallOptions = PLAIN_CALL) -> AsyncIterator[ChatDelta]:
        reply = await self.complete(messages, options)
        yield ChatDelta(reply.text, reply.finish_reason, reply.usage)

    async def _wait(self, run: Any) -> Any:
        """The run once it is over."""
        pause = FIRST_PAUSE
        while self._status(run) in ("starting", "processing"):
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
            run = await self._endpoint.get_json(f"/predictions/{self._id(run)}", self._model)
        return run

    async def _cancel(self, run: Any) -> None:
        with suppress(TradewindError):
            await self._endpoint.json(f"/predictions/{self._id(run)}/cancel", {}, self._model)

    def _status(self, run: Any) -> str:
        status = run.get("status") if isinstance(run, dict) else None
        if not isinstance(status, str):
            raise self._endpoint.garbled_error()
        return status

    def _id(self, run: Any) -> str:
        """The id of a run, which goes into an address: letters and digits alone."""
        run_id = run.get("id")
        if not isinstance(run_id, str) or not run_id.isascii() or not run_id.isalnum():
            raise self._endpoint.garbled_error()
        return run_id

    def _reply(self, body: Any) -> ChatReply:
        if body["status"] != "succeeded":
            reason = " ".join(str(body.get("error") or body["status"]).split())[:LONGEST_REASON]
            raise FailedPrecondition(Reason.MODEL_REFUSED, f"{self._endpoint.label} could not run {self._name}: {reason}")
        output = body.get("output")
        text = "".join(map(str, output)) if isinstance(output, list) else "" if output is None else str(output)
        metrics = body.get("metrics")
        usage = Usage(count_of(metrics, "input_token_count"), count_of(metrics, "output_token_count"))
        return ChatReply(text, usage=usage)

    def _reader(self) -> StreamReader:
        raise NotImplementedError  # Nothing is streamed from there.


def prompt_of(messages: Sequence[Message]) -> str:
    """A conversation as one text; a single message by itself."""
    if len(messages) == 1:
        return text_of(messages[0])
    return "\n".join(f"{NAMES[message.role]}: {text_of(message)}" for message in messages)
