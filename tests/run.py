"""What ``python3 -m tests`` does once its environment stands: node tools, a browser, then pytest."""

from __future__ import annotations

import os
import sys

import pytest

from server.bootstrap import ROOT
from tests import tools


def main(arguments: list[str]) -> int:
    """Get the tools that the chosen tests need, then run pytest from the project's root; returns its exit code."""
    os.chdir(ROOT)
    try:
        tools.node_packages()
        if tools.wants_browser(arguments):
            os.environ["CHROMIUM"] = str(tools.browser())
            second = tools.firefox()
            if second is not None:
                os.environ["FIREFOX"] = str(second)
    except tools.ToolError as error:
        print(f"tests: {error}", file=sys.stderr)
        return 2
    return int(pytest.main(arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
