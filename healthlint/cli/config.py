"""``healthlint config``: what is in force, and where it comes from."""

from __future__ import annotations

import click

from healthlint.cli._manual import Manual
from healthlint.config import explain_config
from healthlint.session import Session


@click.command("config", cls=Manual, short_help="Show the settings in force.")
@click.argument("path", default=".")
def command(path: str) -> None:
    """Show the settings that hold for PATH, a file or folder, each explained; it can be saved as healthlint.toml.

    \b
    Example:
      healthlint config leaflets/asthma.md
    """
    import os

    session = Session()
    config = session.base_config(path) if os.path.isdir(path) else session.config(path)
    click.echo(explain_config(config))
