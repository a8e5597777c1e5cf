"""``healthlint check``: what it finds, how it prints it, and with which exit code it ends."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from healthlint.registry import part_names

if TYPE_CHECKING:
    from collections.abc import Callable

_FOUND = "bad.md:1:6: error[medication/trailing-zero] '1.0 mg' can be misread as ten times the dose."


def test_finding_has_path_line_column_and_exit_code_1(healthlint: Callable) -> None:
    ran = healthlint("check", "--format", "concise", "bad.md")

    assert ran.out.split("\n")[0] == _FOUND
    assert (ran.code, ran.err) == (1, "")


def test_clean_page_ends_with_0_and_says_that_it_is_no_clinical_review(healthlint: Callable) -> None:
    ran = healthlint("check", "--select", "medication", "clean.md")

    assert ran.code == 0
    assert "1 file. This is not a clinical review." in ran.out


def test_words_that_name_no_command_are_paths(healthlint: Callable) -> None:
    assert healthlint("check", "bad.md") == healthlint("bad.md")
    assert healthlint("check", "--format", "json", "bad.md") == healthlint("--format", "json", "bad.md")


def test_without_paths_the_current_folder_is_checked(healthlint: Callable) -> None:
    assert healthlint("check", ".") == healthlint("check")


@pytest.mark.parametrize("format_", ["json", "lsp"])
def test_format_for_programs_is_one_json_value(healthlint: Callable, format_: str) -> None:
    assert json.loads(healthlint("check", "--format", format_, "bad.md", "clean.md").out)


def test_output_goes_to_the_file_alone(healthlint: Callable, site: Path) -> None:
    shown = healthlint("check", "--format", "json", "bad.md")

    ran = healthlint("check", "--format", "json", "--output", "report.json", "bad.md")

    assert ran == (1, "", "")
    assert shown.out == (site / "report.json").read_text()


@pytest.mark.parametrize("name", ["-", "/dev/stdout"])
def test_output_can_be_standard_output(healthlint: Callable, name: str) -> None:
    assert healthlint("check", "bad.md") == healthlint("check", "--output", name, "bad.md")


@pytest.mark.parametrize("options", [("--config", "nope.toml"), ("--select", "nope"), ("--rules", "nope")])
def test_a_run_that_fails_leaves_the_old_report(healthlint: Callable, site: Path, options: tuple[str, ...]) -> None:
    (site / "report.json").write_text("old")

    ran = healthlint("check", "--format", "json", "--output", "report.json", *options, "bad.md")

    assert ran.code == 2
    assert (site / "report.json").read_text() == "old"
    assert sorted(each.name for each in site.iterdir()) == ["bad.md", "clean.md", "report.json"]


def test_a_report_takes_the_place_of_the_old_one_whole(healthlint: Callable, site: Path) -> None:
    (site / "report.json").write_text("x" * 100_000)
    (site / "link.json").symlink_to("report.json")

    healthlint("check", "--format", "json", "--output", "link.json", "bad.md")

    assert json.loads((site / "report.json").read_text())["summary"]["files"] == 1
    assert (site / "link.json").is_symlink()


@pytest.mark.parametrize("format_", sorted(set(part_names("reporters")) - {"lsp"}))
def test_a_missing_file_is_in_every_report_and_the_report_is_written(
    healthlint: Callable, site: Path, format_: str
) -> None:
    ran = healthlint("check", "--format", format_, "--output", "report", "nope.md", "bad.md")

    assert (ran.code, ran.out) == (2, "")
    text = (site / "report").read_text(encoding="utf-8")
    assert "nope.md" in text
    assert "no such file; check the path" in text
    assert "medication/trailing-zero" in text


def test_paths_in_reports_count_from_the_root_that_the_runner_names(
    healthlint: Callable, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI_PROJECT_DIR", str(site.parent))

    inside = json.loads(healthlint("check", "--format", "gitlab", "bad.md").out)
    monkeypatch.setenv("CI_PROJECT_DIR", str(site / "elsewhere"))
    outside = json.loads(healthlint("check", "--format", "gitlab", "bad.md").out)

    assert inside[0]["location"]["path"] == f"{site.name}/bad.md"
    assert outside[0]["location"]["path"] == "bad.md"


def test_sarif_explains_the_rules_it_names(healthlint: Callable) -> None:
    (run,) = json.loads(healthlint("check", "--format", "sarif", "--select", "medication", "bad.md").out)["runs"]

    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["id"] == "medication/trailing-zero"
    assert "decimal" in rule["help"]["text"]
    assert rule["helpUri"].startswith("https://")


@pytest.mark.parametrize("name", ["-x.md", "--output=clean.md", "--fix"])
def test_a_file_that_looks_like_an_option_is_a_file(healthlint: Callable, site: Path, name: str) -> None:
    before = (site / "clean.md").read_text()
    (site / name).write_text((site / "bad.md").read_text())

    ran = healthlint("check", "--format", "concise", name, "bad.md")

    assert ran.code != 0
    assert _FOUND in ran.out
    assert f"./{name}:1:6: error[medication/trailing-zero]" in ran.out or "--fix: error: " in ran.out
    assert (site / "clean.md").read_text() == before


@pytest.mark.skipif(os.name != "posix", reason="this system has no terminals of this kind")
@pytest.mark.parametrize(
    ("changes", "has_color", "has_links"),
    [
        ({}, True, True),
        ({"CI": "true"}, True, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"TERM": "dumb"}, False, False),
    ],
)
def test_colour_and_links_are_for_terminals_that_want_them(
    site: Path, changes: dict[str, str], has_color: bool, has_links: bool
) -> None:
    import pty

    environment = {key: value for key, value in os.environ.items() if key != "CI"}
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "healthlint", "check", "--select", "medication", "bad.md"]

    with os.fdopen(ours, "rb", buffering=0) as terminal:
        given = {**environment, "TERM": "xterm-256color", **changes}
        done = subprocess.run(command, stdout=theirs, env=given, check=False, timeout=120)
        os.close(theirs)
        said = terminal.read(65_536).decode()

    assert done.returncode == 1
    assert ("\x1b[1;31merror\x1b[0m" in said) is has_color
    assert ("\x1b]8;;https://" in said) is has_links


def test_standard_input_is_read_as_its_name_says(healthlint: Callable) -> None:
    ran = healthlint("check", "--stdin-filename", "page.html", "--format", "json", "-", stdin="<p>Take 1.0 mg</p>")

    (file,) = json.loads(ran.out)["files"]
    assert (file["path"], file["format"]) == ("page.html", "html")
    assert ran.code == 1


def test_standard_input_has_the_configuration_of_its_name(healthlint: Callable, site: Path) -> None:
    (site / "news").mkdir()
    (site / "news" / "healthlint.toml").write_text('ignore = ["medication"]\n')

    ran = healthlint("check", "--stdin-filename", "news/a.md", "-", stdin="Take 1.0 mg at night.")

    assert ran.code == 0


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--fail-on", "error"), 0),
        (("--fail-on", "warning"), 1),
        (("--fail-on", "info"), 1),
        (("--fail-on", "never"), 0),
        (("--fail-on", "warning", "--exit-zero"), 0),
        ((), 0),
    ],
)
def test_warning_fails_only_where_it_is_asked_to(
    healthlint: Callable, site: Path, house: str, options: tuple[str, ...], code: int
) -> None:
    (site / "page.md").write_text("A blicket came.\n")

    assert code == healthlint("check", "--rules", house, "--select", "house", *options, "page.md").code


@pytest.mark.parametrize("options", [(), ("--exit-zero",), ("--fail-on", "never")])
def test_a_file_that_was_not_checked_beats_every_finding(healthlint: Callable, options: tuple[str, ...]) -> None:
    ran = healthlint("check", *options, "--format", "concise", "nope.md", "bad.md")

    assert ran.code == 2
    assert "nope.md: error: no such file; check the path" in ran.out
    assert _FOUND in ran.out


def test_select_ignore_and_extend_select_say_which_rules_run(healthlint: Callable, site: Path, house: str) -> None:
    (site / "page.md").write_text("A zorp and a dax came. Take 1.0 mg.\n")

    def found(*options: str) -> list[str]:
        ran = healthlint("check", "--rules", house, "--format", "json", *options, "page.md")
        return [each["rule"] for each in json.loads(ran.out)["files"][0]["diagnostics"]]

    assert found("--select", "house") == ["house/zorp", "house/dax"]
    assert found("--select", "house", "--ignore", "house/zorp") == ["house/dax"]
    assert found("--select", "house/zorp", "--extend-select", "house/dax") == ["house/zorp", "house/dax"]
    assert found("--select", "house/zorp,dose-notation") == ["house/zorp", "medication/trailing-zero"]


def test_preview_rules_run_only_with_preview_even_when_named(healthlint: Callable, site: Path, house: str) -> None:
    (site / "page.md").write_text("A wug came.\n")
    options = ("check", "--rules", house, "--select", "house/wug")

    assert healthlint(*options, "page.md").code == 0
    assert healthlint(*options, "--preview", "page.md").code == 1


def test_fix_mends_the_file_and_ends_with_0(healthlint: Callable, site: Path) -> None:
    ran = healthlint("check", "--select", "medication", "--fix", "bad.md")

    assert (ran.code, ran.err) == (0, "Mended 1 finding; none left.\n")
    assert (site / "bad.md").read_text() == "Take 1 mg at night.\n"


def test_fix_leaves_what_is_not_right_in_every_context(healthlint: Callable, site: Path, house: str) -> None:
    (site / "page.md").write_text("A zorp came.\n")
    options = ("check", "--rules", house, "--select", "house", "--fix")

    careful = healthlint(*options, "page.md")
    assert (careful.code, careful.err) == (1, "Mended 0 findings; 1 left.\n")
    assert (site / "page.md").read_text() == "A zorp came.\n"

    bold = healthlint(*options, "--unsafe-fixes", "page.md")
    assert (bold.code, bold.err) == (0, "Mended 1 finding; none left.\n")
    assert (site / "page.md").read_text() == "A calm came.\n"


def test_diff_is_a_patch_and_changes_nothing(healthlint: Callable, site: Path) -> None:
    ran = healthlint("check", "--select", "medication", "--diff", "bad.md", "clean.md")

    assert ran.out == "--- bad.md\n+++ bad.md\n@@ -1 +1 @@\n-Take 1.0 mg at night.\n+Take 1 mg at night.\n"
    assert (ran.code, ran.err) == (1, "This patch mends 1 finding; none left.\n")
    assert (site / "bad.md").read_text() == "Take 1.0 mg at night.\n"


def test_diff_of_standard_input_is_a_patch(healthlint: Callable) -> None:
    ran = healthlint("check", "--diff", "--fix", "--stdin-filename", "x.md", "-", stdin="Take 1.0 mg.\n")

    assert ran.out == "--- x.md\n+++ x.md\n@@ -1 +1 @@\n-Take 1.0 mg.\n+Take 1 mg.\n"


def test_fix_of_standard_input_is_the_mended_text_and_the_report_goes_to_standard_error(healthlint: Callable) -> None:
    options = ("check", "--select", "medication", "--fix", "--format", "concise", "-")

    ran = healthlint(*options, stdin=b"\xef\xbb\xbfCaf\xc3\xa9: 1.0 mg.\n")
    clean = healthlint(*options, stdin=b"Caf\xe9: 1 mg.")

    assert (0, "\ufeffCaf\u00e9: 1 mg.\n") == (ran.code, ran.out)
    assert ran.err.startswith("No findings from ")
    assert ran.err.endswith("Mended 1 finding; none left.\n")
    assert (0, "Mended 0 findings; none left.") == (clean.code, clean.err.splitlines()[-1])


def test_fix_keeps_encoding_mark_line_ends_and_mode(healthlint: Callable, site: Path) -> None:
    text = "Caf\u00e9: 1.0 mg.\r\nTake .5 mg.\r\n"
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        (site / "bad.md").write_bytes(text.encode(encoding))
        (site / "bad.md").chmod(0o640)

        ran = healthlint("check", "--select", "medication", "--fix", "bad.md")

        assert (0, "Mended 2 findings; none left.\n") == (ran.code, ran.err)
        mended = text.replace("1.0", "1").replace(".5 mg", "0.5 mg")
        assert mended.encode(encoding) == (site / "bad.md").read_bytes()
        assert stat.S_IMODE((site / "bad.md").stat().st_mode) == 0o640


def test_fix_that_another_rule_objects_to_is_left_out_and_told(
    healthlint: Callable, site: Path, own_house: str
) -> None:
    rule = Path(own_house, "house", "dax.yaml")
    rule.write_text(
        rule.read_text()
        .replace("{text: calm, safe: false}", "{text: zorp, safe: true}")
        .replace("A calm came", "A zorp came")
    )
    (site / "page.md").write_text("A dax came.\n")

    ran = healthlint("check", "--rules", own_house, "--select", "house", "--fix", "page.md")

    assert ran.err == "Mended 0 findings; 1 left.\nLeft out 1 fix: another rule would object to the result.\n"
    assert (site / "page.md").read_text() == "A dax came.\n"


def test_statistics_count_each_rule(healthlint: Callable, site: Path) -> None:
    (site / "more.md").write_text("Take 2.0 mg, then 3.0 mg.\n")

    ran = healthlint("check", "--select", "medication", "--statistics", ".")

    assert "count  severity  rule\n    3  error     medication/trailing-zero\n" in ran.out


def test_locale_profile_and_allowance_are_taken(healthlint: Callable, site: Path) -> None:
    (site / "page.md").write_text(
        "<!-- healthlint-disable-next-line medication/trailing-zero -- as printed -->\nTake 1.0 mg.\n"
    )
    options = ("check", "--select", "medication", "--locale", "en-GB", "--profile", "public-web", "page.md")

    assert healthlint(*options).code == 1
    assert healthlint(*options, "--allow-safety-suppressions").code == 0


def test_config_holds_for_every_file_and_no_config_for_none(healthlint: Callable, site: Path) -> None:
    (site / "healthlint.toml").write_text('ignore = ["medication"]\n')
    (site / "other.toml").write_text('fail-on = "info"\n')

    assert healthlint("check", "bad.md").code == 0
    assert healthlint("check", "--no-config", "bad.md").code == 1
    assert healthlint("check", "--config", "other.toml", "bad.md").code == 1


@pytest.mark.parametrize("glob", ["bad.md", "./bad.md", "b*"])
def test_exclude_is_seen_from_the_current_folder(healthlint: Callable, site: Path, glob: str) -> None:
    (site.parent / "healthlint.toml").write_text('select = ["medication"]\n')

    assert healthlint("check", ".").code == 1
    assert healthlint("check", "--exclude", glob, ".").code == 0


def test_color_is_painted_when_asked_for(healthlint: Callable) -> None:
    assert "\x1b[1;31merror" in healthlint("check", "--color", "always", "bad.md").out
    assert "\x1b" not in healthlint("check", "--color", "never", "bad.md").out
    assert "\x1b" not in healthlint("check", "bad.md").out


@pytest.mark.parametrize("format_", part_names("reporters"))
def test_two_processes_write_what_one_writes(process: Callable, site: Path, format_: str) -> None:
    for number in range(7):
        (site / f"page {number}.md").write_text(f"Take {number + 1}.0 mg at night.\n")
    (site / "nul.txt").write_bytes(b"\0")

    one = process("check", "--format", format_, ".", "nope.md")
    two = process("check", "--format", format_, "--jobs", "2", ".", "nope.md")

    assert one == two
    assert one.code == 2


def test_standard_input_is_read_whatever_the_number_of_processes(process: Callable) -> None:
    ran = process(line="$healthlint check --format concise --jobs 2 - clean.md bad.md < bad.md")

    assert ran.out.startswith("<stdin>:1:6: error[medication/trailing-zero]")
    assert _FOUND in ran.out


def test_a_configuration_that_cannot_be_used_does_not_stop_other_folders(healthlint: Callable, site: Path) -> None:
    for folder, settings in (("a", 'profil = "x"\n'), ("b", 'profile = "nope"\n'), ("c", 'locale = "en-GB"\n')):
        (site / folder).mkdir()
        (site / folder / "healthlint.toml").write_text(settings)
        (site / folder / "page.md").write_text("Take 1.0 mg at night.\n")

    ran = healthlint("check", "--select", "medication", "--format", "concise", "a", "b", "c")

    first, second, third = ran.out.split("\n")[:3]
    assert first == "a/page.md: error: a/healthlint.toml:1: unknown key 'profil'; did you mean 'profile'?"
    assert second.startswith("b/page.md: error: b/healthlint.toml: unknown profile 'nope'; there are ")
    assert third.startswith("c/page.md:1:6: error[medication/trailing-zero]")
    assert (ran.code, ran.err) == (2, "")


def test_a_broken_configuration_here_does_not_stop_files_elsewhere(healthlint: Callable, site: Path) -> None:
    (site / "healthlint.toml").write_text("profile = \n")
    (site.parent / "other").mkdir()
    (site.parent / "other" / "healthlint.toml").write_text('select = ["medication"]\n')
    (site.parent / "other" / "page.md").write_text("Take 1.0 mg at night.\n")

    ran = healthlint("check", "--format", "concise", "../other/page.md")

    assert ran.code == 2
    assert ran.err == "healthlint: healthlint.toml:1: invalid value; mend the TOML\n"
    assert "../other/page.md:1:6: error[medication/trailing-zero]" in ran.out


def test_rules_of_one_folder_that_are_refused_do_not_stop_other_folders(healthlint: Callable, site: Path) -> None:
    (site / "a" / "own" / "house").mkdir(parents=True)
    (site / "a" / "healthlint.toml").write_text('rule-paths = ["own"]\n')
    (site / "a" / "own" / "house" / "broken.yaml").write_text("summary: [\n")
    (site / "a" / "page.md").write_text("Take 1.0 mg at night.\n")

    ran = healthlint("check", "--format", "concise", "a/page.md", "bad.md")

    assert ran.code == 2
    assert ran.out.startswith("a/page.md: error: a/own/house/broken.yaml:")
    assert _FOUND in ran.out


def test_help_has_an_example_for_every_command(healthlint: Callable) -> None:
    for name in part_names("cli"):
        ran = healthlint(name, "--help")
        assert ran.code == 0
        assert "Example" in ran.out, name
        assert f"healthlint {name}" in ran.out, name


def test_words_of_a_configuration_hold_for_its_folder_alone(healthlint: Callable, site: Path) -> None:
    for folder, settings in (
        ("a", '[vocabulary.jargon]\nadd = {"zorpectomy" = "taking out the zorp"}\n'),
        ("b", '[vocabulary.jargon]\nremove = ["prophylaxis"]\n'),
        ("c", ""),
    ):
        (site / folder).mkdir()
        (site / folder / "healthlint.toml").write_text(settings)
        (site / folder / "page.md").write_text("Zorpectomies and prophylaxis can help.\n")

    ran = healthlint("check", "--select", "words/medical-jargon", "--format", "json", "a", "b", "c")

    files = json.loads(ran.out)["files"]
    assert [[each["excerpt"] for each in file["diagnostics"]] for file in files] == [
        ["Zorpectomies", "prophylaxis"],
        [],
        ["prophylaxis"],
    ]
    assert files[0]["diagnostics"][0]["suggestions"] == ["taking out the zorp"]


def test_words_of_an_override_hold_for_its_files_alone(healthlint: Callable, site: Path) -> None:
    (site / "healthlint.toml").write_text(
        '[[overrides]]\nfiles = ["news/**"]\n[overrides.vocabulary.jargon]\nremove = ["prophylaxis"]\n'
    )
    (site / "news").mkdir()
    for path in (site / "page.md", site / "news" / "page.md"):
        path.write_text("Prophylaxis can help.\n")

    ran = healthlint("check", "--select", "words/medical-jargon", "--format", "concise", "page.md", "news/page.md")

    assert [line.partition(":")[0] for line in ran.out.split("\n") if "medical-jargon" in line] == ["page.md"]


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        ("[vocabulary.jargn]\n", "unknown vocabulary 'jargn'; did you mean 'jargon'?"),
        (
            '[vocabulary.jargon]\nremove = ["bengin"]\n',
            "vocabulary.jargon: 'remove' has an unknown word 'bengin'; did you mean 'benign'?",
        ),
    ],
)
def test_unknown_words_of_a_configuration_are_one_line_and_exit_code_2(
    healthlint: Callable, site: Path, settings: str, error: str
) -> None:
    (site / "healthlint.toml").write_text(settings)

    ran = healthlint("check", "--format", "concise", "clean.md")

    assert ran.code == 2
    assert ran.out.startswith(f"clean.md: error: healthlint.toml: {error}\n")
    assert ran.err == f"healthlint: {error}\n"


_SILENCED = """\
<!-- healthlint-disable-next-line medication/trailing-zero -- as printed
on the box -->
Take 1.0 mg at night.

