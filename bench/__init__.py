"""Measured figures beside their bars; nothing here fails because a machine is slow."""
