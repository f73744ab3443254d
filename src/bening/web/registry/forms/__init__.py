"""Forms of the registry, one file a subject."""
