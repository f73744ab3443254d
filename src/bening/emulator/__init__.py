"""Simulated WhatsApp provider and phones, for the demo and the tests. Nothing reaches a real phone."""

from bening.emulator.program import main

__all__ = ["main"]
