"""What a web worker holds in memory after a thousand requests.

Run it as `python -m benchmarks.memory`; it serves on loopback only and stops itself.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from benchmarks import lists

REQUESTS, STARTING = 1_000, 30.0
ADDRESSES = ("/api/v1/standards", "/api/v1/states", "/api/v1/organisations?lang=fr", "/en/")


def main() -> None:
    """Fill a database, serve it with one worker, ask, print megabytes, stop."""
    with lists.prepared_folder():
        lists.fill(lists.ENTRIES)
        port = free_port()
        server = serve(port)
        try:
            wait_for(port)
            before = resident(server.pid)
            for n in range(REQUESTS):
                get(port, ADDRESSES[n % len(ADDRESSES)])
            report(before, resident(server.pid))
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=20)


def serve(port: int) -> subprocess.Popen[bytes]:
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"),
        *("--host", "127.0.0.1", "--port", str(port), "--no-access-log", "--log-level", "error"),
        "clearinghouse.project.wsgi:application",
    ]
    known = {"PYTHONPATH": os.pathsep.join([str(lists.SOURCES / "src"), str(lists.SOURCES)])}
    return subprocess.Popen(command, env=os.environ | known)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    until = time.monotonic() + STARTING
    while time.monotonic() < until:
        try:
            get(port, ADDRESSES[0])
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"the server did not answer within {STARTING:.0f} seconds")


def get(port: int, address: str) -> bytes:
    """Raises OSError where nobody answers, or answers with a refusal."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{address}", timeout=20) as response:
        return bytes(response.read())


def resident(pid: int) -> dict[int, float]:
    """Megabytes of each process of the server: the supervisor and its worker."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return {each: megabytes(each) for each in [pid, *map(int, children)]}


def megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def report(before: dict[int, float], after: dict[int, float]) -> None:
    supervisor, *workers = after
    print(f"\nsupervisor {after[supervisor]:.0f} MB")
    for worker in workers:
        told = f"{before[worker]:.0f} MB before, {after[worker]:.0f} MB after {REQUESTS} requests"
        print(f"worker     {told}")


if __name__ == "__main__":
    main()