<!-- healthlint-disable-file words/* -->
"""


def test_suppressions_are_listed_with_place_reason_and_what_they_silence(healthlint: Callable, site: Path) -> None:
    (site / "page.md").write_text(_SILENCED)
    options = ("check", "--report-suppressions", "page.md", "clean.md")

    refused = healthlint(*options)
    allowed = healthlint(*options, "--allow-safety-suppressions")

    assert (0, "") == (refused.code, refused.err)
    assert (
        "page.md:1: medication/trailing-zero: 0 findings silenced: 'as printed on the box'\n"
        "page.md:5: words/*: 0 findings silenced: no reason given, so it silences nothing\n"
        "2 comments silence 0 findings.\n"
    ) == refused.out
    assert "page.md:1: medication/trailing-zero: 1 finding silenced: 'as printed on the box'\n" in allowed.out


def test_suppressions_for_programs_are_one_json_value(healthlint: Callable, site: Path) -> None:
    (site / "page.md").write_text("---\nhealthlint.disable: words/complex-word -- the brief\n---\n\nUtilise it.\n")

    value = json.loads(healthlint("check", "--report-suppressions", "--format", "json", "page.md").out)

    assert value == {
        "version": 1,
        "suppressions": [
            {
                "path": "page.md", "line": 1, "form": "healthlint-disable-file", "rules": ["words/complex-word"],
                "reason": "the brief", "silenced": 1,
            }
        ],
        "off": [],
    }  # fmt: skip


def test_rules_about_medicines_that_the_settings_switch_off_are_listed(healthlint: Callable, site: Path) -> None:
    (site / "healthlint.toml").write_text('ignore = ["medication/trailing-zero", "words"]\n')

    ran = healthlint("check", "--report-suppressions", "clean.md")

    assert ran.out == (
        "0 comments silence 0 findings.\n"
        "The settings of this folder switch off 1 rule about medicines or safety:\n"
        "  medication/trailing-zero\n"
    )


def test_unread_file_is_told_and_ends_with_2_when_suppressions_are_listed(healthlint: Callable) -> None:
    ran = healthlint("check", "--report-suppressions", "nope.md")

    assert (ran.code, ran.err) == (2, "nope.md: error: no such file; check the path\n")


@pytest.mark.parametrize(
    "page",
    [
        "---\nhealthlint.disable: medication/* -- a reason\n---\n\nTake 1.0 mg at night.\n",
        "<!-- healthlint-disable-file medication/trailing-zero -- a reason -->\n\nTake 1.0 mg at night.\n",
        "<!-- healthlint-disable medication/* -- a reason -->\n\nTake 1.0 mg.\n\n<!-- healthlint-enable -->\n",
        "Take 1.0 mg. <!-- healthlint-disable-line medication/trailing-zero -- a reason -->\n",
        "<!-- healthlint-disable-next-line medication/trailing-zero -- a reason -->\nTake 1.0 mg.\n",
    ],
)
def test_no_form_of_comment_silences_an_error_about_medicines(healthlint: Callable, site: Path, page: str) -> None:
    (site / "page.md").write_text(page)

    ran = healthlint("check", "--format", "concise", "page.md")

    assert ran.code == 1
    assert "error[medication/trailing-zero]" in ran.out
    assert "warning[suppression/not-allowed]" in ran.out
