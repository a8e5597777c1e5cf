"""Reading formulas that textstat has, by its names and for the languages that it knows; never over the network.

textstat downloads a corpus to count English syllables. Here ``syllables`` counts them in its place.
"""

from __future__ import annotations

import threading
import warnings
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from healthlint.errors import SettingError, unknown
from healthlint.syllable import syllables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_WIENER = "wiener_sachtextformel"
_NONE: Mapping[str, Any] = MappingProxyType({})
# The arguments, beside the text, that make textstat return a number.
_ARGUMENTS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        **dict.fromkeys(
            "automated_readability_index coleman_liau_index crawford dale_chall_readability_score "
            "dale_chall_readability_score_v2 fernandez_huerta flesch_kincaid_grade flesch_reading_ease gulpease_index "
            "gunning_fog gutierrez_polini linsear_write_formula lix mcalpine_eflaw osman rix smog_index "
            "spache_readability szigriszt_pazos".split(),
            _NONE,
        ),
        "text_standard": {"float_output": True},
        _WIENER: {"variant": 1},
        **{f"{_WIENER}_{variant}": {"variant": variant} for variant in (1, 2, 3, 4)},
    }
)
FORMULAS = frozenset(_ARGUMENTS)
# textstat has a list of easy words for these alone, and takes the English one for all others.
_WITH_WORD_LIST = frozenset({"en", "es"})
_NEED_WORD_LIST = frozenset(
    "dale_chall_readability_score dale_chall_readability_score_v2 gunning_fog spache_readability text_standard".split()
)
# textstat has constants of the ease for these, and takes the English ones for all others.
_WITH_EASE = frozenset({"en", "de", "es", "fr", "hu", "it", "nl", "ru"})
_COUNT_NO_SYLLABLES = frozenset(
    "automated_readability_index coleman_liau_index gulpease_index lix mcalpine_eflaw osman rix".split()
)
_WITHOUT_HYPHENATION = frozenset({"ar"})
_PATCHING = threading.Lock()


def check_metric(metric: str, lang: str) -> None:
    """Raise a SettingError for a formula or language that textstat does not have."""
    if metric not in FORMULAS:
        raise SettingError(unknown("formula", metric, sorted(FORMULAS)), "metric")
    if _root(lang) not in _languages():
        raise SettingError(unknown("language", lang, sorted(_languages())), "lang")
    if metric in _NEED_WORD_LIST and _root(lang) not in _WITH_WORD_LIST:
        raise SettingError(f"'{metric}' needs a list of easy words, which textstat has for en and es only", "lang")
    if metric == "flesch_reading_ease" and _root(lang) not in _WITH_EASE:
        raise SettingError(f"textstat has '{metric}' for {', '.join(sorted(_WITH_EASE))} only", "lang")
    if _root(lang) in _WITHOUT_HYPHENATION and metric not in _COUNT_NO_SYLLABLES:
        raise SettingError(f"textstat cannot count the syllables of '{lang}'; use 'osman'", "metric")


def score_with_textstat(text: str, metric: str, lang: str) -> float:
    """Return what textstat's formula *metric* gives *text*, with ``syllables`` where *lang* is English."""
    check_metric(metric, lang)
    import textstat

    scorer = textstat.textstat.__class__()
    scorer.set_lang(lang.replace("-", "_"))  # it knows no other way to write a region
    name = _WIENER if metric.startswith(_WIENER) else metric
    with _own_syllables(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return float(getattr(scorer, name)(text, **_ARGUMENTS[metric]))


class _Pronunciations:
    """Stands in for the dictionary of pronunciations: each word has one, of as many stressed sounds as syllables."""

    def __getitem__(self, word: str) -> tuple[tuple[str, ...]]:
        return (("1",) * syllables(word),)


@contextmanager
def _own_syllables() -> Iterator[None]:
    """Have textstat count English syllables as we do, while it is asked; its download is never reached."""
    counter: Any = import_module("textstat.backend.counts._count_syllables")
    with _PATCHING:
        original = counter.get_cmudict
        counter.get_cmudict = lambda lang: _Pronunciations() if _root(lang) == "en" else None
        try:
            yield
        finally:
            counter.get_cmudict = original


@cache
def _languages() -> frozenset[str]:
    from pyphen import LANGUAGES

    return _WITHOUT_HYPHENATION | {_root(name) for name in LANGUAGES}


def _root(lang: str) -> str:
    return lang.replace("-", "_").partition("_")[0]
