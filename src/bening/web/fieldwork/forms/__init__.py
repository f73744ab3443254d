"""What people type in fieldwork."""
