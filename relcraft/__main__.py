"""`python -m relcraft`: the same as the command `relcraft`."""

import sys

from relcraft.cli.main import run

if __name__ == "__main__":
    sys.exit(run())
