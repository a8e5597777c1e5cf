"""Measure the rules on text that others wrote: one command, a folder of data, the figures on standard output.

    python tests/quality/measure.py DATA [--only pages,marketing] [--pages FOLDER] [--preview] [--every 10] [--sample 30]

DATA holds ``eval/pages`` and ``eval/pages2`` with their gold.jsonl, ``eval/sets``, and ``corpus/medium`` with
``corpus/medium.manifest.tsv``; what is not there is passed over, and told. The parts:

- pages: precision and recall on pages that readers marked (``healthlint evaluate``);
- marketing: how well loud findings per 1,000 words tell marketing from public bodies, in each half of the set;
- advice, claims: the share of sentences in which something is reported, by the label that others gave them;
- sentences: ``sentence_sets.py``, which measures two word classes;
- public: pages of NIH, NHS and EMA: how many have an error, how loud each rule is there, and what the loudest say.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from statistics import mean

from healthlint import readers
from healthlint.config import Config
from healthlint.diagnostic import Diagnostic, Result
from healthlint.linter import lint
from healthlint.session import Session
from healthlint.share import Share

_CLAIM_PACKS = frozenset({"evidence", "certainty", "claims", "safety"})
_PUBLIC = {"MedQuAD": "NIH", "NHS": "NHS", "EMA leaflet": "EMA"}
_BUSIEST = 10
_AROUND = 70


@dataclass(frozen=True)
class Run:
    """What holds for all parts: where the data lies, what checks it, how much of it, and what is shown."""

    data: Path
    session: Session
    pages: tuple[Path, ...]
    preview: bool
    every: int
    sample: int

    @property
    def sets(self) -> Path:
        """The labelled sets."""
        return self.data / "eval" / "sets"

    def check(self, name: str, text: str) -> Result:
        """Return what is reported of a plain text."""
        return lint(readers.parse(name, text, "text"), self.session.rulebook(self.session.config(name)))


@dataclass
class Counts:
    """What was reported of some texts."""

    texts: int = 0
    words: int = 0
    with_any: int = 0
    with_warning: int = 0
    with_error: int = 0
    rules: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, result: Result) -> None:
        """Count one text."""
        severities = {each.severity for each in result.diagnostics}
        self.texts += 1
        self.words += result.words
        self.with_any += bool(severities)
        self.with_warning += bool(severities - {"info"})
        self.with_error += "error" in severities
        self.rules.update((each.severity, each.rule) for each in result.diagnostics)


def main() -> None:
    """Measure the parts that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, metavar="DATA")
    parser.add_argument("--only", default=",".join(PARTS), help="the parts to measure, parted by commas")
    parser.add_argument("--pages", type=Path, action="append", help="a folder with a gold.jsonl, instead of DATA's")
    parser.add_argument("--preview", action="store_true", help="run preview rules, too")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="of the public pages, take every Nth")
    parser.add_argument(
        "--sample", type=int, default=0, metavar="N", help="show N findings of each rule with errors or many warnings"
    )
    given = parser.parse_args()
    pages = tuple(given.pages or (given.data / "eval" / name for name in ("pages", "pages2")))
    session = Session(Config(preview=given.preview))
    run = Run(given.data, session, pages, given.preview, max(1, given.every), given.sample)
    for name in given.only.split(","):
        if name not in PARTS:
            parser.error(f"no part '{name}'; there are {', '.join(PARTS)}")
        print(f"== {name}", flush=True)
        for line in PARTS[name](run):
            print(line, flush=True)
        print()


def measure_pages(run: Run) -> Iterator[str]:
    """Yield the tables of ``healthlint evaluate``."""
    gold = [str(folder / "gold.jsonl") for folder in run.pages if (folder / "gold.jsonl").is_file()]
    preview = ["--preview"] if run.preview else []
    yield from _output("-m", "healthlint", "evaluate", "--no-config", *preview, *gold) if gold else ("not there",)


def measure_sentences(run: Run) -> Iterator[str]:
    """Yield what ``sentence_sets.py`` prints."""
    script = Path(__file__).with_name("sentence_sets.py")
    yield from _output(str(script), str(run.sets)) if script.is_file() and run.sets.is_dir() else ("not there",)


def _output(*command: str) -> Iterator[str]:
    ran = subprocess.run([sys.executable, *command], capture_output=True, check=False)
    yield from (ran.stdout + ran.stderr).decode("utf-8", "replace").splitlines()


def measure_marketing(run: Run) -> Iterator[str]:
    """Yield, for each half of the set, the mean density of each label and the area under the curve."""
    for path in _halves(run.sets / "marketing_vs_public"):
        densities: defaultdict[str, list[float]] = defaultdict(list)
        for row in _rows(path):
            result = run.check(path.name, row["text"])
            loud = sum(1 for each in result.diagnostics if _is_loud_claim(each))
            densities[row["label"]].append(1000 * loud / max(1, result.words))
        area = _area(densities["marketing"], densities["public"])
        means = ", ".join(
            f"{label} {mean(values):.2f} (n {len(values)})" for label, values in sorted(densities.items())
        )
        yield f"{path.stem}: AUC {area:.3f}; warnings and errors per 1,000 words, mean: {means}"


def _is_loud_claim(diagnostic: Diagnostic) -> bool:
    packs = {each.rule.partition("/")[0] for each in diagnostic.told}
    return diagnostic.severity != "info" and bool(packs & _CLAIM_PACKS)


