"""What else is known: complaints, corruption cases."""
