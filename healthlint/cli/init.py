"""``healthlint init``: a configuration that explains itself."""

from __future__ import annotations

import os
import sys

import click

from healthlint.config import load_config, starter_config
from healthlint.errors import ConfigError
from healthlint.library import load_library
from healthlint.regular_file import replace_file

_FILE = "healthlint.toml"
_LOCALES = ("en-GB", "en-US", "both")


@click.command("init", short_help="Write a configuration that explains itself.")
@click.option("--profile", metavar="NAME", help="Who reads the pages, such as patient-leaflet.")
@click.option("--locale", type=click.Choice(_LOCALES), help="Which English the pages are in.")
@click.option("--force", is_flag=True, help="Write over a healthlint.toml that exists.")
def command(profile: str | None, locale: str | None, *, force: bool) -> None:
    """Write healthlint.toml in this folder. On a terminal, two questions are asked: who reads it, and where.

    \b
    Example:
      healthlint init --profile patient-leaflet --locale en-GB
    """
    if os.path.lexists(_FILE) and not force:
        raise ConfigError(f"{_FILE}: exists already; change it, or use --force to write a new one over it")
    profiles = load_library().profiles
    asks = sys.stdin is not None and sys.stdin.isatty()
    if asks and profile is None:
        for name, each in sorted(profiles.items()):
            click.echo(f"  {name}: {each.summary}")
        profile = click.prompt("Who reads your pages?", type=click.Choice(sorted(profiles)), default="public-web")
    if asks and locale is None:
        locale = click.prompt("Which English?", type=click.Choice(_LOCALES), default="en-GB")
    if profile is not None and profile not in profiles:
        raise ConfigError(f"unknown profile '{profile}'; there are {', '.join(sorted(profiles))}")
    starter = starter_config(profile or "public-web", "" if locale in {None, "both"} else str(locale))
    try:
        replace_file(_FILE, starter.encode())
    except OSError as error:
        raise ConfigError(f"{_FILE}: {error.strerror}; choose a folder that you can write to") from error
    load_config(_FILE)
    click.echo(f"Wrote {_FILE}. It explains itself. Next: healthlint check")
