"""Runs the command it is given, and ends it when standard input ends: a server never outlives who asked for it."""

from __future__ import annotations

import subprocess
import sys
from threading import Thread

_GRACE_S = 5


def main() -> int:
    """Return the exit code of the command in the arguments."""
    server = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # noqa: S603  ours
    Thread(target=_end_with_input, args=(server,), daemon=True).start()
    return server.wait()


def _end_with_input(server: subprocess.Popen[bytes]) -> None:
    sys.stdin.buffer.read()
    server.terminate()
    try:
        server.wait(_GRACE_S)
    except subprocess.TimeoutExpired:
        server.kill()


if __name__ == "__main__":
    sys.exit(main())
