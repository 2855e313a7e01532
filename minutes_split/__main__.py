"""`python -m minutes_split` is the command `minutes-split`."""

import sys

from minutes_split.cli import main

if __name__ == "__main__":
    sys.exit(main())
