"""A simulated province to try the house on: it talks to the house by commands and HTTP only."""
