"""What is asked, in what order."""
