"""What a model node is told: its messages, what was said before as far as its memory goes, and the input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.agentflow.model_call import call_model, message_of
from tradewind_server.flows.agentflow.references import text_of
from tradewind_server.flows.agentflow.step import FlowRun, Step, said_by
from tradewind_server.flows.agentflow.trace import FlowMessage
from tradewind_server.flows.components import ChatModelHandle
from tradewind_server.flows.ports import Message

DEFAULT_WINDOW, DEFAULT_TOKENS, MOST_WINDOW, MOST_TOKENS = 20, 2000, 10_000, 1_000_000
CHARACTERS_OF_A_TOKEN = 4
SUMMARY_PROMPT = (
    "Summarise the conversation below for somebody who goes on with it: keep names, numbers, decisions and open questions, in "
    "the language of the conversation. Write the summary only.\n\n"
)
SUMMARY_HEAD = "Previous conversation summary: "
IMAGE = {"type": "stored-file"}


@dataclass(frozen=True, slots=True)
class ModelOpening:
    """The messages that a model is sent, as the trace shows them and as they are; and what the node adds to the run."""

    messages: list[FlowMessage]
    outgoing: list[Message]
    additions: list[FlowMessage]


async def opening_of(step: Step, prefix: str, model: ChatModelHandle) -> ModelOpening:
    """What stands before a model node's first answer."""
    run, inputs = step.run, step.inputs
    drawn_messages = [
        said_by(str(one.get("role") or "user"), content_text(one.get("content"))) for one in step.items(f"{prefix}Messages")
    ]
    drawn_messages = [one for one in drawn_messages if one["content"]]
    first = not run.runtime and not step.is_second
    system = [one for one in drawn_messages if one["role"] in ("system", "developer")]
    others = [one for one in drawn_messages if one not in system]
    history = [said_by(one.role, one.content) for one in run.turn.history] if first else []
    messages = [*system, *history, *others]
    question = input_messages(step)
    if inputs.flag(f"{prefix}EnableMemory", default=True):
        past = [] if forgets(run) else run.past
        earlier = [one for one in run.runtime if one["content"] or one.get("tool_calls")]  # Providers refuse empty messages.
        if run.input_is_earlier and past:
            question = []  # It stands among them.
        before, behind = (past, [*question, *earlier]) if question else ([*past, *earlier], [])
        messages += await within_memory(step, prefix, model, before, behind, bool(system))
        text = step.text(f"{prefix}UserMessage")
        messages += [said_by("user", text)] if text else []
    elif any(one["role"] == "user" for one in others):
        question = [one for one in others if one["role"] == "user"][-1:] if first else []
    else:
        messages += question
    if not messages:
        messages = question = _any_input(step)
    visible, outgoing = _with_images(messages, question, run, model)
    return ModelOpening(visible, outgoing, question)


def input_messages(step: Step) -> list[FlowMessage]:
    """The input of the run as a message, for the first node that speaks; of a run that went on without a new input for the
    first behind the person who let it."""
    run = step.run
    is_first = not run.runtime or (run.input_is_earlier and not any(one.get("name") for one in run.runtime))
    return [said_by("user", run.flow_input)] if run.flow_input and is_first and not step.is_second else []


def _any_input(step: Step) -> list[FlowMessage]:
    """What a model is sent that nothing was said to. Raises ``InvalidInput`` where there is no input: no model takes an empty
    list of messages."""
    if not step.run.flow_input:
        raise InvalidInput(
            Reason.INVALID_ARGUMENT,
            f"{step.node.label} ({step.node.id}) has nothing to ask its model: send a question, or give the node a message.",
            node=step.node.id,
        )
    return [said_by("user", step.run.flow_input)]


def content_text(value: Any) -> str:
    """What a message says: lists and objects, as tokens may bring them, as JSON."""
    return "" if value is None else text_of(value)


def forgets(run: FlowRun) -> bool:
    """Whether the flow's Start node leaves what was said in earlier runs out."""
    return bool(run.outputs.get(run.graph.start.id, {}).get("ephemeralMemory"))


async def within_memory(
    step: Step,
    prefix: str,
    model: ChatModelHandle,
    messages: Sequence[FlowMessage],
    question: Sequence[FlowMessage],
    has_system: bool,
) -> list[FlowMessage]:
    """What was said, and the input behind it, as the memory of the node keeps it."""
    inputs = step.inputs
    match inputs.text(f"{prefix}MemoryType") or "allMessages":
        case "windowSize":
            size = inputs.integer(f"{prefix}MemoryWindowSize", 0, MOST_WINDOW)
            count = 2 * (DEFAULT_WINDOW if size is None else size)
            everything = [*messages, *question]
            return everything[max(0, len(everything) - max(count, len(question))) :]
        case "conversationSummary":
            everything = [*messages, *question]
            if not everything:
                return []
            return [said_by("assistant", await _summary(model, everything)), *question]
        case "conversationSummaryBuffer":
            limit = inputs.integer(f"{prefix}MemoryMaxTokenLimit", 0, MOST_TOKENS)
            return await _buffer(model, [*messages, *question], DEFAULT_TOKENS if limit is None else limit, has_system)
    return [*messages, *question]


async def _buffer(model: ChatModelHandle, messages: list[FlowMessage], tokens: int, has_system: bool) -> list[FlowMessage]:
    """The newest messages within so many tokens, behind a summary of the older ones."""
    remaining, count = tokens, 0
    for message in reversed(messages):
        remaining -= len(str(message["content"])) // CHARACTERS_OF_A_TOKEN
        if remaining < 0 and count:
            break
        count += 1
    older = messages[: len(messages) - count]
    if not older:
        return messages
    role = "user" if has_system else "system"
    return [said_by(role, SUMMARY_HEAD + await _summary(model, older)), *messages[len(older) :]]


async def _summary(model: ChatModelHandle, messages: Sequence[FlowMessage]) -> str:
    lines = "\n".join(f"{one['role']}: {one['content']}" for one in messages)
    answer = await call_model(await model.client(), [Message("user", SUMMARY_PROMPT + lines)])
    return answer.reply.text.strip()


def _with_images(
    messages: list[FlowMessage], question: Sequence[FlowMessage], run: FlowRun, model: ChatModelHandle
) -> tuple[list[FlowMessage], list[Message]]:
    """The images of the question stand in a message of their own before it; the trace names them without their bytes."""
    images: Sequence[Mapping[str, Any]] = run.turn.images if model.takes_images and question else ()
    if not images or question[0] not in messages:
        return messages, [message_of(one) for one in messages]
    position = max(i for i, one in enumerate(messages) if one is question[0] or one == question[0])
    visible = [*messages[:position], said_by("user", [IMAGE for _ in images]), *messages[position:]]
    outgoing = [message_of(one) for one in messages]
    outgoing.insert(position, Message("user", list(images)))
    return visible, outgoing
