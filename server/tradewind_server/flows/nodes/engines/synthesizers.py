"""How engines make one answer of many passages: in one call, refining an answer passage by passage, or as a tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tradewind_server.flows.components import ChatModelHandle, EventSink
from tradewind_server.flows.llm.context_window import ask
from tradewind_server.flows.llm.templates import PromptText, fill_known, parse_prompt
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.ports import Message

CATEGORY = "Response Synthesizer"
PACK_CHARS = 12_000
"""Characters of passages that one call is given, where several calls may be made."""
MOST_CALLS = 20
"""Of one answer; passages beyond go into the last one, which drops the lowest-ranked where they do not fit."""
ANSWER_PROMPT = (
    "Passages:\n{context}\n\nAnswer the question from the passages alone, in its language. Copy names and numbers exactly as "
    "they stand there. If the passages do not hold the answer, say that you do not know.\n\nQuestion: {query}\nAnswer:"
)
REFINE_PROMPT = (
    "The question is: {query}\n\nAn answer made from other passages: {existingAnswer}\n\nFurther passages:\n{context}\n\nWhere "
    "the further passages make the answer better, write the better answer; where they do not, write the answer again as it "
    "is. Write the answer only."
)
SUMMARY_PROMPT = (
    "Passages of several sources:\n{context}\n\nAnswer the question from these passages alone, in its language. If they do not "
    "hold the answer, say that you do not know.\n\nQuestion: {query}\nAnswer:"
)
STANDARD_ANSWER, STANDARD_REFINEMENT = parse_prompt(ANSWER_PROMPT), parse_prompt(REFINE_PROMPT)
Way = Literal["once", "refine", "compact", "tree"]


@dataclass(frozen=True, slots=True)
class Synthesizer:
    """``once`` asks with all passages together; ``refine`` with each in turn, showing the answer so far; ``compact`` likewise
    with as many as fit into a call; ``tree`` answers from packs and then from those answers, until one is left.

    Only the last call streams.
    """

    way: Way = "compact"
    answer: PromptText = STANDARD_ANSWER
    refinement: PromptText = STANDARD_REFINEMENT

    async def synthesize(
        self, model: ChatModelHandle, query: str, passages: Sequence[str], sink: EventSink | None = None
    ) -> str:
        match self.way:
            case "once":
                return await self._ask(model, self.answer, query, passages, sink)
            case "tree":
                return await self._as_tree(model, query, passages, sink)
            case "refine":
                packs: list[list[str]] = [[passage] for passage in passages] or [[]]
            case "compact":
                packs = packs_of(passages)
        packs = [*packs[: MOST_CALLS - 1], [text for pack in packs[MOST_CALLS - 1 :] for text in pack]][: len(packs)]
        text = ""
        for number, pack in enumerate(packs):
            prompt = self.refinement if number else self.answer
            text = await self._ask(model, prompt, query, pack, sink if number == len(packs) - 1 else None, text)
        return text

    async def _as_tree(self, model: ChatModelHandle, query: str, passages: Sequence[str], sink: EventSink | None) -> str:
        packs = packs_of(passages)
        calls = 0
        while len(packs) > 1 and calls + len(packs) < MOST_CALLS:
            calls += len(packs)
            packs = packs_of([await self._ask(model, self.answer, query, pack, None) for pack in packs], at_least=2)
        return await self._ask(model, self.answer, query, [text for pack in packs for text in pack], sink)

    async def _ask(
        self,
        model: ChatModelHandle,
        prompt: PromptText,
        query: str,
        passages: Sequence[str],
        sink: EventSink | None,
        existing: str = "",
    ) -> str:
        def assemble(_history: Sequence[Message], texts: Sequence[str]) -> list[Message]:
            values = {"query": query, "context": "\n\n".join(texts), "existingAnswer": existing}
            return [Message("user", fill_known(prompt, values))]

        return await ask(model, assemble, (), passages, sink)


def packs_of(passages: Sequence[str], at_least: int = 1) -> list[list[str]]:
    """Neighbours together, as many as a call is given; at least one pack, with ``at_least`` passages in each but the last."""
    packs: list[list[str]] = [[]]
    size = 0
    for passage in passages:
        if len(packs[-1]) >= at_least and size + len(passage) > PACK_CHARS:
            packs.append([])
            size = 0
        packs[-1].append(passage)
        size += len(passage)
    return packs


def build_refining(way: Way) -> NodeType:
    compact = way == "compact"

    def build(inputs: NodeInputs, context: BuildContext) -> Synthesizer:
        return Synthesizer(
            way,
            parse_prompt(inputs.text("textQAPrompt", ANSWER_PROMPT)),
            parse_prompt(inputs.text("refinePrompt", REFINE_PROMPT)),
        )

    return NodeType(
        "compactrefineLlamaIndex" if compact else "refineLlamaIndex",
        "Compact and Refine" if compact else "Refine",
        CATEGORY,
        (Input("refinePrompt", "template"), Input("textQAPrompt", "template")),
        build,
        f"makes at most {MOST_CALLS} calls for an answer.",
    )


def build_tree(inputs: NodeInputs, context: BuildContext) -> Synthesizer:
    return Synthesizer("tree", parse_prompt(inputs.text("prompt", SUMMARY_PROMPT)))


def build_simple(inputs: NodeInputs, context: BuildContext) -> Synthesizer:
    return Synthesizer("once")


NODES = (
    build_refining("compact"),
    build_refining("refine"),
    NodeType(
        "treeSummarizeLlamaIndex",
        "TreeSummarize",
        CATEGORY,
        (Input("prompt", "template"),),
        build_tree,
        f"makes at most {MOST_CALLS} calls for an answer.",
    ),
    NodeType("simpleResponseBuilderLlamaIndex", "Simple Response Builder", CATEGORY, (), build_simple),
)
