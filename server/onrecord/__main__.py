"""``python -m onrecord``: the command line."""

import sys

from onrecord.web import early

if __name__ == "__main__":
    if early.wanted(sys.argv[1:]):
        early.begin()
    from onrecord.cli import main

    sys.exit(main())
