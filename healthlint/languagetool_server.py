"""A LanguageTool server on this machine: started from a folder of its jars, and stopped with who started it."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from functools import cache
from glob import escape, glob
from threading import Lock

from healthlint.errors import UnreachableError

VARIABLE = "HEALTHLINT_LANGUAGETOOL"
_CLASS = "org.languagetool.server.HTTPServer"
_HEAP = "-Xmx1g"
_START_S = 60
_STOP_S = 10
_LOOK_EVERY_S = 0.1
_MOST_STARTS = 3
# Without these LanguageTool reads its rules anew for each request, which doubles the time of a paragraph.
_PROPERTIES = "pipelineCaching=true\nmaxPipelinePoolSize=8\npipelineExpireTimeInSeconds=3600\n"
_ADVICE = f"unpack LanguageTool and name its folder with {VARIABLE}, or name a server under [grammar]"


class LocalServer:
    """The server of the jars in *folder*; it starts when its address is first wanted, and anew when it has died."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._url = ""
        self._owner = 0
        self._starts = 0
        self._lock = Lock()

    def url(self) -> str:
        """Return where it answers; raise UnreachableError when it does not start."""
        with self._lock:
            if not self._is_running():
                self._start()
            return self._url

    def adopt(self, url: str) -> None:
        """Take the server at *url*, which another process of this run has started, for this one."""
        self._url = url

    def stop(self) -> None:
        """End the server, if this process has started it."""
        process = self._process
        if process is None or self._owner != os.getpid():
            return
        self._process, self._url = None, ""
        with suppress(OSError):
            process.stdin.close()  # type: ignore[union-attr]
        try:
            process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _is_running(self) -> bool:
        is_ours = self._process is not None and self._owner == os.getpid()
        return bool(self._url) and (not is_ours or self._process.poll() is None)  # type: ignore[union-attr]

    def _start(self) -> None:
        if self._starts >= _MOST_STARTS:
            raise UnreachableError("grammar: LanguageTool ended again and again; try it by hand, or free some memory")
        self._starts += 1
        self.stop()
        try:
            self._run(_free_port())
        except OSError as error:
            said = error.strerror or type(error).__name__
            raise UnreachableError(f"{self.folder}: LanguageTool cannot be started ({said}); try it by hand") from error

    def _run(self, port: int) -> None:
        with tempfile.TemporaryDirectory(prefix="healthlint-") as folder:
            properties = os.path.join(folder, "server.properties")
            with open(properties, "w", encoding="utf-8") as file:
                file.write(_PROPERTIES)
            command = [_java(), _HEAP, "-cp", class_path(self.folder), _CLASS, "--port", str(port)]
            self._process = _keep([*command, "--config", properties], self.folder)
            self._owner = os.getpid()
            atexit.register(self.stop)
            self._url = f"http://127.0.0.1:{port}"
            self._wait(time.monotonic() + _START_S)

    def _wait(self, deadline: float) -> None:
        process, url = self._process, self._url
        while not _answers(f"{url}/v2/healthcheck"):
            ended = process is None or process.poll() is not None
            if ended or time.monotonic() > deadline:
                self.stop()
                self._url = ""
                how = "ended as it started" if ended else f"did not answer within {_START_S} seconds"
                raise UnreachableError(f"{self.folder}: LanguageTool {how}; it needs Java 17 and 1 GB of memory")
            time.sleep(_LOOK_EVERY_S)


@cache
def local_server(folder: str) -> LocalServer:
    """Return the server of *folder*, one for the whole process."""
    return LocalServer(folder)


def find_folder(named: str = "") -> str:
    """Return the folder of LanguageTool: as *named*, as VARIABLE says, or what language-tool-python has fetched before.

    Nothing is ever downloaded. Raises UnreachableError when there is none.
    """
    folder = named or os.environ.get(VARIABLE, "")
    if folder:
        class_path(folder)
        return os.path.abspath(folder)
    fetched = _fetched_before()
    if not fetched:
        raise UnreachableError(f"grammar: no LanguageTool on this machine; {_ADVICE}")
    return fetched


def class_path(folder: str) -> str:
    """Return where Java finds the server in *folder*: an unpacked release, or the jars of Maven."""
    release = os.path.join(folder, "languagetool-server.jar")  # it names the others itself
    if os.path.isfile(release):
        return release
    if glob(os.path.join(escape(folder), "languagetool-server-*.jar")):
        return os.path.join(folder, "*")
    raise UnreachableError(f"{folder}: no LanguageTool in it; name the folder that holds languagetool-server.jar")


def _fetched_before() -> str:
    """Return the newest LanguageTool that language-tool-python keeps; it makes its folder when asked, so look first."""
    kept = os.environ.get("LTP_PATH") or os.path.join(os.path.expanduser("~"), ".cache", "language_tool_python")
    if not os.path.isdir(kept):
        return ""
    try:
        from language_tool_python.download_lt import LocalLanguageTool
    except ImportError:
        return ""
    newest = LocalLanguageTool.get_latest_installed_version()
    return str(newest.get_directory_path()) if newest else ""


def _java() -> str:
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=os.path.join(home, "bin")) if home else None
    java = java or shutil.which("java")
    if java is None:
        raise UnreachableError("grammar: no Java on this machine; install Java 17 or later, or name a server")
    return java


def _keep(command: list[str], folder: str) -> subprocess.Popen[bytes]:
    from healthlint import languagetool_keeper

    # In a session of its own: Ctrl-C is for us, and then the pipe to the keeper ends.
    return subprocess.Popen(  # noqa: S603  Java and jars that a person named
        [sys.executable, "-I", "-S", languagetool_keeper.__file__, *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,  # and not where pages lie
        start_new_session=True,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(url: str) -> bool:
    from urllib.error import URLError
    from urllib.request import ProxyHandler, build_opener

    try:
        with build_opener(ProxyHandler({})).open(url, timeout=2) as response:
            return bool(response.status == 200)
    except (URLError, OSError):
        return False
