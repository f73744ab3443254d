"""The ground floor: plain Python, NumPy and SciPy; no web, disk, clock, dice or cryptography."""
