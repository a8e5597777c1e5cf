"""Help that reads like a page of a manual: options in groups, then exit codes and the environment."""

from __future__ import annotations

import click

# The order in which groups and their options are read; an option in none of them stands under "Other options".
_GROUPS = {
    "Which rules": "select extend_select ignore profile locale preview config_path no_config rule_paths",
    "Which files": "exclude stdin_filename jobs",
    "An old site": "baseline diff_base report_suppressions allow_safety_suppressions",
    "Fixes": "fix unsafe_fixes diff",
    "The report": "format_ output color statistics why",
    "The exit code": "fail_on exit_zero",
}
_EXIT_CODES = (
    ("0", "Done; and nothing was found that --fail-on asks for."),
    ("1", "Something was found (check), or a rule fails one of its examples (test)."),
    ("2", "Something could not be done: a file not checked, an option or a configuration not understood."),
)
_ENVIRONMENT = (
    ("HEALTHLINT_CACHE_DIR", "The folder for prepared rules; without it, healthlint in the user's cache folder."),
    ("NO_COLOR", "If set, no colour, whatever else is set."),
    ("FORCE_COLOR", "If set and not 0, colour even where the output is no terminal."),
    ("HEALTHLINT_DEBUG", "If set, a mistake of healthlint itself shows where it happened. It may quote your text."),
)


class Manual(click.Command):
    """A command whose help has its options in groups, exit codes and environment variables."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, group by group where the command has several groups."""
        options = [each for each in self.get_params(ctx) if isinstance(each, click.Option)]
        records = {each.name: each.get_help_record(ctx) for each in options}
        named = {name for names in _GROUPS.values() for name in names.split()}
        others = [name for name in records if name not in named]
        groups = {heading: [name for name in names.split() if name in records] for heading, names in _GROUPS.items()}
        present = {heading: names for heading, names in groups.items() if names}
        if sum(map(len, present.values())) < len(_GROUPS):
            present, others = {}, list(records)
        for heading, names in {**present, ("Other options" if present else "Options"): others}.items():
            rows = [record for name in names if (record := records[name])]
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the exit code means, and which environment variables count."""
        super().format_epilog(ctx, formatter)
        write_surroundings(formatter)


def write_surroundings(formatter: click.HelpFormatter) -> None:
    """Write what the exit code means, and which environment variables count."""
    with formatter.section("Exit codes"):
        formatter.write_dl(_EXIT_CODES)
    with formatter.section("Environment"):
        formatter.write_dl(_ENVIRONMENT)
