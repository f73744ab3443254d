"""Do the people in the chain know, and the means of reaching them."""
