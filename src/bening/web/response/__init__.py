"""What was answered: the tally's files, no persons."""
