"""Who may write: a handler that changes something asks the gate first."""

from abc import ABC, abstractmethod
from enum import StrEnum

from litestar.exceptions import NotAuthorizedException

from statuspage.web.answer import AnyRequest


class Scope(StrEnum):
    """What a token or a session is good for; each includes those before it."""

    READ = "read"
    OPERATE = "operate"
    ADMIN = "admin"


class Gate(ABC):
    """Lets people in."""

    @abstractmethod
    async def admit(self, request: AnyRequest, scope: Scope) -> str:
        """The name of whoever asks. Raises 401 where nobody is named, 403 where that is not enough."""


class ClosedGate(Gate):
    """Lets nobody in."""

    async def admit(self, _request: AnyRequest, _scope: Scope) -> str:
        raise NotAuthorizedException("This address needs a session, or a token with a scope.")
