"""Agent nodes: a model, its tools, and as many steps as it takes (docs/contract.md §11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tradewind_server.errors import Reason, Unavailable
from tradewind_server.flows.components import Answer, ChatModelHandle, Memory, Tool, Turn
from tradewind_server.flows.llm.agents.answer_text import Voice, clean
from tradewind_server.flows.llm.agents.calls_in_text import LONGEST_LEAD, TextCalls, calls_in_text, visible_end
from tradewind_server.flows.llm.agents.conversation import Conversation
from tradewind_server.flows.llm.agents.text_steps import Final, JsonSteps, ReActSteps, StepFormat
from tradewind_server.flows.llm.agents.toolbox import Toolbox, ToolResults
from tradewind_server.flows.llm.output_schema import read_patiently
from tradewind_server.flows.llm.templates import fill_system
from tradewind_server.flows.nodes.chains.basic import prompt_messages
from tradewind_server.flows.nodes.prompts import Prompt
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.nodes.tools.toolkit import Toolkit
from tradewind_server.flows.ports import CallOptions, ChatModel, ChatReply, Message, ToolCall

HELPFUL_SYSTEM = "You are a helpful AI assistant."
ASSISTANT_SYSTEM = (
    "You are an assistant that people talk to about anything they need help with: questions, explanations, texts, "
    "figures. You remember the conversation. You are accurate and brief, and you say so when you do not know something."
)
RETRIEVING_SYSTEM = (
    "Do your best to answer the questions. Use any tool you have to look up what you need, and only answer from your own "
    "knowledge what no tool can tell you."
)
UNREADABLE_CALL = (
    "Your call of a tool could not be read. Write it again with the name of the tool and a JSON object of its input, or answer "
    "the person."
)
DEFAULT_STEPS = 15
MOST_STEPS = 100
MOST_UNREADABLE = 2
"""Times in a row that a model is asked to write its step properly; after that its words are the answer."""


def stop_text(steps: int) -> str:
    """The answer of an agent that has come to no end."""
    return (
        f"I stopped after {steps} steps without reaching an answer. Ask for less at once, or give this agent more steps "
        "with its Max Iterations."
    )


@dataclass(frozen=True, slots=True)
class Agent:
    """What all agents have: a model, tools, a memory, and what stands before the question."""

    model: ChatModelHandle
    toolbox: Toolbox
    memory: Memory | None
    system: str
    prompt: Prompt | None
    most_steps: int

    async def conversation(self, turn: Turn, instructions: str = "") -> Conversation:
        messages = await self.memory.messages(turn) if self.memory else ()
        if self.prompt is not None:
            await self.prompt.prepare(turn)

        def opening(history: Sequence[Message]) -> list[Message]:
            if self.prompt is not None:
                return prompt_messages(self.prompt, self.model, turn, history)
            system = fill_system(self.system, turn, history) if self.system else ""
            system = "\n\n".join(part for part in (system, instructions) if part)
            question = self.model.question(turn.question, turn)
            return [Message("system", system), *history, question] if system else [*history, question]

        return Conversation(opening, [*turn.history, *messages])


@dataclass(frozen=True, slots=True)
class ToolAgent:
    """An agent whose model calls functions. The words of every step are streamed as they come."""

    agent: Agent

    async def run(self, turn: Turn) -> Answer:
        agent = self.agent
        toolbox = agent.toolbox
        lead = LONGEST_LEAD if toolbox.specs else 0
        voice = (
            Voice(turn.sink, lambda text, position: visible_end(text, toolbox, position), lead)
            if turn.sink is not None
            else None
        )
        client = await agent.model.client()
        conversation = await agent.conversation(turn)
        tool_results = ToolResults()
        has_reminder = False
        for _ in range(agent.most_steps):
            reply, text_calls = await self._step(client, conversation, voice)
            if text_calls.unreadable and not has_reminder:
                has_reminder = True
                conversation.add(Message("assistant", reply.text))
                conversation.add(Message("user", UNREADABLE_CALL))
                continue
            if text_calls.unreadable:
                return tool_results.answer(await _speak(clean(text_calls.words or reply.text), voice))
            if not reply.tool_calls:
                return tool_results.answer(clean(reply.text) if voice is None else voice.text)
            results = await toolbox.call(reply.tool_calls, turn)
            conversation.add(Message("assistant", reply.text, reply.tool_calls))
            for call, result in zip(reply.tool_calls, results, strict=True):
                conversation.add_result(Message("tool", tool_results.add(call, result), tool_call_id=call.id))
            direct = toolbox.ends_run(reply.tool_calls, results)
            if direct is not None:
                return tool_results.answer(await _speak(direct, voice))
        return tool_results.answer(await _speak(stop_text(agent.most_steps), voice))

    async def _step(self, client: ChatModel, conversation: Conversation, voice: Voice | None) -> tuple[ChatReply, TextCalls]:
        """One reply. A call whose arguments cannot be read becomes one without any, which its tool then asks for; one that
        a model wrote into its words becomes a call."""
        toolbox = self.agent.toolbox
        options = CallOptions(tools=toolbox.specs)
        try:
            reply = await conversation.ask(client, options, None if voice is None else voice.hear)
        except Unavailable as error:
            tool = error.metadata.get("tool")
            if error.reason is not Reason.OUTPUT_UNPARSABLE or tool is None:
                raise
            reply = ChatReply("", tool_calls=(ToolCall(f"call_{tool}", tool, {}),))
        if reply.tool_calls:
            text_calls = TextCalls()
        else:
            text_calls = await read_patiently(reply.text, lambda text: calls_in_text(text, toolbox))
        if voice is not None:
            await voice.end_step(silent=bool(text_calls.calls) or text_calls.unreadable)
            if reply.tool_calls:  # This endpoint makes calls of its own: what its model says is meant for people.
                voice.lead = 0
        return (ChatReply(text_calls.words, tool_calls=text_calls.calls) if text_calls.calls else reply), text_calls


async def _speak(text: str, voice: Voice | None) -> str:
    """A text that is no model's, told to a caller who listens; all the caller has heard."""
    if voice is None:
        return text
    await voice.say(text)
    return voice.text


