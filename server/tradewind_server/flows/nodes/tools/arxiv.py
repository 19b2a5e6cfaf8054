"""The tool that looks papers up on arXiv."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tradewind_server.documents.jobs import Parsing, feed_job, read_job, value_of
from tradewind_server.flows.components import ToolResult, Turn
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.nodes.tools.builtin import CATEGORY, tool_name
from tradewind_server.flows.ports import ToolSpec
from tradewind_server.outbound.ports import Outbound

API = "https://export.arxiv.org/api/query"
DESCRIPTION = (
    "Looks up scientific papers on arXiv by words, authors, topics or arXiv ids. Answers with date, title, authors and summary "
    "of each."
)
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {"query": {"type": "string", "description": "What to search for, or ids such as 1706.03762."}},
    "required": ["query"],
    "additionalProperties": False,
}
PAPER_ID = re.compile(r"\d{4}\.\d{4,5}(?:v\d{1,3})?")
MOST_RESULTS, DEFAULT_RESULTS = 50, 3
LONGEST_QUERY, DEFAULT_QUERY = 1000, 300
MOST_CHARS, DEFAULT_CHARS = 200_000, 10_000
SECONDS = 30.0
SUMMARIES_ONLY = "answers with summaries: full papers are not loaded."


@dataclass(frozen=True, slots=True)
class ArxivTool:
    """Asks arXiv's public interface. ``longest_query`` and ``most_chars`` are characters of a question and of an answer."""

    spec: ToolSpec
    outbound: Outbound
    parsing: Parsing
    results: int
    longest_query: int
    most_chars: int
    return_direct: bool = False

    async def call(self, arguments: Mapping[str, Any], turn: Turn) -> ToolResult:
        query = str(arguments["query"]).strip()[: self.longest_query]
        words = query.replace(",", " ").split()
        if words and all(PAPER_ID.fullmatch(word) for word in words):
            params = {"id_list": ",".join(words)}
        else:
            # A colon or a hyphen is a word of the interface's own language.
            params = {"search_query": " ".join(re.sub(r"[:\-]", " ", query).split())}
        reply = await self.outbound.request("GET", API, params={**params, "max_results": str(self.results)}, timeout=SECONDS)
        if reply.status >= 400:
            problem = f"arXiv answered with the status {reply.status}."
            return ToolResult(problem, error=problem)
        text = (await value_of(self.parsing, read_job(reply, "The answer of arXiv")))[0]
        entries = await value_of(self.parsing, feed_job(text, "The answer of arXiv"))
        if entries is None:
            problem = "arXiv answered with something other than a list of papers."
            return ToolResult(problem, error=problem)
        papers = "\n\n".join(paper(entry) for entry in entries[: self.results])
        return ToolResult(papers[: self.most_chars] or "No paper was found.")


def paper(entry: Mapping[str, Any]) -> str:
    return (
        f"Published: {entry['published'][:10] or 'unknown'}\nTitle: {entry['title']}\nAuthors: {', '.join(entry['authors'])}\n"
        f"Summary: {entry['summary']}"
    )


def build(inputs: NodeInputs, context: BuildContext) -> ArxivTool:
    assert context.outbound is not None, "the composition root gives a way out"
    return ArxivTool(
        ToolSpec(
            tool_name(inputs, "arxivName", "arxiv_search"), inputs.text("arxivDescription").strip() or DESCRIPTION, SCHEMA
        ),
        context.outbound,
        context.parsing,
        min(inputs.integer("topKResults", 0) or DEFAULT_RESULTS, MOST_RESULTS),
        min(inputs.integer("maxQueryLength", 0) or DEFAULT_QUERY, LONGEST_QUERY),
        min(inputs.integer("docContentCharsMax", 0) or DEFAULT_CHARS, MOST_CHARS),
    )


NODES = (
    NodeType(
        "arxiv",
        "Arxiv",
        CATEGORY,
        (
            Input("arxivName"),
            Input("arxivDescription"),
            Input("topKResults", "number"),
            Input("maxQueryLength", "number"),
            Input("docContentCharsMax", "number"),
            *(Input(name, has_no_effect=True) for name in ("loadFullContent", "continueOnFailure", "legacyBuild")),
        ),
        build,
        SUMMARIES_ONLY,
    ),
)
