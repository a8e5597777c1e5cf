"""What there is to know of a rule, for ``healthlint explain`` and for the pages of docs/rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from healthlint.entities import names_in
from healthlint.quality import UNKNOWN
from healthlint.rulebook import OFF, Choice, choose
from healthlint.ruletest import demonstrate, needs_languagetool
from healthlint.text import several

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from healthlint.diagnostic import Reference
    from healthlint.library import Library
    from healthlint.quality import Quality
    from healthlint.rule import Rule
    from healthlint.table import Row

INDEX = "README.md"
_PLACEHOLDER = re.compile(r"\{[a-z][a-z0-9_-]*\}")
_MARKUP = re.compile(r"[\\`*_\[\]<>#|~&]")
_LIST_START = re.compile(r"^(\d*)(?=[-+.)])")
# Keys of a check that say nothing where another has this value.
_IDLE = {"tier": ("of", ""), "gap": ("order", "any"), "min_uses": ("compare", "points")}


class Option(NamedTuple):
    """A number that can be changed in the settings, and what it is in the profiles that have another."""

    key: str
    value: float
    elsewhere: Mapping[str, float]


@dataclass(frozen=True)
class Entry:
    """A rule as it is explained; *elsewhere* are the profiles in which it has another severity, or is off.

    ``lists`` are the entities whose words it looks for, as the settings name them.
    *facts* are the rows of the dated tables that it looks at, a line each.
    """

    id: str
    summary: str
    concern: str
    severity: str
    elsewhere: Mapping[str, str]
    is_stable: bool
    is_milder_in_places: bool
    needs_languagetool: bool
    locales: tuple[str, ...]
    unverified: str
    why: str
    says: str
    advice: str
    flagged: tuple[str, ...]
    left_alone: tuple[str, ...]
    options: tuple[Option, ...]
    lists: tuple[str, ...]
    facts: tuple[str, ...]
    references: tuple[Reference, ...]
    quality: Quality

    @property
    def severities(self) -> str:
        """The severity, with the profiles that have another.

        ``warning; error in clinician and marketing; off in patient-leaflet``
        """
        profiles: dict[str, list[str]] = {}
        for profile, severity in self.elsewhere.items():
            profiles.setdefault(severity, []).append(profile)
        milder = ", in places one step milder" if self.is_milder_in_places else ""
        return "; ".join((self.severity + milder, *(f"{each} in {_listed(names)}" for each, names in profiles.items())))


def describe(rules: Iterable[Rule], library: Library, quality: Mapping[str, Quality]) -> Iterator[Entry]:
    """Yield what there is to know of each of *rules*."""
    profiles = {
        name: {rule.id: rule for rule in choose(library, Choice(profile=name, preview=True, grammar=True)).rules}
        for name in sorted(library.profiles)
    }
    for rule in rules:
        yield _entry(rule, library, {name: chosen.get(rule.id) for name, chosen in profiles.items()}, quality)


def _entry(rule: Rule, library: Library, profiles: Mapping[str, Rule | None], quality: Mapping[str, Quality]) -> Entry:
    text = rule.text
    said = demonstrate(rule, library)
    severities = {name: each.severity if each else OFF for name, each in profiles.items()}
    rows = library.vocabulary.rows_in(
        text for key in ("of", "pattern") for text in several(rule.text.settings.get(key, ()))
    )
    return Entry(
        id=rule.id,
        summary=text.summary,
        concern=text.concern,
        severity=rule.severity,
        elsewhere={name: severity for name, severity in severities.items() if severity != rule.severity},
        is_stable=text.status == "stable",
        is_milder_in_places=bool(text.milder),
        needs_languagetool=needs_languagetool(rule),
        locales=text.locales,
        unverified=text.unverified,
        why=_flat(text.why),
        says=said.message if said else "",
        advice=_PLACEHOLDER.sub("…", said.advice if said else text.advice),
        flagged=tuple(_flat(each.flag) for each in text.examples if each.flag),
        left_alone=tuple(_flat(each.passes) for each in text.examples if each.passes),
        options=tuple(each for each in _options(rule, profiles) if not (rows and each.key == "tier")),
        lists=tuple(f'"{each}"' if "/" in each else each for each in names_in(str(text.settings.get("of", "")))),
        facts=tuple(map(_fact, rows)),
        references=text.references,
        quality=quality.get(rule.id, UNKNOWN),
    )


def _fact(row: Row) -> str:
    values = (f"{key} {value}" for key, value in row.texts().items())
    where = f" in {' and '.join(row.locales)}" if row.locales else ""
    state = "" if row.checked else ", not looked up yet: with --preview only"
    return f"{row.term}{where}: {'; '.join(values)} (as of {row.as_of}{state})"


def _options(rule: Rule, profiles: Mapping[str, Rule | None]) -> Iterator[Option]:
    for key, value in rule.text.settings.items():
        other, idle = _IDLE.get(key, (key, None))
        is_idle = rule.text.settings.get(other) == idle
        if isinstance(value, (int, float)) and not isinstance(value, bool) and value and not is_idle:
            values = {name: getattr(each.check, key) for name, each in profiles.items() if each}
            yield Option(key.replace("_", "-"), value, {name: each for name, each in values.items() if each != value})


def reference_pages(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the Markdown pages for *entries* by file name: one for each pack, and INDEX."""
    packs: dict[str, list[Entry]] = {}
    for entry in entries:
        packs.setdefault(entry.id.partition("/")[0], []).append(entry)
    pages = {f"{pack}.md": _joined(_page(pack, members)) for pack, members in packs.items()}
    return {INDEX: _joined(_index(packs)), **pages}


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _index(packs: Mapping[str, Sequence[Entry]]) -> Iterator[str]:
    yield "# The rules"
    yield ""
    yield "Made from the rule files by `healthlint reference`. Change those, not these pages."
    yield ""
    yield "| pack | rules | what they ask about |"
    yield "| --- | --- | --- |"
    for pack, entries in packs.items():
        concerns = dict.fromkeys(entry.concern for entry in entries)
        yield f"| [{pack}]({pack}.md) | {len(entries)} | {', '.join(concerns)} |"


