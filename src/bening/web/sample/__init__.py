"""Locked room: who will be asked, with what chance."""
