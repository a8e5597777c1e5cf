"""Formulas of textstat by name: all of them, without a network, and the same as ours on our counts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from textstat.backend import metrics
from textstat.backend.utils.constants import LANG_CONFIGS

from healthlint import foreign
from healthlint.errors import SettingError
from healthlint.foreign import FORMULAS, check_metric, score_with_textstat
from healthlint.formula import METRICS, Counts

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = "Take one tablet in the morning. If you feel worse after three days, talk to your doctor about medication."
SPANISH = "Tome una pastilla por la mañana. Si se siente peor después de tres días, hable con su médico de familia."
GERMAN = "Nehmen Sie morgens eine Tablette. Wenn es Ihnen nach drei Tagen schlechter geht, fragen Sie Ihren Hausarzt."
ARABIC = "تناول قرصا واحدا في الصباح. إذا شعرت بسوء بعد ثلاثة أيام فاستشر طبيبك."
COUNTS = Counts(sentences=12, words=240, syllables=396, polysyllables=31, letters=1130, complex_words=24)


@pytest.mark.parametrize("metric", sorted(FORMULAS))
def test_every_formula_of_the_list_scores_an_english_text(metric: str) -> None:
    assert isinstance(score_with_textstat(ENGLISH, metric, "en"), float)


def test_list_has_every_formula_that_textstat_has() -> None:
    no_formulas = {"reading_time", "words_per_sentence"} | {
        name for name in metrics.__all__ if name.endswith("_per_word")
    }

    assert set(metrics.__all__) - no_formulas <= FORMULAS


@pytest.mark.parametrize(
    ("text", "metric", "lang"),
    [
        (SPANISH, "szigriszt_pazos", "es"), (SPANISH, "fernandez_huerta", "es"), (SPANISH, "gutierrez_polini", "es_MX"),
        (GERMAN, "wiener_sachtextformel", "de"), (GERMAN, "flesch_reading_ease", "de-DE"), (ARABIC, "osman", "ar"),
        (GERMAN, "gulpease_index", "it"),
    ],
)  # fmt: skip
def test_other_languages_are_scored(text: str, metric: str, lang: str) -> None:
    assert score_with_textstat(text, metric, lang) != 0


@pytest.mark.parametrize(
    ("metric", "lang", "message"),
    [
        ("osmann", "ar", "unknown formula 'osmann'; did you mean 'osman'?"),
        ("osman", "ara", "unknown language 'ara'"),
        ("gunning_fog", "de", "'gunning_fog' needs a list of easy words, which textstat has for en and es only"),
        ("flesch_reading_ease", "pt", "textstat has 'flesch_reading_ease' for de, en, es, fr, hu, it, nl, ru only"),
        ("smog_index", "ar", "textstat cannot count the syllables of 'ar'; use 'osman'"),
    ],
)
def test_what_textstat_does_not_have_is_refused_in_one_line(metric: str, lang: str, message: str) -> None:
    with pytest.raises(SettingError) as caught:
        check_metric(metric, lang)

    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_languages_with_constants_of_the_ease_are_those_of_textstat() -> None:
    assert {name for name, values in LANG_CONFIGS.items() if "fre_base" in values} == foreign._WITH_EASE


def test_region_does_not_change_the_constants_of_a_language() -> None:
    values = {score_with_textstat(GERMAN, "flesch_reading_ease", lang) for lang in ("de", "de-DE", "de_DE")}

    assert len(values) == 1


def test_syllables_of_textstat_are_put_back() -> None:
    from textstat.backend.counts import _count_syllables as counter

    before = counter.get_cmudict
    score_with_textstat(ENGLISH, "flesch_kincaid_grade", "en")

    assert before is counter.get_cmudict


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("flesch_kincaid_grade", "flesch_kincaid_grade"), ("flesch_reading_ease", "flesch_reading_ease"),
        ("smog", "smog_index"), ("gunning_fog", "gunning_fog"),
        ("automated_readability_index", "automated_readability_index"),
    ],
)  # fmt: skip
def test_our_formulas_are_those_of_textstat_on_the_same_counts(
    ours: str, theirs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_counts(theirs, COUNTS, monkeypatch)

    assert METRICS[ours](COUNTS) == pytest.approx(score_by(theirs), abs=0.01)


def test_coleman_liau_has_the_constant_of_the_paper_which_textstat_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """0.0588 letters in 100 words, where textstat has 0.058."""
    give_counts("coleman_liau_index", COUNTS, monkeypatch)
    rounded_off = 0.0008 * 100 * COUNTS.letters / COUNTS.words

    assert METRICS["coleman_liau"](COUNTS) - rounded_off == pytest.approx(score_by("coleman_liau_index"), abs=0.01)


def give_counts(metric: str, counts: Counts, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the formula of textstat see *counts* in place of its own."""
    module = sys.modules[f"textstat.backend.metrics._{metric}"]
    words = counts.words
    values = {
        "words_per_sentence": words / counts.sentences,
        "sentences_per_word": counts.sentences / words,
        "syllables_per_word": counts.syllables / words,
        "chars_per_word": counts.letters / words,
        "letters_per_word": counts.letters / words,
        "count_sentences": counts.sentences,
        "count_polysyllable_words": counts.polysyllables,
        "count_difficult_words": counts.complex_words,
        "count_words": words,
    }
    for name, value in values.items():
        if hasattr(module, name):
            monkeypatch.setattr(module, name, lambda *_, value=value, **__: value)


def score_by(metric: str) -> float:
    """Return what textstat makes of the counts, for a text that it has no score of yet."""
    module = sys.modules[f"textstat.backend.metrics._{metric}"]
    formula = getattr(module, metric).__wrapped__
    return float(formula(ENGLISH, "en_US") if formula.__code__.co_argcount > 1 else formula(ENGLISH))


def test_english_syllables_need_no_network_and_no_home(tmp_path: Path) -> None:
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-rn", "true"], check=False, capture_output=True).returncode != 0:
        pytest.skip("needs unshare, to take the network away")
    program = (
        "from healthlint.foreign import FORMULAS, score_with_textstat\n"
        f"print(*(score_with_textstat({ENGLISH!r}, name, 'en') for name in sorted(FORMULAS)))"
    )

    run = subprocess.run(
        [unshare, "-rn", sys.executable, "-c", program],
        env={**os.environ, "HOME": str(tmp_path), "NLTK_DATA": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (run.returncode, run.stderr) == (0, "")
    assert len(FORMULAS) == len(run.stdout.split())
    assert list(tmp_path.iterdir()) == []
