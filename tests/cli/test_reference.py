"""``healthlint reference``: a page for each pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_pages_are_written_for_built_in_and_own_rules(healthlint: Callable, site: Path, house: str) -> None:
    ran = healthlint("reference", "pages", "--rules", house)

    pages = {path.stem: path.read_text(encoding="utf-8") for path in (site / "pages").iterdir()}
    assert ran == (0, f"Wrote {len(pages)} pages into pages.\n", "")
    assert "- A **zorp** came." in pages["house"]
    assert "## medication/trailing-zero" in pages["medication"]
    assert "[house](house.md)" in pages["README"]


def test_a_folder_that_cannot_be_written_is_told(healthlint: Callable, site: Path, house: str) -> None:
    (site / "taken").write_text("Tea.")

    ran = healthlint("reference", "taken", "--rules", house)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "healthlint: taken: File exists; name a folder that can be written\n"
