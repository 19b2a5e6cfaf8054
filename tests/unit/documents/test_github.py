"""The loader of repositories: which files it takes, from where, and with whose key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from tradewind_server.documents import github as github_module
from tradewind_server.documents.github import (
    LARGEST_FILE,
    MOST_FILES,
    PUBLIC_API,
    RAW_SITE,
    GithubRepository,
    GithubSource,
    is_ignored,
    repository_of,
)
from tradewind_server.documents.metadata import MetadataRules
from tradewind_server.documents.ports import Document, LoadContext
from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason, TradewindError, Unavailable
from tradewind_server.outbound.ports import OutboundReply

TREE = f"{PUBLIC_API}/repos/acme/docs/git/trees/main"
FILES = {
    "README.md": "Read me",
    "docs/hours.md": "Open at nine",
    "docs/old/gone.md": "Closed",
    "docs/logo.png": "x",
    "big.txt": "y",
}


def entries(files: Mapping[str, str]) -> list[dict[str, Any]]:
    sizes = {"big.txt": LARGEST_FILE + 1}
    blobs = [
        {"path": path, "type": "blob", "sha": f"sha-{path}", "size": sizes.get(path, len(text))} for path, text in files.items()
    ]
    return [{"path": "docs", "type": "tree", "sha": "t"}, *blobs, {"path": "module", "type": "commit", "sha": "c"}]


@dataclass
class Site:
    """GitHub's API and its site of raw files; numbers are statuses, exceptions are raised."""

    files: Mapping[str, str] = field(default_factory=lambda: dict(FILES))
    tree: Any = None
    once: list[Any] = field(default_factory=list)
    calls: list[tuple[str, Mapping[str, str], Mapping[str, str]]] = field(default_factory=list)

    async def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        body: bytes | None = None,
        timeout: float = 20.0,
    ) -> OutboundReply:
        self.calls.append((url, dict(headers or {}), dict(params or {})))
        answer = self.once.pop(0) if self.once else self._answer(url)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, int):
            return OutboundReply(answer, url, "application/json", b"{}")
        return OutboundReply(200, url, "text/plain", answer if isinstance(answer, bytes) else str(answer).encode())

    def _answer(self, url: str) -> Any:
        if "/git/trees/" in url:
            return json.dumps(self.tree if self.tree is not None else {"tree": entries(self.files), "truncated": False})
        path = url.partition("sha-")[2] if "/git/blobs/" in url else url.removeprefix(f"{RAW_SITE}/acme/docs/main/")
        return self.files.get(path.replace("%2F", "/"), 404)


def source(site: Site, key: str | None = None, **changes: Any) -> GithubSource:
    async def token() -> str | None:
        return key

    fields: dict[str, Any] = {
        "node_id": "github_0",
        "label": "Github",
        "repository": GithubRepository("acme", "docs"),
        "link": "https://github.com/acme/docs",
        "branch": "main",
        "recursive": True,
        "outbound": site,
        "token": token,
        "api": PUBLIC_API,
        "ignore": (),
        "concurrency": 2,
        "retries": 1,
        "splitter": None,
        "rules": MetadataRules(),
    }
    return GithubSource(**{**fields, **changes})


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(github_module, "PAUSE", 0.0)


async def load(one: GithubSource) -> tuple[list[Document], list[str]]:
    warnings: list[str] = []
    context = LoadContext("w", "c", warn=warnings.append)
    return [document async for batch in one.load(context) for document in batch], warnings


async def test_the_text_files_of_a_branch_come_in_the_order_of_their_paths() -> None:
    site = Site()
    documents, warnings = await load(source(site))
    assert [document.content for document in documents] == ["Read me", "Open at nine", "Closed"]
    assert documents[1].metadata == {
        "source": "docs/hours.md",
        "repository": "https://github.com/acme/docs",
        "branch": "main",
    }
    assert warnings == [] and site.calls[0][::2] == (TREE, {"recursive": "1"})
    assert [url for url, _, _ in site.calls[1:]] == [
        f"{RAW_SITE}/acme/docs/main/{path}" for path in ("README.md", "docs/hours.md", "docs/old/gone.md")
    ]


@pytest.mark.parametrize(
    ("changes", "paths"),
    [
        ({"recursive": False}, ["README.md"]),
        ({"repository": GithubRepository("acme", "docs", "docs")}, ["docs/hours.md", "docs/old/gone.md"]),
        ({"repository": GithubRepository("acme", "docs", "docs"), "recursive": False}, ["docs/hours.md"]),
        ({"repository": GithubRepository("acme", "docs", "README.md")}, ["README.md"]),
        ({"ignore": ("docs/old",)}, ["README.md", "docs/hours.md"]),
        ({"ignore": ("*.md",), "repository": GithubRepository("acme", "docs", "")}, []),
    ],
)
async def test_folders_depth_and_patterns_choose_the_files(changes: dict[str, Any], paths: list[str]) -> None:
    if not paths:
        with pytest.raises(InvalidInput, match="no text files"):
            await load(source(Site(), **changes))
        return
    documents, _ = await load(source(Site(), **changes))
    assert [document.metadata["source"] for document in documents] == paths


