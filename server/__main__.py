"""``python3 -m server [COMMAND]``: set Onrecord up on first use, then run its command line."""

import sys

from server import bootstrap

if __name__ == "__main__":
    try:
        bootstrap.enter("server", module="onrecord", arguments=sys.argv[1:])
    except bootstrap.SetupError as error:
        sys.exit(f"onrecord: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
