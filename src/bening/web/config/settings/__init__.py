"""One settings module a process; `house` holds the product's own settings, all documented."""
