"""``healthlint new``: a rule file to start from."""

from __future__ import annotations

import os
import re

import click

from healthlint.cli._manual import Manual
from healthlint.errors import ConfigError
from healthlint.terminal import clean

_NAME = re.compile(r"[a-z][a-z0-9-]*/[a-z][a-z0-9-]*")
_TEMPLATE = """\
# The keys are explained in docs/rule-language.md. Run the examples with: healthlint test {folder}
summary: One line that says what is flagged
concern: words
severity: warning
status: preview
message: "'{{match}}' is a word that readers may not know."
advice: Write '{{suggestion}}'.
why: >
  Two or three sentences: why this matters to the person who reads the page.
references:
  - {{title: Title of a published source, publisher: Its publisher, year: 2024, url: "https://example.org"}}
check: terms
forms: verb
terms:
  utilise: use
unless: [quoted]
examples:
  - flag: You can «utilise» the inhaler twice.
  - flag: She «utilised» a walking frame.
  - pass: You can use the inhaler twice.
  - pass: The utility room is on the left.
  - pass: The leaflet said “please utilise the inhaler”, and nobody understood it.
"""


@click.command("new", cls=Manual, short_help="Write a rule file to start from.")
@click.argument("rule_id", metavar="PACK/RULE")
@click.option(
    "--folder", default="house-rules", show_default=True, metavar="FOLDER", help="The folder of your own rules."
)
def command(rule_id: str, folder: str) -> None:
    """Write FOLDER/PACK/RULE.yaml, a rule that works and can be changed.

    \b
    Example:
      healthlint new house/utilise && healthlint test house-rules/
    """
    if not _NAME.fullmatch(rule_id):
        raise ConfigError(f"'{rule_id}' is no rule name; write pack/rule in small letters, such as house/long-words")
    path = os.path.join(folder, *rule_id.split("/")) + ".yaml"
    if os.path.lexists(path):
        raise ConfigError(f"{path}: exists already; choose another name")
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "x", encoding="utf-8") as file:
            file.write(_TEMPLATE.format(folder=folder))
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}; choose another folder") from error
    click.echo(f"Wrote {clean(path)}. Change it, then run: healthlint test {clean(folder)}")
