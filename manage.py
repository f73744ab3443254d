"""Django's own entry point, for tools that expect one; `bening` is the command people use."""

import sys

from bening.cli import manage

if __name__ == "__main__":
    sys.exit(manage(sys.argv[1:]))
