"""The process -> a smaller one: few arenas for its many threads, and what was freed given back to the system.

glibc gives each thread an arena of its own and keeps what it frees; on a server of 4 GiB that is memory for nothing.
Where the C library has no such calls, nothing happens.
"""

import ctypes
import gc
from contextlib import suppress

M_ARENA_MAX = -8  # malloc.h
ARENAS = 2


def few_arenas() -> None:
    """From now on at most ARENAS arenas; call it before the threads start."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)


def give_back() -> None:
    """Returns what nothing needs any more to the system."""
    gc.collect()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
