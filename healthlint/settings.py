"""The keys of a configuration file: what each means, and which values it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from healthlint.diagnostic import SEVERITIES

Settings = dict[str, Any]
Kind = Literal["text", "flag", "texts", "globs", "number", "address", "rules", "vocabulary", "grammar", "overrides"]

LOCALES = ("", "en-GB", "en-US")


class Key(NamedTuple):
    """One key as TOML writes it: the kind of its value, what it means, and an example."""

    name: str
    kind: Kind
    comment: tuple[str, ...]
    example: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grammar:
    """What is said of grammar: whether to look at it, which LanguageTool to ask, and what of its answers to report.

    ``server`` is an address, ``folder`` holds a LanguageTool to start on this machine; with neither one is looked for.
    ``categories`` and rules to ``enable`` and ``disable`` are LanguageTool's own.
    """

    enabled: bool = False
    server: str = ""
    folder: str = ""
    categories: tuple[str, ...] = ()
    enable: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    timeout: float = 60


GRAMMAR_KEYS = (
    Key("enabled", "flag", (), "enabled = false"),
    Key("server", "address", (), 'server = "http://localhost:8081"'),
    Key("folder", "text", (), 'folder = "/opt/LanguageTool-6.8"'),
    Key("categories", "texts", (), 'categories = ["TYPOS", "GRAMMAR"]'),
    Key("enable", "texts", (), 'enable = ["UPPERCASE_SENTENCE_START"]'),
    Key("disable", "texts", (), 'disable = ["COMMA_COMPOUND_SENTENCE"]'),
    Key("words", "texts", (), 'words = ["Healthlint"]'),
    Key("timeout", "number", (), "timeout = 60"),
)

KEYS = (
    Key(
        "extends",
        "texts",
        ("Start from another configuration file, in this folder or below it; what this file says wins.",),
        'extends = "shared/healthlint.toml"',
    ),
    Key(
        "profile",
        "text",
        (
            'Who reads the text: "patient-leaflet", "public-web", "marketing" or "clinician".',
            "A profile says how hard sentences may be and how severe each finding is.",
            "'healthlint profiles' lists them and shows what differs.",
        ),
        'profile = "public-web"',
    ),
    Key(
        "locale",
        "text",
        ('Whose spelling and words: "en-GB" or "en-US". Empty: the language a document gives for itself, else both.',),
        'locale = "en-GB"',
        LOCALES,
    ),
    Key(
        "fail-on",
        "text",
        ('The mildest finding that makes the command fail with exit code 1: "error", "warning" or "info".',),
        'fail-on = "error"',
        SEVERITIES,
    ),
    Key(
        "preview",
        "flag",
        ("Also run rules whose precision is still being measured. They cry wolf more often.",),
        "preview = false",
    ),
    Key(
        "select",
        "texts",
        ("Run only these rules, or packs of rules. Empty: every rule of the profile.",),
        'select = ["reading/*", "medication/*"]',
    ),
    Key(
        "extend-select",
        "texts",
        ("Run these rules as well as those selected above or in the file this one extends.",),
        'extend-select = ["claims/*"]',
    ),
    Key("ignore", "texts", ("Never run these rules.",), 'ignore = ["words/*"]'),
    Key("exclude", "globs", ("Leave these out, as well as what ignore files name.",), 'exclude = ["drafts/**"]'),
    Key(
        "rule-paths",
        "texts",
        ("Folders with rules of your own, seen from this file. `healthlint new` writes a first one.",),
        'rule-paths = ["house-rules"]',
    ),
    Key(
        "baseline",
        "text",
        ("Findings known before you started, not reported again. `healthlint baseline` writes this file.",),
        'baseline = "healthlint-baseline.json"',
    ),
    Key(
        "allow-safety-suppressions",
        "flag",
        (
            "Let a comment in a document silence an error of medication/ or safety/.",
            "Leave this off unless a clinician reads each such comment.",
        ),
        "allow-safety-suppressions = false",
    ),
    Key(
        "rules",
        "rules",
        (
            'Change one rule: its severity ("error", "warning", "info" or "off") or a limit it has.',
            "`healthlint explain reading/long-sentence` names its limits.",
        ),
        '[rules."reading/long-sentence"]\nseverity = "info"\nmax = 30',
    ),
    Key(
        "vocabulary",
        "vocabulary",
        (
            "Change a list of words for every rule that uses it; rules/vocabulary has their names.",
            "Add words, alone or each with what to write instead, and remove words that your readers know.",
        ),
        '[vocabulary.jargon]\nadd = {"debulking" = "taking out as much as possible"}\nremove = ["benign"]',
    ),
    Key(
        "grammar",
        "grammar",
        (
            "Grammar and spelling through LanguageTool, on this machine; docs/grammar.md says how to get it.",
            'Switched on by this table. "server" is the address of one that runs; without it one is started.',
            'Also: "folder" to start it from, its "categories", its rules to "enable" and "disable", "timeout".',
        ),
        '[grammar]\nwords = ["Healthlint"]',
    ),
    Key(
        "overrides",
        "overrides",
        ("Other settings for some files, named by globs from this folder. Of two that hold, the later wins.",),
        '[[overrides]]\nfiles = ["leaflets/**"]\nprofile = "patient-leaflet"',
    ),
)
