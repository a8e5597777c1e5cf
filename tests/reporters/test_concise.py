"""One line per diagnostic."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthlint.diagnostic import Result

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.diagnostic import Diagnostic


def test_the_whole_page(
    render: Callable[..., str], snapshot: Callable[[str, str], None], leaflet: Result, broken: Result
) -> None:
    snapshot(render("concise", leaflet, broken), "concise.txt")


def test_each_diagnostic_is_one_line_that_an_editor_can_read(render: Callable[..., str], leaflet: Result) -> None:
    lines = render("concise", leaflet).split("\n")

    form = re.compile(r"leaflet\.md:\d+:\d+: (error|warning|info)\[[a-z-]+/[a-z-]+\] .+")
    assert sum(bool(form.fullmatch(line)) for line in lines) == len(leaflet.diagnostics)


def test_a_file_name_cannot_forge_a_line(render: Callable[..., str], diagnose: Callable[..., Diagnostic]) -> None:
    name = "a\nb.md:1:1: error[x/y] \x1b[31mforged\udcff"

    text = render("concise", Result(name, source="5%", diagnostics=(diagnose("5%", "5%"),)))

    first, second, *_ = text.split("\n")
    assert first.startswith(r"a\nb.md:1:1: error[x/y] \x1b[31mforged\udcff:1:1: warning")
    assert second.startswith("Checked 1 file")
