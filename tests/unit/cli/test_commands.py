"""The command line: help everywhere, JSON where there is something to parse, exit codes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.administration import open_administration
from tradewind_server.cli.main import app
from tradewind_server.settings import Settings
from tradewind_server.vectors.qdrant import QdrantIndexes
from typer.main import get_command

from .conftest import Line

FLOW = {
    "nodes": [
        {"id": "chatOpenAI_0", "data": {"name": "chatOpenAI", "label": "ChatOpenAI", "credential": "cred-1", "inputs": {}}},
        {"id": "strange_0", "data": {"name": "strange", "label": "Strange", "inputs": {}}},
    ],
    "edges": [],
}


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, (*path, name))


@pytest.mark.parametrize("path", list(commands(get_command(app))), ids=lambda path: " ".join(path) or "tradewind")
def test_every_command_explains_itself(line: Line, path: tuple[str, ...]) -> None:
    done = line(*path, "--help", data=False)
    assert done.exit_code == 0
    assert "Usage:" in done.stdout
    assert line(*path, "-h", data=False).stdout == done.stdout
    help_lines = [text.strip() for text in done.stdout.splitlines() if text.strip()]
    assert len(help_lines[1]) > 10, "a command says what it does"


@pytest.mark.parametrize("arguments", [["nothing"], ["keys", "nothing"], ["up", "--rest-port", "x"], ["keys", "revoke"]])
def test_wrong_use_is_code_2(line: Line, arguments: list[str]) -> None:
    assert line(*arguments, data=False).exit_code == 2


@pytest.mark.parametrize("address", ["servers", ":50051", "servers:0", "servers:99999", "servers:grpc", "servers:٣"])
def test_an_upstream_of_the_gate_is_host_and_port(line: Line, address: str) -> None:
    done = line("gate", "--upstream", address, data=False)
    assert done.exit_code == 2
    assert done.stderr == f"--upstream {address} is no address; it looks like tradewind-servers:50051.\n"


def test_a_setting_that_cannot_be_used_is_named(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADEWIND_WORKERS", "many")
    done = line("migrate")
    assert done.exit_code == 2
    assert "TRADEWIND_WORKERS" in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize("url", ["nonsense", "mysql://u:hidden@db/x", "postgresql://u:hidden@db:port/x"])
def test_an_address_that_is_no_database_is_one_sentence_without_its_password(
    line: Line, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRADEWIND_DATABASE_URL", url)
    done = line("migrate")
    assert done.exit_code == 2
    assert done.stderr.startswith("The setting TRADEWIND_DATABASE_URL cannot be used: ") and "postgresql://" in done.stderr
    assert done.stderr.count("\n") == 1 and "hidden" not in done.stderr


def test_version(line: Line) -> None:
    assert line("version", data=False).stdout.startswith("tradewind ")
    assert json.loads(line("version", "--json", data=False).stdout)["version"]


def test_migrate_twice(first_line: Line) -> None:
    for _ in range(2):
        assert first_line("migrate").exit_code == 0
    assert (first_line.data_dir / "tradewind.db").exists()


def test_a_key_is_shown_once_and_can_be_revoked(line: Line) -> None:
    made = line.json("keys", "create", "robot", "-p", "chatflows:view")
    assert made["key"].startswith("tw_")
    listed = line("keys", "list", "--json").stdout
    assert made["key"] not in listed
    assert [(row["id"], row["permissions"]) for row in json.loads(listed)] == [(made["id"], ["chatflows:view"])]
    assert line("keys", "revoke", made["id"]).exit_code == 0
    assert line("keys", "revoke", made["id"]).exit_code == 1
    assert line.json("keys", "list") == []


@pytest.mark.parametrize(
    ("permission", "nearest"),
    [
        ("chatflow:view", "chatflows:view"),
        ("ChatMessages:View", "chatmessages:view"),
        ("chatmessages", "chatmessages:view"),
        ("chatflows:write", "chatflows:create"),
        ("keys", "those of apikeys:*"),
        ("keys:*", "those of apikeys:*"),
        ("", "chatflows:*"),
        (":*", "chatflows:*"),
        ("chat*", "chatflows:*"),
    ],
)
def test_a_permission_that_no_method_asks_for_is_refused(line: Line, permission: str, nearest: str) -> None:
    done = line("keys", "create", "robot", "-p", "chatflows:view", "-p", permission)
    assert done.exit_code == 2
    assert nearest in done.stderr and len(done.stderr.strip().splitlines()) == 1
    assert line.json("keys", "list") == []


def test_a_group_of_permissions_is_written_out(line: Line) -> None:
    made = line.json("keys", "create", "robot", "-p", "chatmessages:*", "-p", "chatflows:view")
    assert made["permissions"] == ["chatflows:view", "chatmessages:delete", "chatmessages:update", "chatmessages:view"]
    assert line.json("keys", "create", "all")["permissions"] == ["*"]


def test_a_credential_is_read_from_standard_input_and_never_shown(line: Line) -> None:
    stored = line.json("credentials", "set", "cred-1", stdin="sk-canary\n")
    listed = line("credentials", "list", "--json").stdout
    assert [row["name"] for row in json.loads(listed)] == ["cred-1"] == [stored["name"]]
    for text in (listed, line("credentials", "list").stdout, (line.data_dir / "tradewind.db").read_bytes().decode("latin-1")):
        assert "sk-canary" not in text
    assert line("credentials", "set", "empty", stdin="\n").exit_code == 2
    assert line("credentials", "set", "marked", stdin="\n\ufeff Bearer sk-canary\u200b\r\n").exit_code == 0
    assert line("credentials", "set", "marked", stdin="sk-two words\n").exit_code == 2
    for broken in ("sk–dash\n", "ключ\n", "two words\n", "tab\tbed\n"):
        done = line("credentials", "set", "broken", stdin=broken)
        assert done.exit_code == 2 and "cannot be sent" in done.stderr
    assert line("credentials", "delete", "cred-1").exit_code == 0
    assert line("credentials", "delete", "cred-1").exit_code == 1


def test_a_chatflow_goes_in_with_notes_and_comes_out_again(line: Line, tmp_path: Path) -> None:
    file = tmp_path / "drawing.json"
    file.write_text(json.dumps(FLOW))
    (imported,) = line.json("flows", "import", str(file))
    assert imported["name"] == "drawing"
    assert any("strange" in note for note in imported["notes"])
    assert any("credentials set cred-1" in note for note in imported["notes"])
    assert [row["id"] for row in line.json("flows", "list")] == [imported["id"]]
    out = tmp_path / "out.json"
    assert line("flows", "export", imported["id"], "-o", str(out)).exit_code == 0
    exported = json.loads(out.read_text())
    assert json.loads(exported["ChatFlow"][0]["flowData"]) == FLOW
    (again,) = line.json("flows", "import", str(out))
    assert again["id"] != imported["id"]
    assert line("flows", "export", "00000000-0000-4000-8000-00000000dead").exit_code == 1


def test_a_variable_is_set_listed_and_deleted(line: Line) -> None:
    made = line.json("variables", "set", "city", "Köln")
    assert (made["name"], made["value"], made["type"]) == ("city", "Köln", "static")
    assert line.json("variables", "set", "city", "x" * 100)["id"] == made["id"]
    assert [row["value"] for row in line.json("variables", "list")] == ["x" * 100]
    assert "x" * 59 + "…" in line("variables", "list").stdout
    assert line("variables", "delete", "city").exit_code == 0
    assert line("variables", "delete", "city").exit_code == 1
    assert line.json("variables", "list") == []


def test_a_runtime_variable_needs_an_opened_name(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = line("variables", "set", "SEASON", "--runtime")
    assert refused.exit_code == 1 and "TRADEWIND_RUNTIME_VARIABLES" in refused.stderr
    monkeypatch.setenv("TRADEWIND_RUNTIME_VARIABLES", "SEASON")
    monkeypatch.setenv("SEASON", "canary of the environment")
    assert line.json("variables", "set", "SEASON", "--runtime")["type"] == "runtime"
    for listed in (line("variables", "list"), line("variables", "list", "--json")):
        assert "canary" not in listed.stdout
    for arguments in (["city"], ["city", "x", "--runtime"]):
        assert line("variables", "set", *arguments).exit_code == 2


def test_an_import_names_runtime_variables_that_are_not_opened(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADEWIND_RUNTIME_VARIABLES", "SEASON")
    rows = [{"name": name, "value": "", "type": "runtime"} for name in ("SEASON", "HOME")]
    done = line("flows", "import", "-", stdin=json.dumps({"Variable": rows}))
    stored, note = done.stdout.splitlines()
    assert stored == "Variables stored: SEASON, HOME."
    assert "HOME" in note and "TRADEWIND_RUNTIME_VARIABLES" in note and "SEASON" not in note


def test_a_file_is_checked_without_storing_it(first_line: Line, tmp_path: Path) -> None:
    file = tmp_path / "drawing.json"
    file.write_text(json.dumps(FLOW))
    done = first_line("flows", "check", str(file), data=False)
    assert done.exit_code == 1
    assert done.stdout.startswith("drawing: will not run\n    Strange (strange_0) is of the type strange")
    done = first_line("flows", "check", "-", "--json", stdin=json.dumps(FLOW), data=False)
    assert done.exit_code == 1
    (checked,) = json.loads(done.stdout)
    assert checked["name"] == "Untitled" and checked["problems"][0]["nodeId"] == "strange_0"
    assert first_line("flows", "check", "-", stdin="{", data=False).exit_code == 2
    assert first_line("flows", "check", "-", stdin="[]", data=False).exit_code == 2
    assert not first_line.data_dir.exists()


def test_a_file_that_will_run_has_exit_code_0(line: Line) -> None:
    example = Path(__file__).parents[3] / "examples" / "flows" / "conversation.json"
    done = line("flows", "check", str(example), data=False)
    assert (done.exit_code, done.stdout) == (0, "conversation: will run\n")


def test_tools_are_listed_and_deleted(line: Line) -> None:
    assert line.json("tools", "list") == []
    assert line("tools", "list").stdout.strip() == "No tools yet."

    async def store() -> str:
        async with open_administration(Settings(_env_file=None, data_dir=line.data_dir)) as administration:  # type: ignore[call-arg]
            made = await administration.tools.create(DEFAULT_WORKSPACE, {"name": "add_one", "description": "Adds one."})
            return made.id

    tool_id = asyncio.run(store())
    assert [(row["id"], row["name"], row["schema"]) for row in line.json("tools", "list")] == [(tool_id, "add_one", None)]
    assert "add_one" in line("tools", "list").stdout
    assert line("tools", "delete", "one").exit_code == 1
    assert line("tools", "delete", tool_id).exit_code == 0
    assert line("tools", "delete", tool_id).exit_code == 1


def test_assistants_are_stored_shown_and_deleted(line: Line, tmp_path: Path) -> None:
    assert line("assistants", "list").stdout.strip() == "No assistants yet."
    details = tmp_path / "details.json"
    details.write_text('{"name": "Harbour desk", "instruction": "Be kind", "flowId": "f-1"}')
    assistant_id = line.json("assistants", "create", str(details))["id"]
    assert [(row["id"], row["name"], row["chatflow"]) for row in line.json("assistants", "list")] == [
        (assistant_id, "Harbour desk", "f-1")
    ]
    assert line.json("assistants", "list", "--type", "OPENAI") == []
    assert line.json("assistants", "show", assistant_id)["details"]["instruction"] == "Be kind"
    assert "Harbour desk" in line("assistants", "show", assistant_id).stdout
    done = line("assistants", "create", "-", stdin="{}")
    assert (done.exit_code, done.stderr.strip()) == (1, "Details must include a name field")
    assert line("assistants", "create", str(tmp_path / "nothing.json")).exit_code == 1
    assert line("assistants", "show", "one").exit_code == 1
    assert line.json("assistants", "delete", assistant_id) == {"deleted": assistant_id}
    assert line("assistants", "delete", assistant_id).exit_code == 1


def test_variables_alone_are_imported(line: Line) -> None:
    text = '{"Variable": [{"name": "city", "value": "Paris"}], "Tool": [{}], "ChatFlow": []}'
    assert line("flows", "import", "-", stdin=text).stdout.splitlines() == [
        "Variables stored: city.",
        "The file's tools are not taken: an import stores chatflows and variables.",
    ]
    done = line("flows", "import", "-", "--json", stdin=text)
    assert json.loads(done.stdout) == [] and "city" in done.stderr


@pytest.mark.parametrize(("text", "code"), [("{", 2), ("3", 1), ('{"nodes": 3}', 1), ('{"ChatFlow": []}', 1)])
def test_a_file_without_a_chatflow_is_one_sentence(line: Line, text: str, code: int) -> None:
    done = line("flows", "import", "-", stdin=text)
    assert done.exit_code == code
    assert len(done.stderr.strip().splitlines()) == 1
    assert line.json("flows", "list") == []


def test_a_file_that_is_not_there(line: Line) -> None:
    done = line("flows", "import", "nowhere.json")
    assert done.exit_code == 1
    assert "nowhere.json" in done.stderr


def test_the_doctor_names_what_is_missing(line: Line, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TRADEWIND_MODEL_DIR", str(tmp_path / "models"))
    done = line("doctor", "--json")
    rows = {row["check"]: row for row in json.loads(done.stdout)}
    assert done.exit_code == 1
    assert rows["database"]["ok"] is True
    assert rows["models"]["ok"] is False
    assert "tradewind models pull" in rows["models"]["notes"][0]
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    rows = {row["check"]: row for row in json.loads(line("doctor", "--json").stdout)}
    assert rows["models"]["notes"] == ["The model endpoint 127.0.0.1:9 cannot be reached."]


def test_the_doctor_names_what_is_never_opened(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADEWIND_RUNTIME_VARIABLES", "SEASON,OPENAI_API_KEY")
    row = {row["check"]: row for row in json.loads(line("doctor", "--json").stdout)}["settings"]
    assert row["ok"] and any("OPENAI_API_KEY" in note for note in row["notes"])
    assert not any("SEASON" in note for note in row["notes"])


@pytest.mark.parametrize(
    ("version", "well"), [("1.12.0", True), ("1.16.3", True), ("2.0.0-dev", True), ("1.11.5", False), ("", False)]
)
def test_the_doctor_asks_for_the_version_of_the_qdrant_server(
    line: Line, monkeypatch: pytest.MonkeyPatch, version: str, well: bool
) -> None:
    async def answers(self: QdrantIndexes) -> str:
        return version

    monkeypatch.setattr(QdrantIndexes, "version", answers)
    monkeypatch.setenv("QDRANT_URL", "http://127.0.0.1:6334")
    row = {row["check"]: row for row in json.loads(line("doctor", "--json").stdout)}["qdrant"]
    assert row["ok"] is well
    assert (version or "unknown") in row["notes"][0]


def test_the_doctor_says_why_the_qdrant_server_is_not_there(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tradewind_server.vectors.connection.PATIENCE_SECONDS", 0.1)
    monkeypatch.setenv("QDRANT_URL", "http://127.0.0.1:9")
    row = {row["check"]: row for row in json.loads(line("doctor", "--json").stdout)}["qdrant"]
    assert row["notes"] == ["The vector store cannot be reached right now; try again shortly. Its address: http://127.0.0.1:9."]


@pytest.mark.parametrize("name", ["QDRANT_API_KEY", "TRADEWIND_QDRANT_API_KEY", "OPENAI_API_KEY"])
def test_keys_that_no_header_can_hold_are_refused_at_the_start(line: Line, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "sk–dash")
    done = line("doctor")
    assert done.exit_code == 2
    assert "not ASCII" in done.stderr and "sk–dash" not in done.stderr


def test_versions_are_listed_labelled_restored_and_deleted(line: Line, tmp_path: Path) -> None:
    file = tmp_path / "flow.json"
    file.write_text(json.dumps(FLOW))
    ((flow),) = line.json("flows", "import", str(file))
    assert line.json("flows", "label", flow["id"], "1", "live")["labels"] == ["live"]
    assert line("flows", "versions", flow["id"]).stdout.splitlines()[1].split()[-1] == "live"
    assert "no version 7" in line("flows", "label", flow["id"], "7", "beta").stderr
    assert line("flows", "label", flow["id"], "live", "live", "--remove").stdout == "Version 1: no labels\n"
    assert line.json("flows", "restore", flow["id"], "1") == {"number": 1}, "it is the newest already"
    assert line("flows", "versions", flow["id"], "--delete", "1").exit_code == 1
    assert [row["number"] for row in line.json("flows", "versions", flow["id"])] == [1]


def test_a_workspace_goes_out_and_comes_into_another(line: Line, tmp_path: Path) -> None:
    file, export, second = tmp_path / "flow.json", tmp_path / "ExportData.json", tmp_path / "again.json"
    file.write_text(json.dumps(FLOW))
    line("flows", "import", str(file))
    assert "Wrote" in line("export", "-o", str(export)).stdout
    data = json.loads(export.read_text())
    assert [flow["name"] for flow in data["ChatFlow"]] == ["flow"] and data["Tool"] == []
    assert line("import", str(export), "--dry-run").stdout.startswith("ChatFlow: 1 would be stored")
    done = line.json("import", str(export))
    assert done["stored"] == {"ChatFlow": 1} and any("strange" in note for note in done["notes"])
    line("export", "--output", str(second))
    assert len(json.loads(second.read_text())["ChatFlow"]) == 2
    assert line("import", str(tmp_path / "missing.json")).exit_code == 1
    file.write_text("not JSON")
    assert line("import", str(file)).exit_code == 2


def test_an_export_that_fails_leaves_nothing_behind(line: Line, tmp_path: Path) -> None:
    export = tmp_path / "out.json"
    assert line("export", "-o", str(export), "--workspace", "nobody").exit_code == 1
    assert "cannot be written" in line("export", "-o", str(tmp_path / "missing" / "out.json")).stderr
    export.mkdir()
    assert "cannot be written" in line("export", "-o", str(export)).stderr
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("out.json")] == ["out.json"]


def test_a_file_goes_into_the_workspace_that_is_named(line: Line, tmp_path: Path) -> None:
    file, export = tmp_path / "in.json", tmp_path / "out.json"
    file.write_text(json.dumps({"Variable": [{"name": "city", "value": "Paris", "type": "static"}]}))
    line("workspaces", "create", "tenant")
    assert line.json("import", str(file), "--workspace", "tenant")["stored"] == {"Variable": 1}
    names = []
    for options in (("--workspace", "tenant"), ()):
        assert line("export", "-o", str(export), *options).exit_code == 0
        names.append([variable["name"] for variable in json.loads(export.read_text())["Variable"]])
    assert names == [["city"], []]
    done = line("export", "-o", str(export), "--workspace", "nobody")
    assert done.exit_code == 1 and "Workspace nobody not found" in done.output


@pytest.mark.parametrize("text", ["[" * 100_000, '{"ChatFlow": ' * 900 + "1" + "}" * 900, "[" * 65 + "]" * 65])
def test_a_file_that_is_nested_deeply_ends_in_one_sentence(line: Line, tmp_path: Path, text: str) -> None:
    file = tmp_path / "deep.json"
    file.write_text(text)
    for words in (["import"], ["import", "--dry-run"], ["flows", "import"], ["flows", "check"]):
        done = line(*words, str(file), data=words[-1] != "check")
        assert done.exit_code == 2 and isinstance(done.exception, SystemExit), words
        assert "deep" in done.output or "not JSON" in done.output
        assert len(done.output.strip().splitlines()) == 1, done.output


def test_details_of_an_assistant_that_are_too_long_or_no_text_end_in_one_sentence(line: Line, tmp_path: Path) -> None:
    file = tmp_path / "details.json"
    for content, sentence in ((b" " * ((4 << 20) + 1), "larger than 4 MiB"), (b"\xff\xfe\xff", "no text in UTF-8")):
        file.write_bytes(content)
        done = line("assistants", "create", str(file))
        assert done.exit_code != 0 and sentence in done.output and len(done.output.strip().splitlines()) == 1
    file.write_text("[" * 100_000)
    done = line("assistants", "create", str(file))
    assert done.exit_code == 1 and len(done.output.strip().splitlines()) == 1
