"""``healthlint reference``: pages that explain the rules, one for each pack."""

from __future__ import annotations

import os

import click

from healthlint.cli._manual import Manual
from healthlint.cli._outcome import OutputError, count
from healthlint.library import builtin_folder
from healthlint.quality import read_quality
from healthlint.reference import describe, reference_pages
from healthlint.regular_file import replace_file
from healthlint.session import Session
from healthlint.terminal import clean


@click.command("reference", cls=Manual, short_help="Write pages that explain the rules.")
@click.argument("folder")
@click.option("--rules", "rule_paths", multiple=True, metavar="FOLDER", help="Explain the rules in FOLDER as well.")
def command(folder: str, rule_paths: tuple[str, ...]) -> None:
    """Write a Markdown page for each pack of rules into FOLDER, and an index. Pages that are there are replaced.

    \b
    Example:
      healthlint reference docs/rules
    """
    own = tuple(map(os.path.abspath, rule_paths))
    session = Session(changes={"rule_paths": own} if own else {})
    config = session.base_config(os.getcwd())
    library = session.library(config)
    quality = read_quality((builtin_folder(), *config.rule_paths))
    pages = reference_pages(describe(library.rules, library, quality))
    try:
        os.makedirs(folder, exist_ok=True)
        for name, page in pages.items():
            replace_file(os.path.join(folder, name), page.encode())
    except OSError as error:
        raise OutputError(f"{folder}: {error.strerror}; name a folder that can be written") from error
    click.echo(f"Wrote {count(len(pages), 'page')} into {clean(folder)}.")
