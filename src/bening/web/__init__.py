"""The upper floor: Django, tables, screens and commands."""
