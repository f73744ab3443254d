"""Page parts: one folder each with template, style, parameters, example."""
