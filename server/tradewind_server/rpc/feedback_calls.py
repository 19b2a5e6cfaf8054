"""Lets calls about one message's feedback in to its chatflow, for gRPC and REST."""

from __future__ import annotations

from tradewind_server.chatflows.admission import Admission
from tradewind_server.chats.feedback import FeedbackDraft, FeedbackService
from tradewind_server.chats.ports import Feedback
from tradewind_server.rpc.call import Call
from tradewind_server.rpc.services.requests import caller_of


class FeedbackCalls:
    """They have no share of the rate limit: a message takes one feedback, and questions are counted."""

    def __init__(self, feedback: FeedbackService, admission: Admission) -> None:
        self._feedback = feedback
        self._admission = admission

    async def create(self, draft: FeedbackDraft, call: Call, path: str = "") -> Feedback:
        """``path`` is what follows in the path of the route. Raises what admission and the rule raise."""
        chatflow_id = await self._feedback.chatflow_of_draft(draft, path)
        admitted = await self._admission.admit(chatflow_id, caller_of(call), counts=False)
        return await self._feedback.create(admitted, draft)

    async def update(self, feedback_id: str, draft: FeedbackDraft, call: Call) -> Feedback:
        """Raises what admission and the rule raise."""
        chatflow_id = await self._feedback.chatflow_of_feedback(feedback_id)
        admitted = await self._admission.admit(chatflow_id, caller_of(call), counts=False)
        return await self._feedback.update(admitted, feedback_id, draft)
