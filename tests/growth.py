"""How the time grows with the size, in seconds of the processor: a bound that holds on a slow, a busy and a watched machine."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

LINEAR = 8
"""Four times the size: 4 is linear, 16 is quadratic, and this is in between."""


def growth(made: Callable[[int], Callable[[], object]], size: int) -> float:
    """How much more time it takes when it is made four times as large, each the best of three."""
    small, large = made(size), made(4 * size)
    small()
    return min(_seconds(large) for _ in range(3)) / min(_seconds(small) for _ in range(3))


def _seconds(of: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    try:
        began = time.process_time()
        of()
        return time.process_time() - began
    finally:
        gc.enable()
