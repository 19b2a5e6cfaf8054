from __future__ import annotations

import stat
import threading
from pathlib import Path
from typing import Any

from tradewind_server.settings import Settings
from tradewind_server.store.secret_key import create_once, derive, load_secret


def settings(folder: Path, **values: Any) -> Settings:
    return Settings(_env_file=None, data_dir=folder, **values)


def test_the_secret_is_made_once_for_the_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    first = load_secret(settings(folder))
    assert load_secret(settings(folder)) == first
    assert len(bytes.fromhex(first.decode())) == 32
    path = folder / "secret.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_secret(settings(tmp_path / "other")) != first


def test_a_configured_secret_writes_no_file(tmp_path: Path) -> None:
    assert load_secret(settings(tmp_path, secret_key="from the environment")) == b"from the environment"
    assert list(tmp_path.iterdir()) == []


def test_processes_that_start_together_agree_on_one(tmp_path: Path) -> None:
    path, seen, start = tmp_path / "secret.key", [], threading.Barrier(8)

    def begin(number: int) -> None:
        start.wait()
        seen.append(create_once(path, f"secret {number}"))

    threads = [threading.Thread(target=begin, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(seen)) == 1
    assert [one.name for one in tmp_path.iterdir()] == ["secret.key"]


def test_each_purpose_has_a_key_of_its_own() -> None:
    keys = {derive(b"secret", purpose) for purpose in ("credentials", "api keys")} | {derive(b"other", "credentials")}
    assert len(keys) == 3
    assert {len(key) for key in keys} == {32}
    assert derive(b"secret", "credentials") == derive(b"secret", "credentials")
