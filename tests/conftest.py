"""What every test shares: the root on the path, and how hard hypothesis tries."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings

ROOT = Path(__file__).parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))  # so that `tests.gold` and `fixtures.build` are found however pytest was called

_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}
_NO_SHRINKING = (Phase.explicit, Phase.generate)  # a counterexample is made small by the nightly profile
settings.register_profile("ci", max_examples=50, derandomize=True, database=None, phases=_NO_SHRINKING, **_COMMON)
settings.register_profile("nightly", max_examples=2000, print_blob=True, **_COMMON)
settings.load_profile("ci")
