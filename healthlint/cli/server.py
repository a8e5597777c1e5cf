"""``healthlint server``: findings in the editor, while the sentence is being written."""

from __future__ import annotations

import sys

import click

from healthlint.cli._manual import Manual
from healthlint.errors import ConfigError


@click.command("server", cls=Manual, short_help="Serve an editor (language server).")
@click.option(
    "--stdio", is_flag=True, help="Talk over standard input and output; that is the only way, and the default."
)
@click.option("--clientProcessId", "client_process_id", type=int, hidden=True, help="Sent by VS Code.")
@click.pass_context
def command(ctx: click.Context, stdio: bool, client_process_id: int | None) -> None:  # noqa: FBT001  click's way
    """Start a language server that an editor talks to; you need not type this.

    Editors that speak the language server protocol show findings, fixes and explanations as you write:
    docs/editors.md says how to set up VS Code, Neovim, Emacs, Helix, Sublime Text and Vim.

    \b
    Example, for a client that asks for a command:
      healthlint server
    """
    try:
        from healthlint.server.service import Service
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in {"pygls", "lsprotocol"}:
            raise
        raise ConfigError(
            "the language server needs pygls, which is not installed; type python -m pip install 'healthlint[lsp]'"
        ) from error
    _hush()
    ctx.exit(Service().run(sys.stdin.buffer, sys.stdout.buffer))


def _hush() -> None:
    """Keep pygls from writing messages, which hold texts, to standard error."""
    import logging
    import os

    if not os.environ.get("HEALTHLINT_DEBUG"):
        logging.getLogger("pygls").setLevel(logging.CRITICAL + 1)
