"""The command line: one file per command, found by its name and loaded when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from healthlint._version import __version__
from healthlint.registry import part_names

_DEFAULT = "check"


class _Commands(click.Group):
    """Finds a command in the file of its name; words that name no command are paths to check."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(part_names("cli"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in part_names("cli"):
            return None
        command: click.Command = import_module(f"healthlint.cli.{cmd_name}").command
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        args = _with_files_that_look_like_options(args)
        own = {"--help", "-h", "--version", "-V"}
        if args and args[0] not in own and args[0] not in part_names("cli"):
            if not ctx.resilient_parsing:  # else a shell asks what could stand here
                _refuse_misspelt(args[0])
            args = [_DEFAULT, *args]
        return super().parse_args(ctx, args)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from healthlint.cli._manual import write_surroundings

        write_surroundings(formatter)

    def invoke(self, ctx: click.Context) -> Any:
        from healthlint.cli._outcome import ClosedPipeError

        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:  # click would make exit code 1 of it
            raise ClosedPipeError from error

    def main(self, *args: Any, **kwargs: Any) -> Any:
        from healthlint.cli._outcome import run_main

        return run_main(super().main, *args, **kwargs)


def _with_files_that_look_like_options(args: list[str]) -> list[str]:
    """Return *args* with ``./`` before the name of each file that begins with a dash.

    Hooks and shells put names behind the options, and whoever adds a file ``--output=page.md`` must not choose options.
    """
    import os

    end = args.index("--") if "--" in args else len(args)
    first = (f"./{each}" if len(each) > 1 and each[0] == "-" and os.path.lexists(each) else each for each in args[:end])
    return [*first, *args[end:]]


def _refuse_misspelt(word: str) -> None:
    """Raise UsageError when *word* is no path and all but a command."""
    import os

    if word.isalpha() and not os.path.lexists(word):
        from difflib import get_close_matches

        for name in get_close_matches(word, part_names("cli"), 1):
            raise click.UsageError(f"no file or command '{word}'; did you mean 'healthlint {name}'?")


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="healthlint", message="%(prog)s %(version)s")
def cli() -> None:
    """Say what a careful medical editor would say about health content.

    healthlint reads Markdown, HTML and plain text and reports claims without a source, unsafe advice, doses that can be
    misread, blaming language, text that is too hard, and what a page lacks. It runs on this machine; no text leaves it.
    It is an aid for editors. It is no medical device and no clinical review.

    \b
    Examples:
      healthlint leaflet.md                       check one file (short for: healthlint check leaflet.md)
      healthlint check content/                   check every page below a folder
      healthlint explain page/missing-date        say what a rule flags, and why
      healthlint init                             write a configuration that explains itself
    """
