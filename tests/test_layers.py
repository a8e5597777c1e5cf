"""The house: imports point to earlier layers, parts never import one another, and the common path stays light."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import healthlint
from healthlint.registry import load_part, part_names

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(healthlint.__file__).parent
LAYERS = (
    "errors text share _version registry glob inflection terminal cache skeleton table number formula syllable slip",
    "languagetool_keeper reportpath",
    "languagetool languagetool_server",
    "segment band diagnostic decoding regular_file word spoken foreign xmltext",
    "citation regex",
    "document amount",
    "builder phrases frequency entity",
    "sieve late workedout",
    "entities",
    "finding masking schema yamlfile wordlist overlay explanation",
    "finding prose",
    "readability plainer embedding front_matter familiarity",
    "cues",
    "difficulty",
    "conditions",
    "checks",
    "readers",
    "scan",
    "rule rulefolder",
    "rulereader tablereader wordreader gold quality profiles",
    "rulefiles settings",
    "library proofreading",
    "rulebook",
    "ignore files",
    "settingsreader",
    "config directive",
    "suppression overlap baseline changes summary records markdowntext",
    "reporters",
    "linter fixer score",
    "rewrite ratchet",
    "ruletest",
    "session",
    "api evaluate reference",
    "server",
    "cli",
    "__init__ __main__",
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names.split()}
FOLDERS = ("checks", "conditions", "readers", "reporters", "cli")
# Within one layer these may be imported by the others of it.
SAME_LAYER = {
    ("summary", "terminal"),
    ("markdowntext", "summary"),
    ("records", "summary"),  # a record of a run is its tally, for programs
    ("files", "ignore"),
    ("suppression", "directive"),
    ("schema", "yamlfile"),  # only the type of what was loaded
}
HEAVY = (
    "yaml msgspec textstat pyphen nltk pathspec requests language_tool_python multiprocessing asyncio "
    "importlib.metadata"
).split()


def modules() -> list[str]:
    """Return every module below healthlint/, as dotted names without "healthlint."."""
    paths = sorted(ROOT.rglob("*.py"))
    return [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in paths]


def source(module: str) -> str:
    path = ROOT.joinpath(*module.split("."))
    return (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text()


def imports(module: str) -> Iterator[str]:
    """Yield each module of healthlint that *module* imports, wherever it does and for types alone too."""
    for node in ast.walk(ast.parse(source(module))):
        if isinstance(node, ast.ImportFrom) and node.module == "healthlint":
            yield from (alias.name if is_module(alias.name) else "__init__" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("healthlint."):
            base = str(node.module).removeprefix("healthlint.")
            yield from (f"{base}.{alias.name}" if is_module(f"{base}.{alias.name}") else base for alias in node.names)
        elif isinstance(node, ast.Import):
            names = (alias.name for alias in node.names if alias.name.partition(".")[0] == "healthlint")
            yield from (name.removeprefix("healthlint.") for name in names)


def is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


def layer(module: str) -> str:
    return module.partition(".")[0]


@pytest.mark.parametrize("module", modules())
def test_every_module_has_a_layer(module: str) -> None:
    assert layer(module) in LEVEL


@pytest.mark.parametrize("module", modules())
def test_imports_point_to_earlier_layers(module: str) -> None:
    here = layer(module)

    upward = {
        imported
        for imported in imports(module)
        if layer(imported) != here
        and LEVEL[layer(imported)] >= LEVEL[here]
        and (here, layer(imported)) not in SAME_LAYER
    }

    assert set() == upward


def test_every_exception_within_a_layer_is_still_needed() -> None:
    used = {(layer(module), layer(imported)) for module in modules() for imported in imports(module)}

    assert SAME_LAYER - used == set()


@pytest.mark.parametrize("module", [each for each in modules() if layer(each) in FOLDERS and "." in each])
def test_parts_of_a_folder_never_import_one_another(module: str) -> None:
    """A part may have private modules of its own prefix; those of the command line share theirs."""
    folder, _, name = module.partition(".")

    siblings = {imported.partition(".")[2] for imported in imports(module) if layer(imported) == folder} - {""}

    assert {each for each in siblings if not is_own(folder, name, each)} == set()


def is_own(folder: str, name: str, sibling: str) -> bool:
    prefix = name.lstrip("_").partition("_")[0]
    return sibling.startswith("_") if folder == "cli" else sibling.startswith(f"_{prefix}")


def test_imports_make_no_circle_even_for_types() -> None:
    graph = {module: set(imports(module)) - {module} for module in modules()}

    while leaves := {module for module, imported in graph.items() if not imported & graph.keys()}:
        graph = {module: imported for module, imported in graph.items() if module not in leaves}

    assert graph == {}


@pytest.mark.parametrize("module", modules())
def test_no_module_is_called_rules(module: str) -> None:
    """The rules ship as the folder healthlint/rules."""
    assert module == "cli.rules" or module.rpartition(".")[2] != "rules"


@pytest.mark.parametrize(
    ("folder", "contract"),
    [
        ("checks", ("Check",)),
        ("conditions", ("Condition",)),
        ("readers", ("FORMAT", "SUFFIXES", "read", "parse")),
        ("reporters", ("report",)),
    ],
)
def test_every_part_is_found_by_its_file_name_and_keeps_its_contract(folder: str, contract: tuple[str, ...]) -> None:
    files = sorted(path.stem for path in (ROOT / folder).glob("*.py") if not path.stem.startswith("_"))

    assert files == list(part_names(folder))
    assert {(name, each) for name in files for each in contract if not hasattr(load_part(folder, name), each)} == set()


def test_kinds_of_check_are_few_enough_to_know_them_all() -> None:
    """Fewer than fifteen: fold a new one into a kind that looks at the same things, as a key of it."""
    assert len(part_names("checks")) <= 14


def test_part_that_does_not_exist_is_a_key_error() -> None:
    for name in ("nothing", "_private", "__init__", "../linter"):
        with pytest.raises(KeyError):
            load_part("checks", name)


def test_common_path_imports_nothing_heavy(tmp_path: Path) -> None:
    """Checking a Markdown page with a warm cache."""
    (tmp_path / "page.md").write_text("# Tea\n\nTake 1.0 mg at night ([NHS](https://www.nhs.uk)).\n")
    program = (
        "import sys; sys.argv[1:] = ['check', '--no-config', '--exit-zero', 'page.md']\n"
        "import healthlint.cli.check\n"
        "from healthlint.__main__ import main\n"
        "try:\n    main()\n"
        "finally:\n    print(*sorted(sys.modules), file=sys.stderr)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT.parent)}

    runs = [
        subprocess.run(
            [sys.executable, "-P" if sys.version_info >= (3, 11) else "-s", "-c", program],
            cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
        )
        for _ in range(2)
    ]  # fmt: skip

    assert [run.returncode for run in runs] == [0, 0], runs[0].stderr
    assert "1.0 mg" in runs[1].stdout
    imported = set(runs[1].stderr.split())
    assert "healthlint.checks.pattern" in imported
    assert {name for name in HEAVY if name in imported} == set()
