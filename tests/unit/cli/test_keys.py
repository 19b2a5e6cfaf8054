"""Keys and workspaces on the command line."""

from __future__ import annotations

from .conftest import Line


def test_a_workspace_is_made_given_a_key_and_deleted_with_all_it_holds(line: Line) -> None:
    made = line.json("workspaces", "create", "Harbour")
    assert [row["name"] for row in line.json("workspaces", "list")] == ["Harbour", "default"]
    assert line("workspaces", "create", "Harbour").exit_code == 1
    key = line.json("keys", "create", "robot", "--workspace", "Harbour", "--expires", "30d")
    assert line.json("keys", "list") == []
    assert [row["id"] for row in line.json("keys", "list", "--workspace", made["id"])] == [key["id"]]
    refused = line("workspaces", "delete", "Harbour")
    assert refused.exit_code == 1 and "api key: 1" in refused.stderr
    gone = line.json("workspaces", "delete", "Harbour", "--force")
    assert (gone["id"], gone["hasEnded"]) == (made["id"], True)
    assert line("keys", "list", "--workspace", "Harbour").exit_code == 1
    assert line("workspaces", "delete", "default", "--force").exit_code == 1


def test_a_key_is_changed_and_rotated(line: Line) -> None:
    made = line.json("keys", "create", "robot", "-p", "chatflows:view", "--expires", "2090-01-01")
    assert made["expiresDate"].startswith("2090-01-01")
    changed = line.json("keys", "update", made["id"], "--expires", "never", "--name", "new", "-p", "leads:*")
    assert (changed["name"], changed["permissions"], changed["expiresDate"]) == ("new", ["leads:delete", "leads:view"], None)
    turned = line.json("keys", "rotate", made["id"], "--overlap", "12h")
    assert turned["id"] == made["id"] and turned["key"] not in ("", made["key"]) and turned["previousExpiresDate"]
    assert "new" in line("keys", "list").stdout and made["key"] not in line("keys", "list").stdout
    for arguments in (["--expires", "soon"], ["--permission", "lead:view"], []):
        assert line("keys", "update", made["id"], *arguments).exit_code == 2
    assert line("keys", "update", made["id"], "--flow", made["id"]).exit_code == 1
    assert line("keys", "rotate", made["id"], "--overlap", "x").exit_code == 2
