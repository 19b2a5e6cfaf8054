"""Taking, changing and listing what people think of messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tradewind_server.chatflows.admission import Admitted
from tradewind_server.chatflows.ids import UUID, check_id, not_found
from tradewind_server.chatflows.ports import Chatflows
from tradewind_server.chatflows.versions import split_reference
from tradewind_server.chats.filters import (
    FURTHEST_ROW,
    RATINGS,
    choices,
    invalid,
    is_descending,
    page_token,
    parse_page_token,
    period,
    unless_empty,
)
from tradewind_server.chats.message_ids import message_not_found
from tradewind_server.chats.ports import Feedback, FeedbackFilter, Feedbacks, PageRequest
from tradewind_server.errors import InvalidInput, NotFound, Reason

LONGEST_CONTENT = 10_000
"""Most characters of a person's words."""
FILTER_NAMES = {"chat_id": "chatId", "start_date": "startDate", "end_date": "endDate"}


@dataclass(frozen=True, slots=True)
class FeedbackDraft:
    """Feedback as a caller sends it; None is absent. In a change everything may be."""

    message_id: str | None = None
    chatflow_id: str | None = None
    chat_id: str | None = None
    rating: str | None = None
    content: str | None = None


@dataclass(frozen=True, slots=True)
class FeedbackListing:
    """A list of feedback as a caller asks for it, but for the part of it."""

    filters: FeedbackFilter
    descending: bool = False


def feedback_listing(chatflow_id: str, values: Mapping[str, str | None], ratings: Sequence[str] = ()) -> FeedbackListing:
    """The list behind a caller's plain values. Raises ``InvalidInput(INVALID_FILTER)``."""
    unless_empty(values, FILTER_NAMES)
    start, end = period(values)
    filters = FeedbackFilter(
        chatflow_id=check_id(chatflow_id),
        chat_id=values.get("chat_id"),
        ratings=choices(ratings, "feedbackType", RATINGS),
        start_date=start,
        end_date=end,
    )
    return FeedbackListing(filters, is_descending(values.get("order"), values.get("sort_order"), "sortOrder"))


