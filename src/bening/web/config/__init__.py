"""How the rooms are put together into processes; imported by `bening.cli` alone."""
