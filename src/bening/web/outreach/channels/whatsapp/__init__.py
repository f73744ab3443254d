"""WhatsApp Cloud API: our own adapter, because the outcome of every request must be one of five known ones."""
