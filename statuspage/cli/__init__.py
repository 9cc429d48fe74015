"""The commands, one file each; a command is imported when it is called."""

from importlib import import_module
from typing import Final

import click

from statuspage import __version__

COMMANDS: Final = {
    "backup": "statuspage.cli.backup:backup",
    "check-config": "statuspage.cli.check_config:check_config",
    "demo": "statuspage.cli.demo:demo",
    "doctor": "statuspage.cli.doctor:doctor",
    "export": "statuspage.cli.export:export",
    "flag": "statuspage.cli.flag:flag",
    "import": "statuspage.cli.import_:import_",
    "incident": "statuspage.cli.incident:incident",
    "init": "statuspage.cli.init:init",
    "maintenance": "statuspage.cli.maintenance:maintenance",
    "migrate": "statuspage.cli.migrate:migrate",
    "notify": "statuspage.cli.notify:notify",
    "override": "statuspage.cli.override:override",
    "probe": "statuspage.cli.probe:probe",
    "report": "statuspage.cli.report:report",
    "restore": "statuspage.cli.restore:restore",
    "route": "statuspage.cli.route:route",
    "schema": "statuspage.cli.schema:schema",
    "serve": "statuspage.cli.serve:serve",
    "simulate": "statuspage.cli.simulate:simulate",
    "status": "statuspage.cli.status:status",
    "subscribers": "statuspage.cli.subscribers:subscribers",
    "token": "statuspage.cli.token:token",
    "user": "statuspage.cli.user:user",
    "zoo": "statuspage.cli.zoo:zoo",
}
"""Where each command lives: `module:attribute`."""


class _LazyGroup(click.Group):
    """A group that imports a command only when it is asked for: `--version` needs no web framework."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)  # noqa: S101 - the map above is ours
        return command


@click.group(cls=_LazyGroup)
@click.version_option(__version__, prog_name="statuspage")
def main() -> None:
    """A self-hosted status page for language models that never lies about a vendor.

    Start with `statuspage demo` (no key, no network), then `statuspage init`.
    """
