"""The loader of repositories."""

from __future__ import annotations

from tradewind_server.documents.github import (
    LONGEST_PATTERN,
    MOST_PATTERNS,
    PUBLIC_API,
    PUBLIC_SITE,
    GithubSource,
    repository_of,
)
from tradewind_server.documents.ports import DocumentSource
from tradewind_server.flows.nodes.retrieval.document_loaders import CATEGORY, COMMON, outbound, rules, splitter
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.header_values import key_fault, pasted_key
from tradewind_server.outbound.addresses import is_web_address

DEFAULT_BRANCH = "main"
LONGEST_BRANCH = 250
DEFAULT_CONCURRENCY, MOST_CONCURRENCY = 2, 8
DEFAULT_RETRIES, MOST_RETRIES = 2, 5


def address(inputs: NodeInputs, name: str, default: str) -> str:
    value = inputs.text(name, default).strip().rstrip("/")
    if not is_web_address(value):
        raise inputs.wrong_input(name, "an address that begins with https:// or http://")
    return value


def patterns(inputs: NodeInputs) -> tuple[str, ...]:
    values = inputs.json("ignorePath")
    if values is None:
        return ()
    if not isinstance(values, list) or not all(isinstance(value, str) and value.strip("/ ") for value in values):
        raise inputs.wrong_input("ignorePath", 'a JSON list of patterns such as ["docs/old", "*.lock"]')
    if len(values) > MOST_PATTERNS or any(len(value) > LONGEST_PATTERN for value in values):
        raise inputs.wrong_input("ignorePath", f"at most {MOST_PATTERNS} patterns of at most {LONGEST_PATTERN} characters")
    return tuple(values)


def build(inputs: NodeInputs, context: BuildContext) -> DocumentSource:
    link = inputs.text("repoLink").strip()
    repository = repository_of(link, address(inputs, "githubBaseUrl", PUBLIC_SITE))
    if repository is None:
        raise inputs.wrong_input("repoLink", "the address of a repository, such as https://github.com/owner/name")
    own_token = inputs.key("accessToken")
    credential, workspace_id, credentials = inputs.node.credential, context.workspace_id, context.credentials

    async def token() -> str | None:
        """The token of the node's credential, looked up at each load; None where it has none here."""
        secret = await credentials.reveal(workspace_id, credential) if credentials and credential and not own_token else None
        key = own_token or (pasted_key(secret[1].get("accessToken") or secret[1].get("apiKey") or "") if secret else None)
        if key and (fault := key_fault(key)):
            raise inputs.wrong_input("accessToken", f"a key that can be sent: {fault}")
        return key or None

    return GithubSource(
        node_id=inputs.node.id,
        label=inputs.node.label,
        repository=repository,
        link=link,
        branch=inputs.text("branch", DEFAULT_BRANCH).strip()[:LONGEST_BRANCH] or DEFAULT_BRANCH,
        recursive=inputs.flag("recursive"),
        outbound=outbound(inputs, context),
        token=token,
        api=address(inputs, "githubInstanceApi", PUBLIC_API),
        ignore=patterns(inputs),
        concurrency=min(inputs.integer("maxConcurrency", 1) or DEFAULT_CONCURRENCY, MOST_CONCURRENCY),
        retries=min(retries if (retries := inputs.integer("maxRetries", 0)) is not None else DEFAULT_RETRIES, MOST_RETRIES),
        splitter=splitter(inputs),
        rules=rules(inputs),
        parsing=context.parsing,
    )


NODES = (
    NodeType(
        "github",
        "Github",
        CATEGORY,
        (
            Input("repoLink"),
            Input("branch"),
            Input("recursive", "flag"),
            Input("maxConcurrency", "number"),
            Input("githubBaseUrl"),
            Input("githubInstanceApi"),
            Input("ignorePath", "json"),
            Input("maxRetries", "number"),
            Input("accessToken", "secret"),
            *COMMON,
        ),
        build,
        "loads at most 2,000 text files of a branch, 4 MiB each and 256 MiB together.",
    ),
)
