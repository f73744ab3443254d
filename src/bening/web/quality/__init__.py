"""Which answers can be trusted, was a unit steered."""
