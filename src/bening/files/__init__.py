"""Files in and out: the upload gate, reading behind it, templates and exports without live formulas."""
