"""Programs that run outside the house: on trustees' and readers' machines, without framework or network."""
