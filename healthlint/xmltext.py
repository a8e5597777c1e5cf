"""XML that every parser takes, whatever stands in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TextIO

from healthlint.terminal import LOG_COMMAND, UNSEEN, is_unicode

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# Char of XML 1.0 (fifth edition), production 2; what it leaves out cannot be written at all, not even as a reference.
_NO_CHARACTER = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A reference is the same character for a program, and a log that shows the report stays unharmed.
_REFERRED = re.compile(f"[\\r\\x7f-\\x9f{UNSEEN}]|{LOG_COMMAND}")
_REFERRED_IN_ASCII = re.compile(f"[\\r\\x7f-\\U0010ffff]|{LOG_COMMAND}")


def xml_text(text: str) -> str:
    r"""Return *text* with U+FFFD for each character that XML has no way to write.

    >>> xml_text("a\x1b[1m\ud800")
    'a\ufffd[1m\ufffd'
    """
    return _NO_CHARACTER.sub("\ufffd", text)


def write_xml(root: Element, stream: TextIO) -> None:
    """Write *root*, whose texts went through ``xml_text``, as a document of its own that any stream can take."""
    from xml.etree.ElementTree import indent, tostring

    indent(root)
    referred = _REFERRED if is_unicode(stream) else _REFERRED_IN_ASCII
    said = referred.sub(lambda match: f"&#{ord(match[0])};", tostring(root, encoding="unicode"))
    stream.write(f'<?xml version="1.0" encoding="UTF-8"?>\n{said}\n')