@dataclass(frozen=True, slots=True)
class WritingAgent:
    """An agent whose model writes its steps down as text; the answer comes whole, as only its end is meant for people."""

    agent: Agent
    form: StepFormat

    async def run(self, turn: Turn) -> Answer:
        agent, form = self.agent, self.form
        toolbox = agent.toolbox
        options = CallOptions(stop=form.stop)
        client = await agent.model.client()
        conversation = await agent.conversation(turn, form.instructions(toolbox.specs))
        tool_results = ToolResults()
        unreadable = 0
        for _ in range(agent.most_steps):
            text = (await conversation.ask(client, options)).text
            step = form.read(text)
            if step is None:
                unreadable += 1
                if unreadable > MOST_UNREADABLE:
                    step = Final(form.plain(text))
            if isinstance(step, Final):
                return await self._answer(step.text, tool_results, turn)
            conversation.add(Message("assistant", text.strip()))
            if step is None:
                conversation.add(Message("user", form.correction))
                continue
            unreadable = 0
            call = toolbox.call_of(step.tool, step.arguments)
            [result] = results = await toolbox.call((call,), turn)
            conversation.add_result(Message("user", form.result(tool_results.add(call, result))))
            direct = toolbox.ends_run((call,), results)
            if direct is not None:
                return await self._answer(direct, tool_results, turn)
        return await self._answer(stop_text(agent.most_steps), tool_results, turn)

    @staticmethod
    async def _answer(text: str, results: ToolResults, turn: Turn) -> Answer:
        text = clean(text)
        if turn.sink is not None and text:
            await turn.sink.token(text)
        return results.answer(text)


def tools_of(inputs: NodeInputs) -> tuple[Tool, ...]:
    """The tools that are wired to an agent, those of toolkits among them."""
    toolkits = [one for one in inputs.components.values() if isinstance(one, Toolkit)]
    if not toolkits:
        return inputs.nodes_of("tools", Tool)  # type: ignore[type-abstract]
    tools: list[Tool] = []
    for component in inputs.nodes_of("tools", object):
        if isinstance(component, Toolkit):
            tools += component.tools
        elif isinstance(component, Tool):
            tools.append(component)
        else:
            raise inputs.wrong_input("tools", "wired to tools")
    return tuple(tools)


def build_agent(inputs: NodeInputs, system: str, *, own_prompt: bool = False) -> Agent:
    """What all agent nodes read alike; ``system`` stands where the node says nothing."""
    tools = tools_of(inputs)
    names = [tool.spec.name.lower() for tool in tools]
    for name in names:
        if names.count(name) > 1:
            raise inputs.wrong_input("tools", f"wired to tools of different names; {names.count(name)} are called {name}")
    return Agent(
        model=inputs.node_of("model", ChatModelHandle),
        toolbox=Toolbox(tools),
        memory=inputs.optional_node("memory", Memory),  # type: ignore[type-abstract]
        system=inputs.text("systemMessage", system),
        prompt=inputs.optional_node("chatPromptTemplate", Prompt) if own_prompt else None,
        most_steps=inputs.integer("maxIterations", 1, MOST_STEPS) or DEFAULT_STEPS,
    )


