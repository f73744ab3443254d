"""Counter 1 of the phones' door: rights and strata, no names; knows no other room."""
