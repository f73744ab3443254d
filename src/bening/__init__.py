"""Bening runs a country's integrity survey, from the staff list to the published index."""

__version__ = "0.1.0"
