"""Tools that search the web. A service is one row of a table: how it is asked, and where its results lie."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from tradewind_server.access.ports import Credentials
from tradewind_server.bounded_json import foreign_json
from tradewind_server.errors import FailedPrecondition, Reason
from tradewind_server.flows.components import ToolResult, Turn
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.nodes.tools.builtin import CATEGORY, one_text
from tradewind_server.flows.ports import ToolSpec
from tradewind_server.header_values import pasted_key
from tradewind_server.outbound.ports import Outbound

MOST_RESULTS = 8
LONGEST_RESULT = 2000
Secrets = Mapping[str, str]
SearchOptions = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asking:
    """One request to a service. ``body`` is sent as JSON, with POST."""

    url: str
    params: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: Mapping[str, Any] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class SearchService:
    """A search service. ``keys`` are the fields of its credential, in Flowise's names.

    ``results`` is the path to the list of results in its answer; ``fields`` are their title, text and address.
    """

    tool: str
    keys: tuple[str, ...]
    ask: Callable[[str, Secrets, SearchOptions], Asking]
    results: tuple[str, ...]
    fields: tuple[str, str, str]
    straight: Callable[[Any], str] = lambda answer: ""
    """An answer of the service itself, where it gives one besides its results."""


@dataclass(frozen=True, slots=True)
class SearchTool:
    """Asks one service with the key of the node's credential, which is looked up at each use."""

    spec: ToolSpec
    service: SearchService
    outbound: Outbound
    credentials: Credentials
    workspace_id: str
    label: str
    credential_id: str | None
    own_secrets: Secrets = field(repr=False)
    options: SearchOptions = field(default_factory=dict)
    return_direct: bool = False

    async def call(self, arguments: Mapping[str, Any], turn: Turn) -> ToolResult:
        asking = self.service.ask(str(arguments["input"]), await self._secrets(), self.options)
        headers = {"Accept": "application/json", **asking.headers}
        body = None
        if asking.body is not None:
            headers["Content-Type"] = "application/json"
            body = orjson.dumps(asking.body)
        reply = await self.outbound.request(
            "GET" if body is None else "POST", asking.url, headers=headers, params=asking.params, body=body
        )
        if reply.status >= 400:
            hint = "; check its credential" if reply.status in (401, 403) else ""
            return _failure(f"The search of {self.label} failed with the status {reply.status}{hint}.")
        try:
            answer = foreign_json((await asyncio.to_thread(reply.read))[0])
        except ValueError:
            return _failure(f"The search of {self.label} answered with something other than JSON.")
        return ToolResult(answer_text(self.service, answer) or "Nothing was found.")

    async def _secrets(self) -> Secrets:
        credential = await self.credentials.reveal(self.workspace_id, self.credential_id) if self.credential_id else None
        secret = credential[1] if credential else {}
        # The command line stores a key under the one name that all providers share.
        keys = {key: secret["apiKey"] for key in self.service.keys[:1] if secret.get("apiKey")}
        secrets = {**keys, **secret, **self.own_secrets}
        secrets |= {key: pasted_key(secrets[key]) for key in self.service.keys if secrets.get(key)}
        for key in self.service.keys:
            if not secrets.get(key):
                raise FailedPrecondition(
                    Reason.CREDENTIAL_NOT_FOUND,
                    f"The node {self.label} has no stored credential with the field {key}; store one with `tradewind "
                    "credentials set`, under the name or id that the node has for it.",
                )
        return secrets


def _failure(message: str) -> ToolResult:
    return ToolResult(message, error=message)


def answer_text(service: SearchService, answer: Any) -> str:
    """What a service found, as text: its own answer first, then the results with their addresses."""
    node = answer
    for name in service.results:
        node = node.get(name) if isinstance(node, dict) else None
    parts = [service.straight(answer)] if isinstance(answer, dict) else []
    for result in node[:MOST_RESULTS] if isinstance(node, list) else ():
        if isinstance(result, dict):
            lines = [str(result.get(name) or "") for name in service.fields]
            parts.append("\n".join(line[:LONGEST_RESULT] for line in lines if line))
    return "\n\n".join(part for part in parts if part)


def at(answer: Any, *paths: str) -> str:
    """The first text in an answer at one of some dotted paths."""
    for path in paths:
        value = answer
        for name in path.split("."):
            value = value.get(name) if isinstance(value, dict) else None
        if isinstance(value, str) and value:
            return value
    return ""


