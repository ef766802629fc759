"""What a test needs of the machine: where it is missing the test is skipped, and fails where
KNOWLEDGEHUB_REQUIRE_SERVICES=1 says that nothing may be missing."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def missing(package: str) -> NoReturn:
    """End the test: it needs the system's package `package`."""
    reason = f"The system's package {package} is not installed."
    if os.environ.get("KNOWLEDGEHUB_REQUIRE_SERVICES") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
