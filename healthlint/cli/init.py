"""``healthlint init``: a configuration that explains itself."""

from __future__ import annotations

import os
import sys

import click

from healthlint.cli._manual import Manual
from healthlint.config import load_config, starter_config
from healthlint.errors import ConfigError
from healthlint.regular_file import replace_file

_FILE = "healthlint.toml"
_READERS = {
    "patients": ("patients and those who care for them: leaflets, letters, clinic pages", "patient-leaflet"),
    "public": ("anyone who looks for health information on the web", "public-web"),
    "shoppers": ("people to whom a product, service or treatment is sold", "marketing"),
    "clinicians": ("doctors, nurses, pharmacists and other professionals", "clinician"),
}
# The country, the English of its pages ("" for what each page says of itself), and whose law on advertising holds.
_COUNTRIES = {
    "uk": ("United Kingdom", "en-GB", "-uk"),
    "us": ("United States", "en-US", "-us"),
    "ie": ("Ireland", "en-GB", "-eu"),
    "eu": ("another country of the European Union", "en-GB", "-eu"),
    "au": ("Australia", "en-GB", ""),
    "nz": ("New Zealand", "en-GB", ""),
    "ca": ("Canada", "", ""),
    "other": ("elsewhere, or several countries", "", ""),
}


@click.command("init", cls=Manual, short_help="Write a configuration that explains itself.")
@click.option("--reader", type=click.Choice(tuple(_READERS)), help="Who reads the pages.  [default: public]")
@click.option("--country", type=click.Choice(tuple(_COUNTRIES)), help="Where they are read.  [default: other]")
@click.option("--yes", is_flag=True, help="Ask nothing: take the defaults for what is not given.")
@click.option("--force", is_flag=True, help=f"Write over a {_FILE} that exists, without asking.")
def command(reader: str | None, country: str | None, *, yes: bool, force: bool) -> None:
    """Write healthlint.toml in this folder, with each key explained.

    On a terminal two questions are asked: who reads the pages, and in which country. The answers choose the profile,
    which says how hard a text may be and how severe each finding is, and the spelling.

    \b
    Examples:
      healthlint init
      healthlint init --reader patients --country uk
    """
    asks = not yes and sys.stdin is not None and sys.stdin.isatty()
    _refuse_to_overwrite(asks=asks, force=force)
    if asks and reader is None:
        reader = _ask("Who reads your pages?", {name: said for name, (said, _) in _READERS.items()}, "public")
    if asks and country is None:
        country = _ask("In which country?", {name: said for name, (said, *_) in _COUNTRIES.items()}, "other")
    profile, locale = _choice(reader or "public", country or "other")
    try:
        replace_file(_FILE, starter_config(profile, locale).encode())
    except OSError as error:
        raise ConfigError(f"{_FILE}: {error.strerror}; choose a folder that you can write to") from error
    load_config(_FILE)
    spelling = f"spelling {locale}" if locale else "the spelling that each page says it has"
    click.echo(f"Wrote {_FILE}: profile {profile}, {spelling}. Each key in it is explained.")
    click.echo("Next, type: healthlint check")


def _refuse_to_overwrite(*, asks: bool, force: bool) -> None:
    """Raise ConfigError where there is a configuration already, unless *force*, or a person *asks* for another."""
    if not os.path.lexists(_FILE) or force:
        return
    if not (asks and click.confirm(f"{_FILE} exists already. Write a new one over it?", default=False)):
        raise ConfigError(f"{_FILE}: exists already; change it, or use --force to write a new one over it")


def _ask(question: str, answers: dict[str, str], default: str) -> str:
    width = max(map(len, answers))
    for name, said in answers.items():
        click.echo(f"  {name:{width}}  {said}")
    answer: str = click.prompt(question, type=click.Choice(tuple(answers)), default=default, show_choices=False)
    return answer


def _choice(reader: str, country: str) -> tuple[str, str]:
    """Return the profile and the locale; selling has a law of its own in some places.

    >>> _choice("shoppers", "us"), _choice("patients", "ca")
    (('marketing-us', 'en-US'), ('patient-leaflet', ''))
    """
    _, profile = _READERS[reader]
    _, locale, law = _COUNTRIES[country]
    return (profile + law if reader == "shoppers" else profile), locale
