"""WhatsApp Cloud API: our own adapter, because every request must end in one of five known outcomes."""
