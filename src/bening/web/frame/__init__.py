"""Locked room: who could be asked."""
