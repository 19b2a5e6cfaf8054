"""Turns the exception of a call into its status."""

from __future__ import annotations

import logging
from typing import NoReturn

from tradewind_server.rpc.call import Call
from tradewind_server.rpc.errors import failure_of, is_foreseen, trailers_of
from tradewind_server.rpc.interceptors.chain import Hooks
from tradewind_server.rpc.methods import Method


class Errors:
    """Unexpected exceptions are logged with their traceback; the caller gets the request id."""

    def __init__(self, log: logging.Logger) -> None:
        self._log = log

    def hooks(self, method: Method) -> Hooks:
        return Hooks(fail=self._fail)

    async def _fail(self, call: Call, error: BaseException) -> NoReturn:
        failure = failure_of(error, call.request_id)
        call.code = failure.code
        call.failure_reason = failure.reason.value
        if not is_foreseen(error):
            self._log.error("%s failed", call.method.path, exc_info=error)
        await call.context.abort(failure.code, failure.message, trailers_of(failure, call.request_id))
        raise AssertionError("abort always raises")
