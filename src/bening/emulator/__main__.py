"""`python -m bening.emulator`."""

import sys

from bening.emulator.program import main

sys.exit(main(sys.argv[1:]))
