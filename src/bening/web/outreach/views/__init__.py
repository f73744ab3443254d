"""HTTP in, HTTP out: webhooks, the institution's pages, pages for everybody."""
