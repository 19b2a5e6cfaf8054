"""Who may read, follow and stop a run: whoever may ask its chatflow, and where anybody may, the caller that started it."""

from __future__ import annotations

import hashlib
import hmac

from tradewind_server.chatflows.admission import Admission, Admitted, Caller
from tradewind_server.chatflows.ids import UUID
from tradewind_server.errors import InvalidInput, NotFound, PermissionDenied, Reason, Unauthenticated
from tradewind_server.runs.ports import Runs, RunViewer, StoredRun


class RunAccess:
    """Finds runs for callers. A run that is not the caller's looks like none: its id opens nothing."""

    def __init__(self, runs: Runs, admission: Admission, secret: bytes) -> None:
        """``secret`` hides the addresses of callers without a key in what is stored."""
        self._runs = runs
        self._admission = admission
        self._secret = secret

    def starter_of(self, admitted: Admitted) -> str:
        """Who starts a run, as it is stored: the admin, a key's id, or a digest of an address."""
        return self.name_of(Caller(admitted.principal, admitted.origin, admitted.address))

    def name_of(self, caller: Caller) -> str:
        principal = caller.principal
        if principal.kind == "anonymous":
            return "address " + hmac.digest(self._secret, caller.address.encode(), hashlib.sha256).hex()[:32]
        return f"key {principal.key_id}" if principal.key_id else principal.kind

    async def get(self, run_id: str, caller: Caller) -> StoredRun:
        """The run, for a caller who may read it. Raises ``InvalidInput`` and ``NotFound(RUN_NOT_FOUND)``."""
        run = await self._runs.get(check_run_id(run_id))
        if run is None:
            raise run_not_found(run_id)
        try:
            admitted = await self._admission.admit(run.chatflow_id, caller, counts=False)
        except (Unauthenticated, PermissionDenied, NotFound):
            raise run_not_found(run_id) from None
        if not (admitted.chatflow.apikeyid or caller.principal.kind == "admin" or self.name_of(caller) == run.starter):
            raise run_not_found(run_id)
        return run


def viewer_of(caller: Caller, workspace_id: str) -> RunViewer:
    """Whose list it is, for a caller with a key."""
    return RunViewer(workspace_id, None if caller.principal.kind == "admin" else caller.principal.key_id)


def check_run_id(run_id: str) -> str:
    """The id in lower case. Raises ``InvalidInput`` for a text that is not a UUID."""
    if not UUID.fullmatch(run_id):
        raise InvalidInput(Reason.INVALID_ARGUMENT, "The id of a run must be a UUID.")
    return run_id.lower()


def run_not_found(run_id: str) -> NotFound:
    return NotFound(Reason.RUN_NOT_FOUND, f"Run {run_id} not found")
