"""The request handler: ask the best of several models, with retries, fallbacks and mended tool calls, in one import."""

from statuspage.client.call import CallRecord, OnCall
from statuspage.client.chain import Chain
from statuspage.client.errors import ChatError
from statuspage.client.events import Done, Event, Notice, Reply, Text, Thought, ToolCall, Tried
from statuspage.client.evidence import Evidence
from statuspage.client.passive import Reporter
from statuspage.client.provider import ChainError, Provider
from statuspage.client.sync import SyncChain
from statuspage.domain.secret import Secret

__all__ = [
    "CallRecord",
    "Chain",
    "ChainError",
    "ChatError",
    "Done",
    "Event",
    "Evidence",
    "Notice",
    "OnCall",
    "Provider",
    "Reply",
    "Reporter",
    "Secret",
    "SyncChain",
    "Text",
    "Thought",
    "ToolCall",
    "Tried",
]
