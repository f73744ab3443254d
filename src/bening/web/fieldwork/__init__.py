"""Locked room: who has been invited, reminded, visited."""
