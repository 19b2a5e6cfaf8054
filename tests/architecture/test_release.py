"""The release workflow: who may do what in it, in which order, and that its script refuses what would not fit."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent.parent
WORKFLOW = ROOT / ".github" / "workflows" / "release.yml"
SCRIPT = ROOT / ".ci" / "release"
SIGNERS = {"build", "publish-client", "publish-server"}
"""Jobs that prove who they are: to sign what they built, or to PyPI."""


def jobs() -> dict[str, Any]:
    workflow = yaml.safe_load(WORKFLOW.read_text())
    assert workflow["permissions"] == {}, "A job has the rights that it names, and no others."
    found: dict[str, Any] = workflow["jobs"]
    return found


def version() -> str:
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"])


def test_each_job_has_an_end_and_only_the_rights_it_needs() -> None:
    for name, job in jobs().items():
        assert job["timeout-minutes"] <= 60, name
        assert ("id-token" in job["permissions"]) == (name in SIGNERS), name
        assert ("contents" in job["permissions"] and job["permissions"]["contents"] == "write") == (name == "announce"), name


def test_nothing_is_published_that_was_not_tested_and_the_client_comes_first() -> None:
    needs = {name: job.get("needs") for name, job in jobs().items()}
    assert needs == {
        "test": None,
        "build": "test",
        "publish-client": "build",
        "publish-server": "publish-client",
        "announce": "publish-server",
    }


def test_there_is_no_token_and_no_text_of_others_in_a_script() -> None:
    text = WORKFLOW.read_text()
    assert "secrets." not in text and "password" not in text
    scripts = [step["run"] for job in jobs().values() for step in job["steps"] if "run" in step]
    assert not [script for script in scripts if "${{" in script], "What GitHub puts into a script may be anything."
    published = [step for job in jobs().values() for step in job["steps"] if "gh-action-pypi-publish" in step.get("uses", "")]
    assert [step["with"]["attestations"] for step in published] == [True, True]


def test_actions_are_pinned_to_commits_with_the_tag_beside_them() -> None:
    uses = re.findall(r"uses: (\S+)(.*)$", WORKFLOW.read_text(), re.MULTILINE)
    assert len(uses) > 8
    pins: dict[str, set[str]] = {}
    for action, note in uses:
        name, _, commit = action.partition("@")
        assert re.fullmatch(r"[0-9a-f]{40}", commit) and re.fullmatch(r" # v\d+\.\d+\.\d+", note), action
        pins.setdefault(name, set()).add(commit)
    assert all(len(commits) == 1 for commits in pins.values()), "one action, one version"


def test_scripts_of_the_workflow_are_here() -> None:
    scripts = " ".join(step.get("run", "") for job in jobs().values() for step in job["steps"])
    for name in re.findall(r"\.ci/\w+", scripts):
        assert (ROOT / name).stat().st_mode & 0o100, name


def test_another_tag_than_the_version_is_refused() -> None:
    done = subprocess.run([str(SCRIPT), "v99.0.0"], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr.strip() == f"The tag v99.0.0 is not v{version()}, the version of pyproject.toml; correct one of them."


def test_the_changelog_begins_with_this_version() -> None:
    sections = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert sections[0] == "Unreleased", "what comes next has a place"
    assert re.fullmatch(rf"{re.escape(version())} – \d{{4}}-\d{{2}}-\d{{2}}", sections[1])