class FeedbackService:
    """Feedback is given by message: which chatflow has to let a caller in follows from the message.

    Whoever gives or changes feedback proves it by an id that only this server and its reader know. Lists are bounded by
    ``max_list`` and show chatflows of the caller's workspace alone.
    """

    def __init__(
        self,
        feedbacks: Feedbacks,
        chatflows: Chatflows,
        max_list: int,
        *,
        new_id: Callable[[], str],
        now: Callable[[], datetime],
    ) -> None:
        self._feedbacks = feedbacks
        self._chatflows = chatflows
        self._max_list = max_list
        self._new_id = new_id
        self._now = now

    async def chatflow_of_draft(self, draft: FeedbackDraft, path: str = "") -> str:
        """Id of the chatflow that a new feedback is about: the one the draft names, else the one in the path of its route,
        else that of its message. Text in the path that is no chatflow's id does not count.

        Raises ``InvalidInput`` and ``NotFound(CHAT_MESSAGE_NOT_FOUND)``.
        """
        if draft.chatflow_id is not None:
            return check_id(split_reference(draft.chatflow_id)[0])
        path, _ = split_reference(path)
        if UUID.fullmatch(path) and await self._chatflows.get_by_id(check_id(path)) is not None:
            return check_id(path)
        message_id = _message_id(draft)
        place = await self._feedbacks.message_place(message_id)
        if place is None:
            raise message_not_found(message_id)
        return place.chatflow_id

    async def chatflow_of_feedback(self, feedback_id: str) -> str:
        """Id of the chatflow that a feedback is about. Raises ``NotFound(FEEDBACK_NOT_FOUND)``."""
        row = await self._feedbacks.get_by_id(feedback_id.lower())
        if row is None:
            raise _feedback_not_found(feedback_id)
        return row[1].chatflow_id

    async def create(self, admitted: Admitted, draft: FeedbackDraft) -> Feedback:
        """Store feedback of a message of the chatflow.

        Raises ``InvalidInput``, ``NotFound(CHAT_MESSAGE_NOT_FOUND)`` or ``Conflict(ALREADY_EXISTS)``.
        """
        message_id = _message_id(draft)
        _check(draft)
        if draft.rating is None:
            raise _wrong(f"The rating is missing; send {' or '.join(RATINGS)} as `rating`.")
        place = await self._feedbacks.message_place(message_id)
        if place is None or place.workspace_id != admitted.chatflow.workspace_id:
            raise message_not_found(message_id)
        _check_place(message_id, draft, place.chatflow_id, place.chat_id, admitted.chatflow.id)
        feedback = Feedback(
            id=self._new_id(),
            chatflow_id=place.chatflow_id,
            chat_id=place.chat_id,
            message_id=message_id,
            rating=draft.rating,
            content=draft.content,
            created_date=self._now(),
        )
        await self._feedbacks.add(place.workspace_id, feedback)
        return feedback

    async def update(self, admitted: Admitted, feedback_id: str, draft: FeedbackDraft) -> Feedback:
        """Change what the draft holds. Ids in it must be those of the feedback.

        Raises ``InvalidInput`` and ``NotFound(FEEDBACK_NOT_FOUND)``.
        """
        _check(draft)
        row = await self._feedbacks.get_by_id(feedback_id.lower())
        if row is None or row[1].chatflow_id != admitted.chatflow.id:
            raise _feedback_not_found(feedback_id)
        workspace_id, feedback = row
        if draft.message_id is not None and _message_id(draft) != feedback.message_id:
            raise _wrong(f"Inconsistent message ID: this feedback does not belong to message with ID {draft.message_id}")
        _check_place(feedback.message_id, draft, feedback.chatflow_id, feedback.chat_id, admitted.chatflow.id)
        result = await self._feedbacks.update(workspace_id, feedback.id, draft.rating, draft.content)
        if result is None:
            raise _feedback_not_found(feedback_id)
        return result

    async def page(self, workspace_id: str, listing: FeedbackListing, size: int, token: str) -> tuple[list[Feedback], str]:
        """At most ``size`` entries (0: as many as are allowed) behind the token, and the token of what follows."""
        after = parse_page_token(token, descending=listing.descending)
        return await self._page(
            workspace_id, listing, PageRequest(min(size or self._max_list, self._max_list), listing.descending, after)
        )

    async def numbered_page(self, workspace_id: str, listing: FeedbackListing, page: int, limit: int) -> list[Feedback]:
        """Page number ``page``, from 1, of ``limit`` entries each."""
        offset = (page - 1) * limit
        if offset > FURTHEST_ROW:
            raise invalid("page must be within the list.")
        row, _ = await self._page(workspace_id, listing, PageRequest(limit, listing.descending, offset=offset))
        return row

    async def _page(self, workspace_id: str, listing: FeedbackListing, part: PageRequest) -> tuple[list[Feedback], str]:
        if await self._chatflows.get(workspace_id, listing.filters.chatflow_id) is None:
            raise not_found(listing.filters.chatflow_id)
        page = await self._feedbacks.list(workspace_id, listing.filters, part)
        return page.feedback, page_token(page.next, descending=listing.descending)


def _message_id(draft: FeedbackDraft) -> str:
    if not draft.message_id:
        raise _wrong("Message ID is required; send it as `messageId`.")
    if not UUID.fullmatch(draft.message_id):
        raise _wrong("messageId must be a UUID.")
    return draft.message_id.lower()


def _check(draft: FeedbackDraft) -> None:
    if draft.rating is not None and draft.rating not in RATINGS:
        raise _wrong(f"rating must be one of {', '.join(RATINGS)}.")
    if draft.content is not None and len(draft.content) > LONGEST_CONTENT:
        raise _wrong(f"content must have at most {LONGEST_CONTENT} characters.")


def _check_place(message_id: str, draft: FeedbackDraft, chatflow_id: str, chat_id: str, admitted_id: str) -> None:
    """What a draft says of a message's place must be true, and so must be the chatflow that let the caller in."""
    own_id = check_id(split_reference(draft.chatflow_id)[0]) if draft.chatflow_id is not None else admitted_id
    for name, value, actual in (("chatflow", own_id, chatflow_id), ("chat", draft.chat_id, chat_id)):
        if value is not None and value != actual:
            raise _wrong(f"Inconsistent {name} ID: message with ID {message_id} does not belong to {name} with ID {value}")


def _feedback_not_found(feedback_id: str) -> NotFound:
    return NotFound(Reason.FEEDBACK_NOT_FOUND, f"Feedback {feedback_id} not found")


def _wrong(sentence: str) -> InvalidInput:
    return InvalidInput(Reason.INVALID_ARGUMENT, sentence)
