"""What may be shown, to whom, since when."""
