"""What the rules that ship say to people passes healthlint itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from healthlint.config import Config
from healthlint.session import Session

if TYPE_CHECKING:
    from healthlint.rule import Rule

_SESSION = Session()
_RULES = _SESSION.rulebook(Config(preview=True)).rules


@pytest.mark.parametrize("rule", _RULES, ids=lambda rule: rule.id)
def test_message_and_advice_pass_but_for_the_words_they_quote(rule: Rule) -> None:
    said = re.sub('"[^"]*"', "this", f"{rule.text.message}\n\n{rule.text.advice}\n")

    result = _SESSION.check("message.md", said.encode())

    assert [(each.rule, each.excerpt) for each in result.diagnostics] == []