def _serp(query: str, secrets: Secrets, options: SearchOptions) -> Asking:
    return Asking("https://serpapi.com/search.json", {"engine": "google", "q": query, "api_key": secrets["serpApiKey"]})


def _google(query: str, secrets: Secrets, options: SearchOptions) -> Asking:
    identity = {"cx": secrets["googleCustomSearchApiId"], "key": secrets["googleCustomSearchApiKey"]}
    return Asking("https://www.googleapis.com/customsearch/v1", {"q": query, **identity})


def _serper(query: str, secrets: Secrets, options: SearchOptions) -> Asking:
    return Asking("https://google.serper.dev/search", headers={"X-API-KEY": secrets["serperApiKey"]}, body={"q": query})


def _brave(query: str, secrets: Secrets, options: SearchOptions) -> Asking:
    headers = {"X-Subscription-Token": secrets["braveApiKey"]}
    return Asking("https://api.search.brave.com/res/v1/web/search", {"q": query}, headers)


def _search_api(query: str, secrets: Secrets, options: SearchOptions) -> Asking:
    headers = {"Authorization": f"Bearer {secrets['searchApiKey']}"}
    return Asking("https://www.searchapi.io/api/v1/search", {"engine": "google", "q": query}, headers)


def _exa(query: str, secrets: Secrets, options: SearchOptions) -> Asking:
    body = {"query": query, "contents": {"text": {"maxCharacters": LONGEST_RESULT}}, **options}
    return Asking("https://api.exa.ai/search", headers={"x-api-key": secrets["exaSearchApiKey"]}, body=body)


def _searxng(query: str, secrets: Secrets, options: SearchOptions) -> Asking:
    parameters = {name: str(value) for name, value in options.items() if name != "apiBase" and value is not None}
    return Asking(f"{options['apiBase'].rstrip('/')}/search", {"q": query, "format": "json", **parameters})


def _tavily(query: str, secrets: Secrets, options: SearchOptions) -> Asking:
    parameters = {name: value for name, value in options.items() if value is not None}
    headers = {"Authorization": f"Bearer {secrets['tavilyApiKey']}"}
    return Asking("https://api.tavily.com/search", headers=headers, body={"query": query, **parameters})


SERP = SearchService(
    "search",
    ("serpApiKey",),
    _serp,
    ("organic_results",),
    ("title", "snippet", "link"),
    lambda answer: at(answer, "answer_box.answer", "answer_box.snippet", "knowledge_graph.description"),
)
GOOGLE = SearchService(
    "google-custom-search",
    ("googleCustomSearchApiKey", "googleCustomSearchApiId"),
    _google,
    ("items",),
    ("title", "snippet", "link"),
)
SERPER = SearchService(
    "serper",
    ("serperApiKey",),
    _serper,
    ("organic",),
    ("title", "snippet", "link"),
    lambda answer: at(answer, "answerBox.answer", "answerBox.snippet", "knowledgeGraph.description"),
)
BRAVE = SearchService("brave-search", ("braveApiKey",), _brave, ("web", "results"), ("title", "description", "url"))
SEARCH_API = SearchService(
    "search",
    ("searchApiKey",),
    _search_api,
    ("organic_results",),
    ("title", "snippet", "link"),
    lambda answer: at(answer, "answer_box.answer", "answer_box.snippet", "knowledge_graph.description"),
)
EXA = SearchService("exa_search", ("exaSearchApiKey",), _exa, ("results",), ("title", "text", "url"))
SEARXNG = SearchService("searxng-search", (), _searxng, ("results",), ("title", "content", "url"))
TAVILY = SearchService(
    "tavily_search_results_json",
    ("tavilyApiKey",),
    _tavily,
    ("results",),
    ("title", "content", "url"),
    lambda answer: at(answer, "answer"),
)


def no_options(inputs: NodeInputs) -> SearchOptions:
    return {}


def searxng_options(inputs: NodeInputs) -> SearchOptions:
    base = inputs.text("apiBase").strip()
    if not base.startswith(("http://", "https://")):
        raise inputs.wrong_input("apiBase", "the address of a SearXNG server, such as https://searx.example.org")
    texts = {name: inputs.optional_text(name) for name in ("categories", "engines", "language", "time_range")}
    numbers = {"pageno": inputs.integer("pageno", 1), "safesearch": inputs.integer("safesearch", 0, 2)}
    return {"apiBase": base, **texts, **numbers}


TAVILY_FLAGS = {
    "includeAnswer": "include_answer",
    "includeRawContent": "include_raw_content",
}


