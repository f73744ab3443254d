"""What an institution does about it."""