def _area(positives: Sequence[float], negatives: Sequence[float]) -> float:
    """Return the chance that a positive has more than a negative, half of it for a tie (Mann and Whitney 1947).

    >>> _area([3, 2], [1, 2])
    0.875
    """
    ranked = sorted([*((value, True) for value in positives), *((value, False) for value in negatives)])
    ranks: defaultdict[float, list[int]] = defaultdict(list)
    for rank, (value, _) in enumerate(ranked, 1):
        ranks[value].append(rank)
    total = sum(mean(ranks[value]) for value in positives)
    pairs = len(positives) * len(negatives)
    return (total - len(positives) * (len(positives) + 1) / 2) / pairs if pairs else 0.0


def measure_advice(run: Run) -> Iterator[str]:
    """Yield how often something is reported in scientific sentences that give no, weak or strong advice."""
    names = {0: "no advice", 1: "weak advice", 2: "strong advice"}
    yield from _firing_rates(run, "health_advice", lambda label: names.get(label, str(label)))


def measure_claims(run: Run) -> Iterator[str]:
    """Yield how often something is reported in claims that were found true or false."""
    yield from _firing_rates(run, "health_claims_true_false", str)


def _firing_rates(run: Run, name: str, label_name: Callable[[int], str]) -> Iterator[str]:
    for path in _halves(run.sets / name):
        counts: defaultdict[str, Counts] = defaultdict(Counts)
        for row in _rows(path):
            result = run.check(path.name, row["text"])
            told = tuple(each for each in result.diagnostics if each.concern != "reading")
            counts[label_name(row["label"])].add(replace(result, diagnostics=told))
        yield f"{path.stem}: share of sentences with anything but hard reading, with a warning or error, with an error"
        for label, each in sorted(counts.items()):
            shares = (Share(part, each.texts) for part in (each.with_any, each.with_warning, each.with_error))
            yield f"  {label:14} n {each.texts:5}  {'  '.join(map(str, shares))}"
            common = Counter(rule for _, rule in each.rules.elements()).most_common(5)
            yield f"  {'':14} {', '.join(f'{rule} {count}' for rule, count in common)}"


def measure_public(run: Run) -> Iterator[str]:
    """Yield how loud the rules are on careful pages: few of these findings are right."""
    counts: defaultdict[str, Counts] = defaultdict(Counts)
    shown: defaultdict[str, list[str]] = defaultdict(list)
    for path, origin in _public_pages(run):
        result = run.session.check(str(path), path.read_bytes())
        for each in ("all", origin):
            counts[each].add(result)
        for diagnostic in result.diagnostics:
            shown[diagnostic.rule].append(_shown(result, diagnostic))
    for origin, each in counts.items():
        yield (
            f"{origin:4} {each.texts:5} pages, {each.words:9,} words: with an error {Share(each.with_error, each.texts)}; "
            f"per 1,000 words: errors {_per_1000(each, 'error'):.3f}, warnings {_per_1000(each, 'warning'):.3f}, "
            f"notes {_per_1000(each, 'info'):.3f}"
        )
    every = counts["all"]
    for severity in ("error", "warning"):
        yield f"{severity}s per 1,000 words by rule"
        for (kind, rule), count in every.rules.most_common():
            if kind == severity:
                yield f"  {rule:42} {count:6}  {1000 * count / max(1, every.words):.3f}"
    for rule in _loudest(every) if run.sample else ():
        yield f"{rule}: {min(run.sample, len(shown[rule]))} of {len(shown[rule])}"
        yield from (f"  {each}" for each in _spread(shown[rule], run.sample))


def _loudest(counts: Counts) -> Sequence[str]:
    """Return every rule that reported an error, and the busiest of those that warn."""
    errors = (rule for (kind, rule), _ in counts.rules.most_common() if kind == "error")
    warnings = (rule for (kind, rule), _ in counts.rules.most_common() if kind == "warning")
    return tuple(dict.fromkeys((*errors, *islice(warnings, _BUSIEST))))


def _per_1000(counts: Counts, severity: str) -> float:
    found = sum(count for (kind, _), count in counts.rules.items() if kind == severity)
    return 1000 * found / max(1, counts.words)


def _public_pages(run: Run) -> Iterator[tuple[Path, str]]:
    manifest = run.data / "corpus" / "medium.manifest.tsv"
    if not manifest.is_file():
        return
    with manifest.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["source"] in _PUBLIC]
    for row in rows[:: run.every]:
        yield run.data / "corpus" / "medium" / row["file"], _PUBLIC[row["source"]]


def _shown(result: Result, diagnostic: Diagnostic) -> str:
    start, end = diagnostic.span
    before, after = result.source[max(0, start - _AROUND) : start], result.source[end : end + _AROUND]
    place = f"{Path(result.path).name}:{diagnostic.start.line}"
    return f"{place}: " + " ".join(f"{before}«{diagnostic.excerpt}»{after}".split())


def _spread(texts: Sequence[str], number: int) -> Iterator[str]:
    """Yield *number* of *texts*, as far from one another as can be."""
    step = max(1.0, len(texts) / number)
    yield from (texts[int(at * step)] for at in range(min(number, len(texts))))


def _halves(folder: Path) -> Sequence[Path]:
    return sorted(folder.glob("*.jsonl"))


def _rows(path: Path) -> Iterable[dict]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


PARTS: dict[str, Callable[[Run], Iterator[str]]] = {
    "pages": measure_pages,
    "marketing": measure_marketing,
    "advice": measure_advice,
    "claims": measure_claims,
    "sentences": measure_sentences,
    "public": measure_public,
}

if __name__ == "__main__":
    main()
