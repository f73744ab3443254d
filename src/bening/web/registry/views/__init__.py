"""Pages of the registry: accounts and who may act, institutions and their units."""
