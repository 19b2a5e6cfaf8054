"""Names of permissions, as keys hold them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import get_close_matches

from tradewind_server.access.ports import ALL
from tradewind_server.errors import InvalidInput, Reason

NEAREST = 3
MOST_PERMISSIONS = 200
LONGEST_PERMISSION = 64
GROUP_END = ":*"


def check_permissions(names: Sequence[str], every: Collection[str]) -> frozenset[str]:
    """The permissions behind ``names``, with groups such as ``chatflows:*`` written out. ``every`` are all that there are.

    Raises ``InvalidInput`` for none, for more than ``MOST_PERMISSIONS``, and for a name that no method asks for.
    """
    if not names:
        raise InvalidInput(Reason.INVALID_ARGUMENT, "permissions must name at least one permission; * means all.")
    if len(names) > MOST_PERMISSIONS:
        raise InvalidInput(Reason.INVALID_ARGUMENT, f"permissions must be at most {MOST_PERMISSIONS} names.")
    permissions: set[str] = set()
    for name in names:
        group = {one for one in every if name.endswith(GROUP_END) and one.startswith(name[:-1])}
        if name != ALL and name not in every and not group:
            raise InvalidInput(Reason.INVALID_ARGUMENT, _unknown(name, every))
        permissions |= group or {name}
    return frozenset(permissions)


def _unknown(name: str, every: Collection[str]) -> str:
    label = name[:LONGEST_PERMISSION] or "without a name"
    nearest = get_close_matches(name[:LONGEST_PERMISSION].lower(), sorted(every), NEAREST, cutoff=0.6)
    if nearest:
        return f"permissions: there is no permission {label}; did you mean {' or '.join(nearest)}?"
    groups = ", ".join(sorted({one.partition(":")[0] + GROUP_END for one in every}))
    return f"permissions: there is no permission {label}; there are {ALL} and those of {groups}."
