"""Text put into Markdown that others will show: it stays text, whatever stands in it."""

from __future__ import annotations

import re

from healthlint.summary import one_line

_PUNCTUATION = re.compile(r"[\\`*_\[\]<>#|~&$@^]|^[-+=]")
_LIST_START = re.compile(r"^(\d{1,9})(?=[.)])")
# What GitHub and GitLab turn into links and mentions after they have undone the escapes: a space of no width parts it.
_PARTED = re.compile(
    r"(?<=[@#!~%&$^])(?=\w)|(?<=:)(?=//)|(?<=\bwww)(?=\.)|(?<=\bmailto)(?=:)|(?<=\bGH)(?=-\d)", re.IGNORECASE
)
_PLAIN_CODE = re.compile(r"[\w./ :,-]*\w[\w./ :,-]*")
_SPECIAL = re.compile(r"[^\w ./-]")


def markdown_text(text: str) -> str:
    r"""Return *text* on one line, to stand anywhere but in code; at the start of a line it begins no list or heading.

    >>> markdown_text("<b> | *5* @you")
    '\\<b\\> \\| \\*5\\* \\@&#8203;you'
    """
    parts = _PARTED.split(one_line(text))
    escaped = "&#8203;".join(_PUNCTUATION.sub(r"\\\g<0>", part) for part in parts)
    return _LIST_START.sub(r"\1\\", escaped)


def markdown_code(text: str) -> str:
    """Return *text* on one line, as code: in backticks, or in a tag where backticks could be ended or would hide it."""
    line = one_line(text)
    if _PLAIN_CODE.fullmatch(line) and line == line.strip():
        return f"`{line}`"
    return f"<code>{_SPECIAL.sub(lambda match: f'&#{ord(match[0])};', line)}</code>"
