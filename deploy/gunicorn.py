"""How hall, gate, box and check page are served: threads, and not a line about a visitor."""

worker_class = "gthread"
threads = 8
keepalive = 60
accesslog = None
loglevel = "error"
graceful_timeout = 5
