"""The Github node reads its inputs as the canvas writes them, and looks its token up at each load."""

from __future__ import annotations

from typing import Any, cast

import pytest
from tradewind_server.documents.github import PUBLIC_API, GithubRepository
from tradewind_server.errors import InvalidInput
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.nodes.spec import BuildContext, NodeInputs

from fakes.flow_engine import WORKSPACE, FakeCredentials, FakeOutbound

LINK = "https://github.com/acme/docs"


def build(credential: str | None = None, credentials: Any = None, **inputs: Any) -> Any:
    node = Node("github_0", "github", "Github", "Document Loaders", {"repoLink": LINK, **inputs}, credential=credential)
    nothing = cast(Any, None)
    context = BuildContext(WORKSPACE, "c", nothing, nothing, nothing, outbound=FakeOutbound(), credentials=credentials)
    return builtin_registry().type_of(node).build(NodeInputs(node, node.inputs), context)


def test_what_the_canvas_leaves_out_is_public_github() -> None:
    source = build()
    assert (source.repository, source.branch, source.recursive) == (GithubRepository("acme", "docs"), "main", False)
    assert (source.api, source.concurrency, source.retries, source.ignore) == (PUBLIC_API, 2, 2, ())


def test_all_inputs() -> None:
    source = build(
        repoLink="https://git.example/acme/docs/tree/next/src",
        branch="next",
        recursive=True,
        maxConcurrency="50",
        maxRetries="0",
        githubBaseUrl="https://git.example/",
        githubInstanceApi="https://git.example/api/v3/",
        ignorePath='["*.lock"]',
    )
    assert (source.repository, source.branch, source.recursive) == (GithubRepository("acme", "docs", "src"), "next", True)
    assert (source.api, source.concurrency, source.retries, source.ignore) == (
        "https://git.example/api/v3", 8, 0, ("*.lock",)
    )  # fmt: skip


@pytest.mark.parametrize(
    "inputs",
    [
        {"repoLink": ""},
        {"repoLink": "https://gitlab.com/acme/docs"},
        {"githubBaseUrl": "git.example"},
        {"githubInstanceApi": "file:///etc"},
        {"ignorePath": "docs"},
        {"ignorePath": '{"a": 1}'},
        {"ignorePath": '["/"]'},
        {"ignorePath": ["x" * 301]},
        {"ignorePath": ["x"] * 51},
        {"maxConcurrency": "0"},
    ],
)
def test_wrong_inputs_are_named(inputs: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput, match=f"The input {next(iter(inputs))} "):
        build(**inputs)


async def test_the_token_is_that_of_the_credential() -> None:
    credentials = FakeCredentials()
    source = build("mine", credentials)
    assert await source.token() is None
    credentials.hold("mine", accessToken=" ghp_1\n")
    assert await source.token() == "ghp_1" and "ghp_1" not in repr(source)


async def test_a_typed_token_goes_before_it_and_is_never_shown() -> None:
    credentials = FakeCredentials()
    credentials.hold("mine", accessToken="ghp_1")
    source = build("mine", credentials, accessToken="Bearer ghp_2")
    assert await source.token() == "ghp_2" and "ghp_2" not in repr(source)


async def test_a_token_that_cannot_be_sent_is_refused_without_showing_it() -> None:
    with pytest.raises(InvalidInput, match="accessToken") as error:
        await build(accessToken="ghp bad").token()
    assert "ghp bad" not in error.value.message
