"""How often rules are right: counts from texts that readers judged, in the file quality.yaml of a rule folder."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthlint.errors import ConfigError, ReadError, RulebookError, RuleError
from healthlint.regular_file import read_bytes, replace_file
from healthlint.schema import FileReader
from healthlint.share import Share
from healthlint.yamlfile import load_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILE = "quality.yaml"
ENOUGH = 29  # judged reports; with fewer, the interval is too wide to act on
_HEADER = """\
# How many reports of each rule readers judged, how many of them were right, of which texts, and when.
# `healthlint evaluate --quality` writes it; `healthlint explain` and the tests read it; no check of a page does.
"""


@dataclass(frozen=True)
class Quality:
    """Of *judged* reports of one rule on the texts *of*, *right* were at words that a reader marked for its concern."""

    judged: int
    right: int
    of: str
    as_of: str

    @property
    def precision(self) -> Share:
        """How much of what is reported is right."""
        return Share(self.right, self.judged)

    @property
    def is_known(self) -> bool:
        """Whether there are enough judged reports to say how often the rule is right."""
        return self.judged >= ENOUGH

    def __str__(self) -> str:
        if not self.is_known:
            return f"Too few judged reports ({self.judged}) to say."
        return f"In {self.judged:,} judged reports on {self.of}, {self.right:,} were right: {self.precision}."


UNKNOWN = Quality(0, 0, "", "")


def read_quality(folders: Iterable[str]) -> dict[str, Quality]:
    """Return what the files in *folders* say, by rule id; raise RulebookError with every error in every file."""
    found: dict[str, Quality] = {}
    errors: list[RuleError] = []
    for folder in folders:
        path = os.path.join(folder, FILE)
        if os.path.lexists(path):
            try:
                found |= _read(path)
            except RulebookError as error:
                errors += error.errors
    if errors:
        raise RulebookError(tuple(errors))
    return found


def write_quality(path: str, judged: Mapping[str, Quality], *, ran: Iterable[str]) -> None:
    """Put *judged* into the file *path*, in place of what it says of the rules that *ran*; all or nothing."""
    kept = _read(path) if os.path.lexists(path) else {}
    gone = set(ran)
    entries = {**{rule: each for rule, each in kept.items() if rule not in gone}, **judged}
    lines = (
        f"{rule}: {{judged: {each.judged}, right: {each.right}, of: {_quoted(each.of)}, as-of: {each.as_of}}}\n"
        for rule, each in sorted(entries.items())
    )
    try:
        replace_file(path, "".join((_HEADER, *lines)).encode())
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}; name a file that can be written") from error


def _read(path: str) -> dict[str, Quality]:
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except ReadError as error:
        raise RulebookError((RuleError(path, None, str(error)),)) from error
    except UnicodeDecodeError as error:
        raise RulebookError((RuleError(path, None, "not UTF-8; save the file as UTF-8"),)) from error
    try:
        reader = FileReader(path, load_yaml(text, path))
    except RuleError as error:
        raise RulebookError((error,)) from error
    value = {} if reader.loaded.value is None else reader.loaded.value
    if not isinstance(value, dict):
        reader.error((), "holds rules and their counts; 'healthlint evaluate --quality' writes it")
        value = {}
    found = {rule: reader.convert(counts, Quality, (rule,)) for rule, counts in value.items()}
    for rule, each in found.items():
        if each is not None and not 0 <= each.right <= each.judged:
            reader.error((rule, "right"), "'right' is at most 'judged', and neither is less than 0")
    if reader.errors:
        raise RulebookError(tuple(reader.errors))
    return found


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