def tavily_options(inputs: NodeInputs) -> SearchOptions:
    depths = {"basic": "basic", "advanced": "advanced"}
    topics = {"general": "general", "news": "news"}
    ranges = {name: name for name in ("day", "week", "month", "year")}
    lists = {"include_domains": inputs.text("includeDomains"), "exclude_domains": inputs.text("excludeDomains")}
    return {
        "topic": inputs.choice("topic", topics, "general"),
        "search_depth": inputs.choice("searchDepth", depths, "basic"),
        "chunks_per_source": inputs.integer("chunksPerSource", 1, 3),
        "max_results": inputs.integer("maxResults", 0, 20),
        "time_range": inputs.choice("timeRange", ranges, None) if inputs.is_set("timeRange") else None,
        "days": inputs.integer("days", 1),
        **{theirs: True for ours, theirs in TAVILY_FLAGS.items() if inputs.flag(ours)},
        **{name: [one.strip() for one in text.split(",") if one.strip()] for name, text in lists.items() if text.strip()},
    }


EXA_DATES = ("startCrawlDate", "endCrawlDate", "startPublishedDate", "endPublishedDate")


def exa_options(inputs: NodeInputs) -> SearchOptions:
    lists = {name: inputs.text(name) for name in ("includeDomains", "excludeDomains")}
    values = {
        "numResults": inputs.integer("numResults", 1, 100),
        **{name: inputs.optional_text(name) for name in ("type", "category", *EXA_DATES)},
        **{name: [one.strip() for one in text.split(",") if one.strip()] or None for name, text in lists.items()},
    }
    return {name: value for name, value in values.items() if value is not None}


def searching(
    node: str, label: str, service: SearchService, *own: Input, options: Callable[[NodeInputs], SearchOptions] = no_options
) -> NodeType:
    """The node type of a service. A key typed into an old drawing is taken like one of a credential."""

    def build(inputs: NodeInputs, context: BuildContext) -> SearchTool:
        assert context.outbound is not None and context.credentials is not None, "the composition root gives both"
        key_values = {key: inputs.text(key).strip() for key in service.keys}
        if service.keys and not key_values[service.keys[0]]:
            key_values[service.keys[0]] = inputs.text("apiKey").strip()
        return SearchTool(
            ToolSpec(service.tool, f"Searches the web with {label}. {USE}", one_text("What to search for.")),
            service,
            context.outbound,
            context.credentials,
            context.workspace_id,
            inputs.node.label,
            inputs.node.credential,
            {key: value for key, value in key_values.items() if value},
            options(inputs),
        )

    keys = [Input(key, "secret") for key in dict.fromkeys((*service.keys, "apiKey"))] if service.keys else []
    return NodeType(node, label, CATEGORY, (*keys, *own), build, repeatable=True)


USE = "Use it for current events and for facts you are not sure of."


def texts(*names: str) -> Sequence[Input]:
    return tuple(Input(name) for name in names)


NODES = (
    searching("serpAPI", "Serp API", SERP),
    searching("googleCustomSearch", "Google Custom Search", GOOGLE),
    searching("serper", "Serper", SERPER),
    searching("searchAPI", "SearchApi", SEARCH_API),
    searching(
        "exaSearch",
        "Exa Search",
        EXA,
        Input("numResults", "number"),
        *texts("type", "category", "includeDomains", "excludeDomains", *EXA_DATES),
        *(Input(name, has_no_effect=True) for name in ("description", "useAutoprompt")),
        options=exa_options,
    ),
    searching("braveSearchAPI", "BraveSearch API", BRAVE),
    searching(
        "searXNG",
        "SearXNG",
        SEARXNG,
        *texts("apiBase", "categories", "engines", "language", "time_range"),
        Input("pageno", "number"),
        Input("safesearch", "number"),
        options=searxng_options,
    ),
    searching(
        "tavilyAPI",
        "Tavily API",
        TAVILY,
        Input("topic", "choice"),
        Input("searchDepth", "choice"),
        Input("chunksPerSource", "number"),
        Input("maxResults", "number"),
        Input("timeRange", "choice"),
        Input("days", "number"),
        *(Input(name, "flag") for name in TAVILY_FLAGS),
        *(Input(name, "flag", has_no_effect=True) for name in ("includeImages", "includeImageDescriptions")),
        *texts("includeDomains", "excludeDomains"),
        options=tavily_options,
    ),
)
