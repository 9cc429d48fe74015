"""What the commands of tokens and users share: a store that is opened and closed, errors as one sentence."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

import click

from statuspage.cli.options import BAD_CONFIG
from statuspage.config.fleet import Config
from statuspage.domain.errors import StorageError, WrongInputError

if TYPE_CHECKING:
    from statuspage.service.access import Access

_Answer = TypeVar("_Answer")


class _WrongInput(click.ClickException):
    exit_code = BAD_CONFIG


def with_access(config: Config, work: Callable[["Access"], Awaitable[_Answer]]) -> _Answer:
    """Does something to tokens or users of the configuration's database; a running server takes it over within a second."""

    async def run() -> _Answer:
        from statuspage.service.access import Access
        from statuspage.service.clock import SystemClock
        from statuspage.storage.store import SqlStore

        store = SqlStore(config.database_url)
        await store.open()
        try:
            access = Access(store, SystemClock())
            await access.load()
            return await work(access)
        finally:
            await store.close()

    try:
        return asyncio.run(run())
    except WrongInputError as error:
        raise _WrongInput(str(error)) from None
    except StorageError as error:
        raise click.ClickException(str(error)) from None
