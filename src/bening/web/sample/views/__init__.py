"""The pages of the sample. Institutions see that a draw took place and nothing of what came of it."""
