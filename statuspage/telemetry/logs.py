"""Log lines: coloured for a terminal, JSON for a machine, never a secret."""

import logging
import sys
from collections.abc import Callable
from typing import Final, cast

import structlog
from structlog.typing import EventDict, Processor

_QUIET: Final = {
    "apscheduler": logging.ERROR,  # a check that outlasts its interval is counted, not logged each time
    "uvicorn": logging.WARNING,
    "alembic": logging.WARNING,
    "aiosqlite": logging.WARNING,
}
_TRACE_LINES: Final = 80


def configure(*, json_lines: bool, redact: Callable[[str], str], level: int = logging.INFO) -> None:
    """Sets up logging of the whole process to standard error; every string goes through `redact`."""

    def redacted(_logger: object, _name: str, event: EventDict) -> EventDict:
        trace = event.pop("exception", None)
        clean = {key: redact(value) if isinstance(value, str) else value for key, value in event.items()}
        if isinstance(trace, str):
            # Line by line, since a whole one is longer than what redaction lets pass, and its end says most.
            clean["exception"] = "\n".join(redact(line) for line in trace.splitlines()[-_TRACE_LINES:])
        return clean

    shared: list[Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redacted,
    ]
    last = structlog.processors.JSONRenderer() if json_lines else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    structlog.configure(
        processors=[*shared, cast(Processor, last)],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    bridge = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, cast(Processor, last)]
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(bridge)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, quiet_level in _QUIET.items():
        logging.getLogger(name).setLevel(quiet_level)
