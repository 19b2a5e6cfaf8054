"""Answers in the making, and stopping them."""

from __future__ import annotations

import asyncio

import pytest
from tradewind_server.flows.predict.running import RunningAnswers


async def test_all_answers_of_a_chat_stop_and_no_other() -> None:
    answers = RunningAnswers()
    begun = asyncio.Event()

    async def make(chat_id: str) -> str:
        task = asyncio.current_task()
        assert task is not None
        with answers.register("flow", chat_id, task) as running:
            begun.set()
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                return f"{chat_id} {running.is_aborted}"
        return "finished"

    tasks = [asyncio.create_task(make(chat_id)) for chat_id in ("a", "a", "b")]
    await begun.wait()
    await asyncio.sleep(0)
    assert answers.abort("flow", "nobody") == 0
    assert answers.abort("other", "a") == 0
    assert answers.abort("flow", "a") == 2
    assert await asyncio.gather(*tasks[:2]) == ["a True", "a True"]
    tasks[2].cancel()
    assert await tasks[2] == "b False"
    assert answers.abort("flow", "a") == 0


async def test_an_answer_that_is_done_cannot_be_aborted() -> None:
    answers = RunningAnswers()
    task = asyncio.create_task(asyncio.sleep(0))
    with answers.register("flow", "chat", task) as running:
        await task
        assert answers.abort("flow", "chat") == 1
        assert running.is_aborted is False


async def test_what_raises_is_forgotten_too() -> None:
    answers = RunningAnswers()
    task = asyncio.current_task()
    assert task is not None
    with pytest.raises(ValueError, match="broken"), answers.register("flow", "chat", task):
        raise ValueError("broken")
    assert answers.abort("flow", "chat") == 0
