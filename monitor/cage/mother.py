"""The cage's own side: a small process that loads the rooms once, forks workers on request and ends with its parent.

It has a single thread, so forking it is safe; its workers share the loaded modules. It exits when its control socket
closes (the parent is gone, however), and the kernel then kills every worker (PR_SET_PDEATHSIG), busy or not.
"""

import ctypes
import gc
import importlib
import os
import resource
import signal
import socket
import sys
from contextlib import suppress
from typing import Any

from monitor.cage.wire import exactly, find, pack, unpack

REQUEST_LIMIT = 64 << 20
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "os.remove", "os.rename")


def main(control: int, preload: tuple[str, ...], memory: int) -> None:
    """Serve `fork` (with a socket) and `end PID` until the control socket closes. `memory` in bytes a worker."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    with socket.socket(fileno=control) as line:
        _leave_network()
        line.send(_loaded(preload))
        while True:
            order, handed, _, _ = socket.recv_fds(line, 64, 1)
            if not order:
                return
            line.send(_carry_out(order, handed, line, memory))


def _loaded(preload: tuple[str, ...]) -> bytes:
    sys.dont_write_bytecode = True
    try:
        for name in preload:
            module, _, warm = name.partition(":")
            loaded = importlib.import_module(module)
            if warm:
                getattr(loaded, warm)()
    except Exception as error:
        return f"error {type(error).__name__}: {error}".encode()[:400]
    gc.collect()
    gc.freeze()
    return b"ready"


def _carry_out(order: bytes, handed: list[int], control: socket.socket, memory: int) -> bytes:
    if order == b"fork":
        pid = _fork(handed[0], control, memory)
        os.close(handed[0])
        return str(pid).encode()
    pid = int(order.removeprefix(b"end "))
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    return str(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])).encode()


def _fork(line: int, control: socket.socket, memory: int) -> int:
    mother = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    code = 70
    try:
        control.close()
        own = socket.socket(fileno=line)
        _confine(mother, memory)
        _work(own)
        code = 0
    finally:
        os._exit(code)


def _leave_network() -> None:
    """A network namespace of its own where the machine allows one; the audit hook of the workers stands anyway."""
    libc = ctypes.CDLL(None, use_errno=True)
    if os.geteuid() != 0 or libc.unshare(CLONE_NEWNET) != 0:
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)


def _confine(mother: int, memory: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != mother:
        os._exit(1)
    with suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
        file.write("1000")
    for limit, value in _limits(memory):
        resource.setrlimit(limit, (value, value))
    sys.addaudithook(_refuse)


def _limits(memory: int) -> list[tuple[int, int]]:
    """RLIMIT_DATA, not RLIMIT_AS: it counts what a parser allocates, not the libraries that it maps."""
    return [
        (resource.RLIMIT_DATA, memory),
        (resource.RLIMIT_NOFILE, 32),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ]


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(FORBIDDEN):
        raise PermissionError(f"{event} is not done in the cage")


def _work(line: socket.socket) -> None:
    while True:
        try:
            name, arguments = unpack(lambda size: exactly(line.recv_into, size), REQUEST_LIMIT, known=False)
        except EOFError:
            return
        for part in pack([*_answer(name, arguments), _private()]):
            line.sendall(part)


def _answer(name: str, arguments: tuple[Any, ...]) -> tuple[str, Any]:
    try:
        return "", find(name, known=False)(*arguments)
    except MemoryError as error:
        return "memory", f"MemoryError: {error}"[:400]
    except Exception as error:
        return "error", f"{type(error).__name__}: {error}"[:400]


def _private() -> int:
    """Bytes that only this worker holds (resident less shared)."""
    with open("/proc/self/statm") as file:
        _, resident, shared, *_ = map(int, file.read().split())
    return (resident - shared) * resource.getpagesize()
