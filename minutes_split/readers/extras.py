"""What is installed only if somebody asked for it."""

from __future__ import annotations

import importlib
from typing import Any

from minutes_split.errors import ReadError


def needed(module: str, extra: str) -> Any:
    """A module that comes with an extra of this library.

    Raises: `ReadError` that names the extra, if it is not installed.
    """
    try:
        return importlib.import_module(module)
    except ImportError:
        pass
    raise ReadError(
        "extra-missing", "file", f"needs the extra [{extra}]; install it with: pip install minutes-split[{extra}]"
    )