async def test_with_a_token_the_api_is_asked_for_everything_and_nothing_else_sees_it() -> None:
    site = Site()
    documents, _ = await load(source(site, "ghp_secret"))
    assert len(documents) == 3
    assert all(url.startswith(PUBLIC_API) and headers["Authorization"] == "Bearer ghp_secret" for url, headers, _ in site.calls)


async def test_a_server_of_its_own_is_asked_there() -> None:
    site = Site()
    documents, _ = await load(source(site, api="https://git.example/api/v3"))
    assert len(documents) == 3 and all(
        url.startswith("https://git.example/api/v3/repos/acme/docs/") for url, _, _ in site.calls
    )


@pytest.mark.parametrize("failure", [503, Unavailable(Reason.OUTBOUND_FAILED, "away")])
async def test_a_passing_failure_is_tried_again_and_a_lasting_one_is_said(failure: Any) -> None:
    documents, _ = await load(source(Site(once=[failure])))
    assert len(documents) == 3
    with pytest.raises(Unavailable):
        await load(source(Site(once=[failure, failure])))


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (401, FailedPrecondition, "refused the token"),
        (403, Unavailable, "store a token"),
        (404, InvalidInput, "no branch main of acme/docs"),
        (418, Unavailable, "the status 418"),
    ],
)
async def test_refusals_say_what_to_do(status: int, kind: type[TradewindError], words: str) -> None:
    with pytest.raises(kind, match=words):
        await load(source(Site(once=[status])))


@pytest.mark.parametrize("tree", [[], {}, {"tree": [{"type": "blob"}]}, {"tree": 5}, {"tree": [{"type": "blob", "path": "a"}]}])
async def test_an_answer_of_another_form_is_no_list(tree: Any) -> None:
    with pytest.raises(Unavailable, match="no list of files"):
        await load(source(Site(tree=tree)))


async def test_a_file_that_is_no_text_is_left_out_with_a_word() -> None:
    site = Site({"a.md": "A", "b.md": "B"})
    site.files = {"a.md": "A", "b.md": bytes(range(256)) * 20}  # type: ignore[dict-item]
    documents, warnings = await load(source(site))
    assert [document.content for document in documents] == ["A"]
    assert warnings == ["b.md of docs was left out: it is no text."]


async def test_what_is_beyond_the_bounds_is_left_out_with_a_word() -> None:
    site = Site({f"{number:05}.md": "x" for number in range(MOST_FILES + 5)})
    documents, warnings = await load(source(site, concurrency=8))
    assert len(documents) == MOST_FILES and "the first files of docs only" in warnings[0]


async def test_a_list_that_github_cut_is_said() -> None:
    _, warnings = await load(source(Site(tree={"tree": entries(FILES), "truncated": True})))
    assert len(warnings) == 1


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://github.com/acme/docs", GithubRepository("acme", "docs")),
        ("https://github.com/acme/docs.git/", GithubRepository("acme", "docs")),
        (" https://github.com/acme/docs/tree/main/src/app ", GithubRepository("acme", "docs", "src/app")),
        ("https://github.com/acme/docs/blob/main/README.md", GithubRepository("acme", "docs", "README.md")),
        ("https://github.com/acme/docs/issues", GithubRepository("acme", "docs")),
        ("https://github.com/acme", None),
        ("https://evil.example/acme/docs", None),
        ("https://github.com.evil.example/acme/docs", None),
        ("https://github.com/acme/..", None),
        ("https://github.com/a b/c", None),
        ("acme/docs", None),
    ],
)
def test_a_link_leads_to_a_repository(link: str, expected: GithubRepository | None) -> None:
    assert repository_of(link) == expected


def test_a_site_of_its_own_may_lie_below_a_path() -> None:
    assert repository_of("https://git.example/hub/acme/docs", "https://git.example/hub") == GithubRepository("acme", "docs")


@pytest.mark.parametrize(
    ("pattern", "path", "ignored"),
    [
        ("docs", "docs/a.md", True),
        ("docs", "src/docs/a.md", True),
        ("/docs", "src/docs/a.md", False),
        ("docs/old", "docs/old/a.md", True),
        ("docs/old", "x/docs/old/a.md", False),
        ("*.lock", "a/b/yarn.lock", True),
        ("*.lock", "a/b/yarn.lock.md", False),
        ("**/test/*.py", "a/b/test/c.py", True),
        ("**/test/*.py", "a/test/b/c.py", False),
        ("docs/**", "docs/a/b.md", True),
        ("docs/**", "docs", False),
        ("docs/", "docs/a.md", True),
        ("d?cs", "docs/a", True),
        ("a*b*c*d*e*f*g*h", "a" * 200, False),
    ],
)
def test_patterns_are_those_of_gitignore(pattern: str, path: str, ignored: bool) -> None:
    assert is_ignored(path, pattern) is ignored
