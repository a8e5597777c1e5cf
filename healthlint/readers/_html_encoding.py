"""The encoding that an HTML page says it is written in."""

from __future__ import annotations

import re

_SEARCHED = 1024  # bytes, as browsers do
_DECLARED = re.compile(
    rb"<meta\s[^>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]+)"
    rb"|^\s*<\?xml\s[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]+)",
    re.IGNORECASE,
)
_BYTE_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that a ``<meta>`` or an XML declaration in the first kilobyte of *data* names."""
    match = _DECLARED.search(_BYTE_COMMENT.sub(b"", data[:_SEARCHED]))
    if match is None:
        return None
    encoding = (match[1] or match[2]).decode("ascii", "replace").lower()
    # What can be read as ASCII is no UTF-16, whatever it says (WHATWG, "prescan a byte stream").
    return "utf-8" if encoding.startswith("utf-16") else encoding
