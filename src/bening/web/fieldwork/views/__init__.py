"""Pages of fieldwork: what anybody may open, and what the agency alone sees."""
