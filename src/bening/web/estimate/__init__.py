"""What the index is and how sure."""
