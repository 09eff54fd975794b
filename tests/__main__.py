"""``python3 -m tests [pytest arguments]``: set everything up and run every check. ``-m "not e2e"`` is the fast loop."""

import sys

from server import bootstrap

if __name__ == "__main__":
    try:
        bootstrap.enter("tests", module="tests.run", arguments=sys.argv[1:])
    except bootstrap.SetupError as error:
        sys.exit(f"tests: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
