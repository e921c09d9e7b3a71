"""How a test says with which words an action refuses."""

import re
from typing import Any

import pytest

from kit.refusals import ActionRefused


def refused(sentence: str) -> Any:
    return pytest.raises(ActionRefused, match=re.escape(sentence))
