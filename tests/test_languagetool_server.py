"""LanguageTool on this machine: found, started once, and gone with who started it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from healthlint import languagetool_keeper
from healthlint.errors import UnreachableError
from healthlint.languagetool_server import LocalServer, class_path, find_folder, local_server

_POSIX = pytest.mark.skipif(os.name != "posix", reason="needs a shell script")


def test_keeper_ends_its_command_when_nobody_holds_its_input_any_more() -> None:
    command = [sys.executable, "-c", "print('ready', flush=True); input(); print('input', flush=True)"]
    keeper = subprocess.Popen([sys.executable, languagetool_keeper.__file__, *command], stdin=subprocess.PIPE)

    keeper.communicate(timeout=30)

    assert keeper.returncode != 0


@_POSIX
def test_keeper_ends_a_command_that_waits_for_ever(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "started")
    command = ["sh", "-c", 'echo $$ > "$0"; exec sleep 600', str(tmp_path / "started")]
    keeper = subprocess.Popen([sys.executable, languagetool_keeper.__file__, *command], stdin=subprocess.PIPE)
    process = int((tmp_path / "started").read_text())

    keeper.communicate(timeout=30)

    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_nothing_is_downloaded_where_there_is_none() -> None:
    with pytest.raises(UnreachableError, match="no LanguageTool on this machine; unpack LanguageTool and name"):
        find_folder()


def test_folder_without_the_jar_is_told(tmp_path: Path) -> None:
    with pytest.raises(
        UnreachableError, match=r"no LanguageTool in it; name the folder that holds languagetool-server"
    ):
        find_folder(str(tmp_path))


def test_named_folder_goes_before_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("named", "environment"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "languagetool-server.jar").touch()
    monkeypatch.setenv("HEALTHLINT_LANGUAGETOOL", str(tmp_path / "environment"))

    assert find_folder(str(tmp_path / "named")) == str(tmp_path / "named")
    assert find_folder() == str(tmp_path / "environment")


def test_what_language_tool_python_has_fetched_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("language_tool_python", reason="language-tool-python is not installed")
    monkeypatch.setenv("LTP_PATH", str(tmp_path))
    for version in ("6.6", "6.8", "6.7"):
        (tmp_path / f"LanguageTool-{version}").mkdir()

    assert find_folder() == str(tmp_path / "LanguageTool-6.8")


def test_jars_of_a_release_and_of_maven_are_both_used(tmp_path: Path) -> None:
    (tmp_path / "languagetool-server-6.8.jar").touch()
    assert class_path(str(tmp_path)) == str(tmp_path / "*")

    (tmp_path / "languagetool-server.jar").touch()
    assert class_path(str(tmp_path)) == str(tmp_path / "languagetool-server.jar")


def test_no_java_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "languagetool-server.jar").touch()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)

    with pytest.raises(UnreachableError, match="no Java on this machine; install Java 17 or later, or name a server"):
        LocalServer(str(tmp_path)).url()


@_POSIX
def test_java_that_fails_is_told_and_not_started_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "languagetool-server.jar").touch()
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\necho started >> started\nexit 1\n")
    java.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    server = LocalServer(str(tmp_path))

    said = [_refusal(server) for _ in range(5)]

    assert "LanguageTool ended as it started; it needs Java 17 and 1 GB of memory" in said[0]
    assert "ended again and again" in said[-1]
    assert (tmp_path / "started").read_text().split() == ["started"] * 3


def _refusal(server: LocalServer) -> str:
    with pytest.raises(UnreachableError) as caught:
        server.url()
    return str(caught.value)


@pytest.mark.languagetool
def test_one_server_serves_the_whole_process(languagetool: str, languagetool_folder: str) -> None:
    assert local_server(languagetool_folder).url() == languagetool
