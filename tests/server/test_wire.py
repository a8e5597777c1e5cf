"""The language server as a client hears it: what is found, offered and explained, and how it takes nonsense."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    Wire = Any  # of conftest.py

PLACE = {"line": 0, "character": 0}
DOSE = "# Pain\n\nTake 1.0 mg at night.\n"
PULL = {"textDocument": {"diagnostic": {}}}


def codes(diagnostics: list[dict[str, Any]]) -> list[str]:
    return [str(each["code"]) for each in diagnostics if not str(each["code"]).startswith("page/")]


def actions(wire: Wire, uri: str, place: dict[str, Any], **context: Any) -> list[dict[str, Any]]:
    answer = wire.request(
        "textDocument/codeAction",
        {"textDocument": {"uri": uri}, "range": place, "context": {"diagnostics": [], **context}},
    )
    return list(answer["result"])


def edited(text: str, action: dict[str, Any]) -> str:
    """Make the edit of an action in a text of which every character is one unit."""
    lines = text.split("\n")
    (edits,) = action["edit"]["changes"].values()
    for edit in sorted(edits, key=lambda each: -each["range"]["start"]["line"]):
        start, end = edit["range"]["start"], edit["range"]["end"]
        before, after = lines[start["line"]][: start["character"]], lines[end["line"]][end["character"] :]
        lines[start["line"] : end["line"] + 1] = (before + edit["newText"] + after).split("\n")
    return "\n".join(lines)


def test_findings_are_published_with_the_version_of_the_text(wire: Wire) -> None:
    wire.start()

    uri = wire.open("a.md", DOSE)

    assert "medication/trailing-zero" in codes(wire.published(uri, 1))


def test_findings_are_those_that_the_command_prints(wire: Wire) -> None:
    wire.start()
    (wire.folder / "a.md").write_text(DOSE)

    uri = wire.open("a.md", DOSE)

    printed = wire.command(wire.folder, "check", "--format", "lsp", "a.md")
    assert [{"uri": uri, "diagnostics": wire.published(uri)}] == json.loads(printed)


def test_edit_behind_odd_line_separators_changes_the_right_words(wire: Wire) -> None:
    wire.start()
    uri = wire.open("a.md", "One\u2028two\x0cthree\x85four \U0001f48a.\n\nTake 1 mg.\n")
    wire.published(uri, 1)

    wire.change(uri, 2, {"range": wire.span(2, 5, 6), "text": "1.0"})

    (found,) = [each for each in wire.published(uri, 2) if each["code"] == "medication/trailing-zero"]
    assert found["range"] == wire.span(2, 5, 11)


def test_burst_of_changes_ends_with_one_right_set(wire: Wire) -> None:
    wire.start()
    uri = wire.open("a.md", "Take  mg.\n")
    wire.published(uri, 1)

    for version in range(2, 502):
        wire.change(
            uri, version, {"range": wire.span(0, 5, 5 if version % 2 == 0 else 8), "text": "1.0" * (version % 2 == 0)}
        )
    wire.change(uri, 502, {"range": wire.span(0, 5, 5), "text": "1.0"})

    assert "medication/trailing-zero" in codes(wire.published(uri, 502))
    assert [each["params"]["version"] for each in wire.heard if "Diagnostics" in each.get("method", "")] == []


def test_closed_text_has_no_findings_left(wire: Wire) -> None:
    wire.start()
    uri = wire.open("a.md", DOSE)
    assert wire.published(uri)

    wire.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    assert wire.published(uri) == []


def test_client_that_pulls_is_sent_nothing_unasked(wire: Wire) -> None:
    assert wire.start(**PULL)["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"] is False
    uri = wire.open("a.md", DOSE)

    first = wire.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})["result"]
    again = wire.request(
        "textDocument/diagnostic", {"textDocument": {"uri": uri}, "previousResultId": first["resultId"]}
    )["result"]

    assert "medication/trailing-zero" in codes(first["items"])
    assert again == {"kind": "unchanged", "resultId": first["resultId"]}
    assert [each for each in wire.heard if each.get("method") == "textDocument/publishDiagnostics"] == []


def test_safe_fix_mends_the_buffer_and_is_preferred(wire: Wire) -> None:
    wire.start()
    uri = wire.open("a.md", DOSE)

    (fix,) = [each for each in actions(wire, uri, wire.span(2, 6, 6)) if each.get("isPreferred")]

    assert edited(DOSE, fix) == DOSE.replace("1.0", "1")
    assert fix["diagnostics"][0]["code"] == "medication/trailing-zero"


def test_range_that_a_client_made_up_does_not_move_the_edit(wire: Wire) -> None:
    wire.start()
    uri = wire.open("a.md", DOSE)
    wrong = {"range": wire.span(2, 8, 14), "message": "x", "code": "medication/trailing-zero"}

    (fix,) = [each for each in actions(wire, uri, wire.span(2, 6, 6), diagnostics=[wrong]) if each.get("isPreferred")]

    assert edited(DOSE, fix) == DOSE.replace("1.0", "1")


def test_error_about_a_medicine_cannot_be_silenced_with_a_click(wire: Wire) -> None:
    wire.start()
    uri = wire.open("a.md", DOSE)

    titles = [each["title"] for each in actions(wire, uri, wire.span(2, 6, 6))]

    assert not [each for each in titles if each.startswith("Disable medication/")]


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("# A\n\nWe utilize it.\n", 2, "# A\n\n<!-- healthlint-disable-next-line {} -- {} -->\nWe utilize it.\n"),
        ("One.\nWe utilize it.\nTwo.\n", 1, "One.\nWe utilize it. <!-- healthlint-disable-line {} -- {} -->\nTwo.\n"),
        (
            "| A |\n| - |\n| We utilize it |\n",
            2,
            "| A |\n| - |\n| We utilize it <!-- healthlint-disable-line {} -- {} --> |\n",
        ),
        ("- One\n- We utilize it.\n", 1, "- One\n- We utilize it. <!-- healthlint-disable-line {} -- {} -->\n"),
    ],
)
def test_disabling_a_rule_writes_a_comment_that_leaves_the_page_as_it_is(
    wire: Wire, text: str, line: int, expected: str
) -> None:
    wire.start()
    uri = wire.open("a.md", text)

    found = actions(wire, uri, wire.span(line, 6, 10))

    (disable,) = [each for each in found if each["title"].startswith("Disable words/")]
    rule = disable["title"].split()[1]
    silenced = edited(text, disable)
    assert silenced == expected.format(rule, "say here why it stays")
    wire.change(uri, 2, {"text": silenced})
    assert not {rule, "suppression/malformed", "suppression/unused"} & set(codes(wire.published(uri, 2)))


def test_plain_text_has_no_comment_to_silence_a_rule_with(wire: Wire) -> None:
    wire.start()
    uri = wire.open("a.txt", "We utilize it.\n", "plaintext")

    assert [each for each in actions(wire, uri, wire.span(0, 6, 8)) if each["title"].startswith("Disable")] == []


def test_all_that_is_safe_is_mended_at_once(wire: Wire) -> None:
    text = "Take 1.0 mg at night.\n\nTake 2.0 mg at noon.\n"
    wire.start()
    uri = wire.open("a.md", text)

    (action,) = actions(wire, uri, wire.span(0, 0, 0), only=["source.fixAll"])

    assert action["kind"] == "source.fixAll.healthlint"
    assert edited(text, action) == text.replace(".0", "")


def test_rule_is_explained_in_a_message(wire: Wire) -> None:
    wire.start()
    uri = wire.open("a.md", DOSE)
    (explain,) = [
        each for each in actions(wire, uri, wire.span(2, 6, 6)) if each["title"].startswith("Explain medication")
    ]

    answer = wire.request("workspace/executeCommand", explain["command"])

    assert answer["result"] is None
    message = wire.hear(lambda each: each.get("method") == "window/showMessage")["params"]
    assert message["type"] == 3
    assert "medication/trailing-zero" in message["message"]
    assert "https://" in message["message"]


def test_hover_says_why_with_the_sources(wire: Wire) -> None:
    wire.start(textDocument={"hover": {"contentFormat": ["markdown", "plaintext"]}})
    uri = wire.open("a.md", DOSE)

    hover = wire.request("textDocument/hover", {"textDocument": {"uri": uri}, "position": {"line": 2, "character": 6}})[
        "result"
    ]

    assert hover["contents"]["kind"] == "markdown"
    assert "Why: " in hover["contents"]["value"]
    assert "](<https://" in hover["contents"]["value"]
    assert hover["range"] == wire.span(2, 5, 11)


def test_hover_on_a_heading_says_how_hard_its_text_reads(wire: Wire) -> None:
    prose = "Drink water when you feel hot. Rest in the shade. " * 12
    wire.start()
    uri = wire.open("a.md", f"# Heat\n\nShort.\n\n## At home\n\n{prose}\n\n## Later\n\nShort.\n")

    def level(line: int) -> str:
        place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": 3}}
        answer = wire.request("textDocument/hover", place)["result"]
        return str(answer["contents"]["value"]).split("\n")[-1] if answer else ""

    assert level(0).startswith("This page reads at about grade 1 to 3 (1")
    assert level(4).startswith("This section reads at about grade 1 to 3 (120 words)")
    assert "reads at about" not in level(8)


def test_settings_are_asked_for_where_the_client_can_be_asked(wire: Wire) -> None:
    wire.start(workspace={"configuration": True})

    asked = wire.hear(lambda each: each.get("method") == "workspace/configuration")

    assert asked["params"] == {"items": [{"section": "healthlint"}]}


def test_edits_name_the_version_they_are_for_where_the_client_knows_versions(wire: Wire) -> None:
    wire.start(workspace={"workspaceEdit": {"documentChanges": True}})
    uri = wire.open("a.md", DOSE)

    (fix,) = [each for each in actions(wire, uri, wire.span(2, 6, 6)) if each.get("isPreferred")]

    (change,) = fix["edit"]["documentChanges"]
    assert change["textDocument"] == {"uri": uri, "version": 1}


def test_settings_of_the_editor_choose_the_rules(wire: Wire) -> None:
    wire.start(options={"select": ["medication"]})

    uri = wire.open("a.md", f"{DOSE}We utilize it.\n")

    assert {each.partition("/")[0] for each in codes(wire.published(uri))} == {"medication"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"profil": "x"}, "unknown setting 'healthlint.profil'"),
        ({"select": "medication"}, "setting 'healthlint.select' cannot be 'medication'"),
        ({"config": "none.toml"}, "none.toml"),
    ],
)
def test_settings_that_mean_nothing_are_told_and_the_text_is_still_checked(
    wire: Wire, options: dict[str, Any], said: str
) -> None:
    wire.start(options=options)

    uri = wire.open("a.md", DOSE)

    assert said in wire.hear(lambda each: each.get("method") == "window/showMessage")["params"]["message"]
    assert "medication/trailing-zero" in codes(wire.published(uri))


def test_change_of_a_settings_file_checks_open_texts_anew(wire: Wire) -> None:
    wire.start()
    uri = wire.open("a.md", DOSE)
    assert "medication/trailing-zero" in codes(wire.published(uri))

    (wire.folder / "healthlint.toml").write_text('ignore = ["medication"]\n')
    wire.notify("workspace/didChangeWatchedFiles", {"changes": []})

    assert "medication/trailing-zero" not in codes(wire.published(uri))


def test_page_that_the_settings_exclude_is_left_alone(wire: Wire) -> None:
    wire.start()
    (wire.folder / "healthlint.toml").write_text('exclude = ["drafts/**"]\n')

    assert wire.published(wire.open("drafts/a.md", DOSE)) == []
    assert wire.published(wire.open("a.md", DOSE)) != []


def test_finding_that_the_baseline_knows_is_not_shown(wire: Wire) -> None:
    (wire.folder / "a.md").write_text(DOSE)
    wire.command(wire.folder, "baseline", "a.md")
    (wire.folder / "healthlint.toml").write_text('baseline = "healthlint-baseline.json"\n')
    wire.start()

    found = codes(wire.published(wire.open("a.md", f"{DOSE}\nTake 2.0 mg at noon.\n")))

    assert found == ["medication/trailing-zero"]


def test_settings_file_that_cannot_be_used_is_told_on_the_first_line(wire: Wire) -> None:
    wire.start()
    (wire.folder / "healthlint.toml").write_text("profile = 3\n")

    uri = wire.open("a.md", DOSE)

    (error,) = wire.published(uri)
    assert (error["code"], error["severity"]) == ("healthlint/error", 1)
    assert "healthlint.toml" in error["message"]


def test_files_to_watch_are_registered_where_the_client_can(wire: Wire) -> None:
    wire.start(workspace={"didChangeWatchedFiles": {"dynamicRegistration": True}})

    asked = wire.hear(lambda each: each.get("method") == "client/registerCapability")

    (registration,) = asked["params"]["registrations"]
    assert registration["method"] == "workspace/didChangeWatchedFiles"
    assert {"globPattern": "**/healthlint.toml"} in registration["registerOptions"]["watchers"]


def test_very_many_findings_are_cut_with_a_note(wire: Wire) -> None:
    wire.start()

    uri = wire.open("a.md", "Take 1.0 mg at night.\n\n" * 1_200)

    found = wire.published(uri)
    assert len(found) == 1_001
    assert "more findings are not shown" in found[-1]["message"]


def test_very_long_text_is_not_checked_and_says_so(wire: Wire) -> None:
    wire.start()

    uri = wire.open("a.md", "word " * 200_001)

    (note,) = wire.published(uri)
    assert note["severity"] == 3
    assert "run 'healthlint check' on it" in note["message"]


def test_text_of_another_language_is_left_alone(wire: Wire) -> None:
    wire.start()

    uri = wire.open("a.py", DOSE, "python")

    assert wire.published(uri) == []


def test_untitled_text_is_checked_as_the_editor_calls_its_language(wire: Wire) -> None:
    wire.start()
    item = {"uri": "untitled:Untitled-1", "languageId": "html", "version": 1, "text": "<p>Take 1.0 mg at night.</p>"}

    wire.notify("textDocument/didOpen", {"textDocument": item})

    assert "medication/trailing-zero" in codes(wire.published("untitled:Untitled-1"))


@pytest.mark.parametrize(
    ("method", "params", "code"),
    [
        (
            "textDocument/hover",
            {"textDocument": {"uri": "file:///no.md"}, "position": {"line": 0, "character": 0}},
            -32602,
        ),
        ("textDocument/diagnostic", {"textDocument": {"uri": "file:///no.md"}}, -32602),
        ("textDocument/hover", {"textDocument": 5}, -32602),
        ("workspace/executeCommand", {"command": "healthlint.none"}, -32602),
        ("workspace/executeCommand", {"command": "healthlint.explain", "arguments": ["no/rule"]}, -32602),
        ("textDocument/nonsense", {}, -32601),
    ],
)
def test_request_that_means_nothing_is_answered_with_its_error(
    wire: Wire, method: str, params: dict[str, Any], code: int
) -> None:
    wire.start()

    answer = wire.request(method, params)

    assert answer["error"]["code"] == code
    assert "medication/trailing-zero" in codes(wire.published(wire.open("a.md", DOSE)))


def test_request_before_the_start_and_after_the_end_is_answered(wire: Wire) -> None:
    hover = {"textDocument": {"uri": "file:///a.md"}, "position": {"line": 0, "character": 0}}
    early = wire.request("textDocument/hover", hover)
    wire.start()
    wire.request("shutdown")
    late = wire.request("textDocument/hover", hover)

    assert (early["error"]["code"], late["error"]["code"]) == (-32002, -32600)


@pytest.mark.parametrize(
    ("body", "code"), [(b"{nonsense", -32700), (b"[]", -32600), (b'{"a": 1}', -32600), (b"\xff\xfe{}", -32700)]
)
def test_message_that_is_none_is_answered_and_the_server_goes_on(wire: Wire, body: bytes, code: int) -> None:
    wire.start()

    wire.write(body)

    assert wire.hear(lambda each: "error" in each)["error"]["code"] == code
    assert wire.published(wire.open("a.md", DOSE))


def test_change_of_a_text_that_is_not_open_is_passed_over(wire: Wire) -> None:
    wire.start()

    wire.change("file:///none.md", 2, {"text": "x"})

    assert wire.published(wire.open("a.md", DOSE))


@pytest.mark.parametrize(("messages", "code"), [(("shutdown", "exit"), 0), (("exit",), 1), ((), 1)])
def test_exit_code_says_whether_the_end_was_announced(wire: Wire, messages: tuple[str, ...], code: int) -> None:
    wire.start()
    for message in messages:
        if message == "shutdown":
            wire.request(message)
        else:
            wire.notify(message)

    _, errors = wire.process.communicate(timeout=30)

    assert (wire.process.returncode, errors) == (code, b"")


def test_header_that_announces_too_much_ends_the_server_at_once(wire: Wire) -> None:
    wire.start()

    wire.write(b"", b"Content-Length: 99999999999\r\n\r\n")

    assert wire.process.wait(timeout=30) == 1


def test_no_text_is_written_to_standard_error(wire: Wire) -> None:
    wire.start()
    uri = wire.open("a.md", "A secret.")
    wire.published(uri)
    wire.request("textDocument/hover", {"textDocument": {"uri": uri}, "position": "secret"})
    wire.request("shutdown")
    wire.notify("exit")

    assert b"secret" not in wire.process.communicate(timeout=30)[1]
