"""``healthlint completion``: let the shell complete commands, options, rules and profiles."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from healthlint.cli._manual import Manual


@click.command("completion", cls=Manual, short_help="Let your shell complete commands, rules and profiles.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the lines that make SHELL complete commands, options, formats, rules and profiles when you press tab.

    \b
    Examples:
      healthlint completion bash >> ~/.bashrc
      healthlint completion zsh >> ~/.zshrc
      healthlint completion fish > ~/.config/fish/completions/healthlint.fish
    """
    make = get_completion_class(shell)
    if make is None:
        raise click.UsageError(f"this version of click cannot complete for {shell}; update click")
    click.echo(make(ctx.find_root().command, {}, "healthlint", "_HEALTHLINT_COMPLETE").source())
