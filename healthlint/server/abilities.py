"""What the client says that it can do, as far as it matters here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsprotocol.types import MarkupKind

if TYPE_CHECKING:
    from lsprotocol.types import ClientCapabilities


@dataclass(frozen=True)
class Abilities:
    """Facts about a client."""

    pulls: bool
    """It asks for diagnostics itself, and so gets none unasked."""
    is_refreshed: bool
    """It can be told to ask anew."""
    reads_markdown: bool
    """It shows Markdown beside the pointer."""
    knows_versions: bool
    """An edit can name the version of the text that it is for."""
    has_settings: bool
    """It can be asked for settings."""
    watches: bool
    """It can be asked to watch files."""


def abilities_of(client: ClientCapabilities) -> Abilities:
    """Return what *client* can do; what it does not say it cannot."""
    text, workspace = client.text_document, client.workspace
    hover = text.hover if text else None
    edit = workspace.workspace_edit if workspace else None
    diagnostics = workspace.diagnostics if workspace else None
    watching = workspace.did_change_watched_files if workspace else None
    return Abilities(
        pulls=text is not None and text.diagnostic is not None,
        is_refreshed=bool(diagnostics and diagnostics.refresh_support),
        reads_markdown=bool(hover and MarkupKind.Markdown in (hover.content_format or ())),
        knows_versions=bool(edit and edit.document_changes),
        has_settings=bool(workspace and workspace.configuration),
        watches=bool(watching and watching.dynamic_registration),
    )
