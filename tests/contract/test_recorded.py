"""What was recorded of the older server, asked of this one: equal in meaning, or a row of docs/migrate-from-flowise.md that
says what differs and why.

``recorded_meanings.yaml`` has an entry for each recorded exchange, numbered as they were recorded: ``recorded`` says what it
was, and either the words of a case say what is the same here, or ``differs`` names the row beside the words of what is so
instead. ``later`` says what is not served here yet, ``elsewhere`` which test shows it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from harness.runner import World, case_of

HERE = Path(__file__).parent
ENTRIES: list[dict[str, Any]] = yaml.safe_load((HERE / "recorded_meanings.yaml").read_text())
PAGE = (HERE.parent.parent / "docs" / "migrate-from-flowise.md").read_text()
ROWS = [line.split("|")[1].strip() for line in PAGE.splitlines() if line.startswith("| ")]
PLAYED = [entry for entry in ENTRIES if "later" not in entry and "elsewhere" not in entry]
EXCHANGES = 101


def test_every_recorded_exchange_has_its_entry() -> None:
    assert [entry["number"] for entry in ENTRIES] == list(range(1, EXCHANGES + 1))
    assert all(entry["recorded"] for entry in ENTRIES)


def test_every_difference_has_its_row() -> None:
    missing = [entry["differs"] for entry in ENTRIES if "differs" in entry and entry["differs"] not in ROWS]
    assert missing == [], "docs/migrate-from-flowise.md must say what differs, in these words."


@pytest.mark.parametrize("entry", PLAYED, ids=lambda entry: f"{entry['number']} {entry['recorded']}")
def test_an_exchange_means_the_same_or_differs_as_the_page_says(world: World, entry: dict[str, Any]) -> None:
    words = {key: value for key, value in entry.items() if key not in ("number", "recorded", "differs")}
    case_of({"name": f"R{entry['number']:03d} {entry['recorded']}", **words}, "recorded_meanings.yaml").run(world, "rest")


def test_what_is_not_asked_here_says_why() -> None:
    for entry in ENTRIES:
        if entry not in PLAYED:
            assert "later" not in entry or entry["later"] in PAGE, "The page must say so too."
            assert "elsewhere" not in entry or (HERE.parent.parent / entry["elsewhere"]).exists()
