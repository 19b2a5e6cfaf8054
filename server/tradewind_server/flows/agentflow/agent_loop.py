"""An agent's model and its tools in turn, until the model answers. Each answer and each call is a record to go on from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tradewind_server.documents.ports import documents_json, documents_of
from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason
from tradewind_server.flows.agentflow.model_call import (
    CountedReply,
    call_json,
    call_model,
    call_of,
    message_of,
)
from tradewind_server.flows.agentflow.output_fields import pretty
from tradewind_server.flows.agentflow.people import PROCEED, Decisions, PersonNeeded, action, once
from tradewind_server.flows.agentflow.step import Step, said_by
from tradewind_server.flows.agentflow.toolset import HeldTool
from tradewind_server.flows.agentflow.trace import FlowMessage, StepResult
from tradewind_server.flows.components import ToolResult
from tradewind_server.flows.llm.agents.answer_text import Voice, clean
from tradewind_server.flows.llm.agents.calls_in_text import LONGEST_LEAD, calls_in_text, visible_end
from tradewind_server.flows.llm.agents.toolbox import Toolbox, ToolResults
from tradewind_server.flows.llm.output_schema import read_patiently
from tradewind_server.flows.llm.usage import TokenUsage
from tradewind_server.flows.ports import CallOptions, ChatModel, ChatReply, Message, ToolCall
from tradewind_server.flows.predict import events

ATTEMPT = "Attempting to use tool:"


@dataclass(slots=True)
class AgentLoop:
    """One run of an agent node."""

    step: Step
    client: ChatModel
    tools: list[HeldTool]
    messages: list[FlowMessage]
    """What the trace shows; what tools are asked and answer comes behind it."""
    outgoing: list[Message]
    rounds: int
    streams: bool
    decisions: Decisions
    results: ToolResults = field(default_factory=ToolResults)
    tool_tokens: int = 0
    failures: set[str] = field(default_factory=set)
    """Names of tools that have failed once: a second time ends the run."""

    async def run(self) -> tuple[str, CountedReply | None]:
        """The answer, and the model's last reply; None where a tool answered directly."""
        for number in range(self.rounds):
            toolbox = Toolbox([one.tool for one in self.tools])
            place = f"{number:03}"
            answer = await self._reply(place, toolbox)
            calls = answer.reply.tool_calls
            if not calls:
                return clean(answer.reply.text), answer
            self.tool_tokens += (answer.usage.prompt_tokens or 0) + (answer.usage.completion_tokens or 0)
            await self._tell(
                events.CALLED_TOOLS, [{"tool": c.name, "toolInput": dict(c.arguments), "toolOutput": ""} for c in calls]
            )
            text = await self._permission(answer, toolbox)
            if text is None:
                continue
            self._add(said_by("assistant", text, tool_calls=[call_json(call) for call in calls]))
            results = [await self._call(place, position, call, toolbox) for position, call in enumerate(calls)]
            direct = toolbox.ends_run(calls, results)
            if direct is not None:
                await self.step.say(direct)
                return direct, None
        raise FailedPrecondition(
            Reason.RUN_LIMIT_EXCEEDED,
            f"The model was asked {self.rounds} times without reaching an answer; give the agent a larger maxIterations (up to "
            "100) or the server a larger TRADEWIND_MAX_MODEL_ROUNDS.",
        )

    def _add(self, message: FlowMessage) -> None:
        self.messages.append(message)
        self.outgoing.append(message_of(message))

    async def _tell(self, name: str, data: Any) -> None:
        if self.step.run.sink is not None and not self.step.inside_box:
            await self.step.run.sink.event(name, data)

    async def _reply(self, place: str, toolbox: Toolbox) -> CountedReply:
        """The model's next words: those of the record where there is one."""
        key = f"{self.step.key}/{place}/reply"
        record = self.step.run.journal.get(key)
        if record is not None:
            usage = TokenUsage(record.get("prompt"), record.get("completion"), calls=1)
            return CountedReply(ChatReply(str(record["text"]), tool_calls=tuple(map(call_of, record["calls"]))), usage)
        answer = await self._ask(toolbox)
        if answer.reply.tool_calls:
            data = {
                "text": answer.reply.text,
                "calls": [call_json(call) for call in answer.reply.tool_calls],
                "prompt": answer.usage.prompt_tokens,
                "completion": answer.usage.completion_tokens,
            }
            await self.step.run.journal.put(key, data)
        return answer

    async def _ask(self, toolbox: Toolbox) -> CountedReply:
        sink = self.step.sink if self.streams else None
        lead = LONGEST_LEAD if toolbox.specs else 0
        voice = Voice(sink, lambda text, position: visible_end(text, toolbox, position), lead) if sink is not None else None
        options = CallOptions(tools=toolbox.specs)
        answer = await call_model(self.client, self.outgoing, options, voice.hear if voice else None)
        reply = answer.reply
        calls = reply.tool_calls
        text = reply.text
        if not calls and toolbox.specs:
            in_text = await read_patiently(reply.text, lambda words: calls_in_text(words, toolbox))
            calls, text = in_text.calls, in_text.words if in_text.calls else reply.text
        if voice is not None:
            await voice.end_step(silent=bool(calls) and not reply.tool_calls)
        elif not calls:
            await self.step.say(clean(text))
        return CountedReply(ChatReply(text, reply.finish_reason, reply.usage, calls, reply.thinking), answer.usage)

    async def _permission(self, answer: CountedReply, toolbox: Toolbox) -> str | None:
        """What stands before the calls. A person is asked about the first that needs it: a refusal, None, takes that tool away,
        and the model is asked again."""
        asking = {one.tool.spec.name for one in self.tools if one.needs_approval}
        calls = answer.reply.tool_calls
        name = next((tool.spec.name for call in calls if (tool := toolbox.get(call.name)) and tool.spec.name in asking), None)
        if name is None:
            return answer.reply.text
        if self.step.inside_box:
            raise InvalidInput(
                Reason.NODE_INPUT_INVALID,
                f"The tool {name} asks a person before it is used, and nobody can be asked inside an iteration box.",
                node=self.step.node.id,
            )
        decision = self.decisions.next()
        if decision is None:
            raise PersonNeeded(await self._question(answer))
        if decision.get("type") == PROCEED:
            return question_text(answer)
        self.tools = [one for one in self.tools if one.tool.spec.name != name]
        return None

    async def _question(self, answer: CountedReply) -> StepResult:
        calls = answer.reply.tool_calls
        text = question_text(answer)
        messages = [*self.messages, said_by("assistant", text, tool_calls=[call_json(call) for call in calls])]
        question = action(self.step, {"messages": messages})
        if self.step.run.sink is not None:
            await self.step.run.sink.token(text)
        await self._tell(
            events.CALLED_TOOLS, [{"tool": c.name, "toolInput": dict(c.arguments), "toolOutput": ""} for c in calls]
        )
        await self._tell(events.CALL_USAGE, answer.usage_json())
        output = {
            "content": text,
            "calledTools": [call_json(call) for call in calls],
            "usageMetadata": answer.usage_json(self.tool_tokens),
            "availableTools": [one.as_json() for one in self.tools],
            "isWaitingForHumanInput": True,
            "humanInputAction": question,
        }
        return StepResult({"messages": messages}, output, stop=question)

    async def _call(self, place: str, position: int, call: ToolCall, toolbox: Toolbox) -> ToolResult:
        """One call, once. A tool's failure is told to the model the first time."""
        agent_tool = next((one for one in self.tools if one.tool is toolbox.get(call.name)), None)
        turn = self.step.run.turn

        async def work() -> Mapping[str, Any]:
            [result] = await toolbox.call((call,), turn)
            return result_json(result)

        repeatable = agent_tool is None or agent_tool.repeatable
        label = f"The tool {call.name}"
        try:
            data = await once(
                self.step, f"{place}/call{position:02}", label, work, repeatable=repeatable, decisions=self.decisions
            )
            result = result_of(data)
        except FailedPrecondition as error:
            result = ToolResult(error.message, error=error.message)
        text = self.results.add(call, result)
        self._add(said_by("tool", text, call.name, tool_call_id=call.id))
        if result.error is not None and agent_tool is not None:
            if call.name in self.failures:
                raise FailedPrecondition(Reason.TOOL_FAILED, f"The tool {call.name} failed again: {result.error}")
            self.failures.add(call.name)
        return result

    def documents(self) -> Sequence[Any]:
        return documents_json(self.results.documents) or ()


def question_text(answer: CountedReply) -> str:
    """What a person is asked about the first call of a reply."""
    return f"{answer.reply.text}\n{ATTEMPT}\n```json\n{pretty(call_json(answer.reply.tool_calls[0]))}\n```"


def result_json(result: ToolResult) -> dict[str, Any]:
    """A tool's result as data."""
    return {
        "text": result.text,
        "error": result.error,
        "documents": documents_json(list(result.source_documents)) or [],
        "artifacts": [dict(one) for one in result.artifacts],
    }


def result_of(data: Mapping[str, Any]) -> ToolResult:
    documents = documents_of(data.get("documents")) or ()
    return ToolResult(str(data.get("text") or ""), documents, data.get("artifacts") or (), data.get("error"))
