"""Which institutions and units, which round, who may act for them."""
