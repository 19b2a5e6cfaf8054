"""Names of permissions."""

from __future__ import annotations

import pytest
from tradewind_server.access.permissions import MOST_PERMISSIONS, check_permissions
from tradewind_server.errors import InvalidInput

EVERY = {"chatflows:view", "chatflows:update", "leads:view"}


def test_groups_are_written_out_and_the_star_stays() -> None:
    assert check_permissions(["chatflows:*", "leads:view"], EVERY) == EVERY
    assert check_permissions(["*", "leads:view"], EVERY) == {"*", "leads:view"}


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ([], "at least one"),
        (["leads:view"] * (MOST_PERMISSIONS + 1), "at most"),
        (["lead:view"], "leads:view"),
        (["admin:*"], "no permission admin"),
        ([":*"], "no permission"),
        ([""], "without a name"),
        (["x" * 10_000], "no permission x{64};"),
    ],
)
def test_what_no_method_asks_for_is_refused(names: list[str], says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        check_permissions(names, EVERY)


def test_a_name_that_is_like_none_is_told_the_groups_that_there_are() -> None:
    with pytest.raises(InvalidInput, match=r"no permission foo:bar; there are \* and those of chatflows:\*, tools:\*\."):
        check_permissions(["foo:bar"], ["chatflows:view", "chatflows:update", "tools:view"])