TOOLS = Input("tools", "nodes", "Tool")
MEMORY = Input("memory", "node", "BaseChatMemory")
MODEL = Input("model", "node", "BaseChatModel")
SYSTEM = Input("systemMessage", "template", late=True)
MODERATION = Input("inputModeration", "nodes", "Moderation")
STEPS = Input("maxIterations", "number")
CATEGORY = "Agents"


def calling_functions(
    name: str, label: str, system: str, *own: Input, streams: bool = False, passes_images: bool = False
) -> NodeType:
    """A node type whose model calls functions. The canvas has had several of them; they differ in their default words."""
    own_prompt = any(one.name == "chatPromptTemplate" for one in own)

    def build(inputs: NodeInputs, context: BuildContext) -> ToolAgent:
        return ToolAgent(build_agent(inputs, system, own_prompt=own_prompt))

    return NodeType(
        name,
        label,
        CATEGORY,
        (TOOLS, MEMORY, MODEL, *own, SYSTEM, MODERATION, STEPS),
        build,
        ends_flow=True,
        streams=streams,
        passes_images=passes_images,
    )


def build_conversational_agent(inputs: NodeInputs, context: BuildContext) -> WritingAgent:
    return WritingAgent(build_agent(inputs, ASSISTANT_SYSTEM), JsonSteps())


def build_react_agent(inputs: NodeInputs, context: BuildContext) -> WritingAgent:
    return WritingAgent(build_agent(inputs, ASSISTANT_SYSTEM), ReActSteps())


def build_older_agent(inputs: NodeInputs, context: BuildContext) -> WritingAgent:
    """An agent whose own words describe another form of steps: they are left out."""
    values = {name: value for name, value in inputs.values.items() if name != "systemMessage"}
    return build_react_agent(replace(inputs, values=values), context)


NODES = (
    calling_functions(
        "toolAgent",
        "Tool Agent",
        HELPFUL_SYSTEM,
        Input("chatPromptTemplate", "node", "ChatPromptTemplate"),
        Input("enableDetailedStreaming", "flag", has_no_effect=True),
        streams=True,
        passes_images=True,
    ),
    calling_functions(
        "conversationalRetrievalToolAgent", "Conversational Retrieval Tool Agent", RETRIEVING_SYSTEM, streams=True
    ),
    calling_functions("conversationalRetrievalAgent", "Conversational Retrieval Agent", RETRIEVING_SYSTEM),
    calling_functions("openAIToolAgent", "OpenAI Tool Agent", HELPFUL_SYSTEM),
    calling_functions("openAIFunctionAgent", "OpenAI Function Agent", HELPFUL_SYSTEM),
    calling_functions("openAIToolAgentLlamaIndex", "OpenAI Tool Agent", HELPFUL_SYSTEM, streams=True),
    calling_functions("anthropicAgentLlamaIndex", "Anthropic Agent", HELPFUL_SYSTEM),
    calling_functions("mistralAIToolAgent", "MistralAI Tool Agent", HELPFUL_SYSTEM),
    NodeType(
        "conversationalAgent",
        "Conversational Agent",
        CATEGORY,
        (TOOLS, MODEL, MEMORY, SYSTEM, MODERATION, STEPS),
        build_conversational_agent,
        ends_flow=True,
        passes_images=True,
    ),
    NodeType(
        "reactAgentLLM",
        "ReAct Agent for LLMs",
        CATEGORY,
        (TOOLS, replace(MODEL, accepts="BaseLanguageModel"), MODERATION, STEPS),
        build_older_agent,
        ends_flow=True,
    ),
    NodeType(
        "xmlAgent",
        "XML Agent",
        CATEGORY,
        (TOOLS, MEMORY, MODEL, Input("systemMessage", has_no_effect=True), MODERATION, STEPS),
        build_older_agent,
        "writes its steps as the ReAct agent does, instead of in XML; its system message, which describes XML, is left out.",
        ends_flow=True,
    ),
    NodeType(
        "reactAgentChat",
        "ReAct Agent for Chat Models",
        CATEGORY,
        (TOOLS, MODEL, MEMORY, MODERATION, STEPS),
        build_react_agent,
        ends_flow=True,
        passes_images=True,
    ),
)