def _page(pack: str, entries: Sequence[Entry]) -> Iterator[str]:
    yield f"# {pack}"
    yield ""
    yield "Made from the rule files by `healthlint reference`. Change those, not this page."
    yield ""
    yield "| rule | severity | what it flags |"
    yield "| --- | --- | --- |"
    for entry in entries:
        preview = "" if entry.is_stable else " (preview)"
        yield f"| [{entry.id}](#{entry.id.replace('/', '')}) | {entry.severity}{preview} | {_escaped(entry.summary)} |"
    for entry in entries:
        yield from _section(entry)


def _section(entry: Entry) -> Iterator[str]:
    yield from ("", f"## {entry.id}", "", f"{_escaped(entry.summary)}.", "")
    status = "" if entry.is_stable else " Preview: runs only with `--preview`."
    yield f"Severity: {entry.severities}. Concern: {entry.concern}.{status}"
    if entry.needs_languagetool:
        yield from ("", "Runs only with `--grammar`, or with a table `[grammar]` in `healthlint.toml`.")
    if entry.locales:
        yield from ("", f"Only for pages in {_listed(entry.locales)}.")
    if entry.unverified:
        yield from ("", f"Still to be looked up: {_escaped(_flat(entry.unverified))}")
    yield from (
        "",
        f"**Why it matters.** {_escaped(entry.why)}",
        "",
        "**Example.** The words in bold are reported:",
        "",
    )
    yield from _bullets(entry.flagged)
    if entry.says:
        yield from ("", f"**What it says.** {_escaped(entry.says)}")
    yield from ("", f"**Instead.** {_escaped(entry.advice)}", "", "**Exceptions.** These are left alone:", "")
    yield from _bullets(entry.left_alone)
    if entry.options:
        yield from ("", f'**Options.** In `healthlint.toml`, under `[rules."{entry.id}"]`:', "")
        yield from map(_option, entry.options)
    for name in entry.lists:
        yield from ("", f"**Words.** In `healthlint.toml`, `[vocabulary.{name}]` adds and removes words.")
    if entry.facts:
        yield from ("", "**What it knows.** As of the day given, from the source in the table:", "")
        yield from (f"- {_escaped(fact)}" for fact in entry.facts)
    yield from ("", f"**How often it is right.** {_escaped(str(entry.quality))}", "", "**References**", "")
    yield from (f"- {_reference(each)}" for each in entry.references)


def _bullets(examples: Iterable[str]) -> Iterator[str]:
    for example in examples:
        yield f"- {_escaped(example).replace('«', '**').replace('»', '**')}"


def _option(option: Option) -> str:
    elsewhere = "; ".join(f"{value:g} in {name}" for name, value in option.elsewhere.items())
    return f"- `{option.key} = {option.value:g}`" + (f" ({elsewhere})" if elsewhere else "")


def _reference(reference: Reference) -> str:
    title = f"[{_escaped(reference.title)}]({reference.url})" if reference.url else _escaped(reference.title)
    return ", ".join(filter(None, (title, _escaped(reference.publisher), reference.year)))


def _escaped(text: str) -> str:
    """Return *text* as Markdown that reads the same."""
    return _LIST_START.sub(r"\1\\", _MARKUP.sub(r"\\\g<0>", text))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _listed(names: Sequence[str]) -> str:
    """Return names as a person lists them.

    >>> _listed(["clinician"]), _listed(["clinician", "marketing", "public-web"])
    ('clinician', 'clinician, marketing and public-web')
    """
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
