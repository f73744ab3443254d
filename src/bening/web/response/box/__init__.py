"""Counter 2 of the phones' door: sealed ballots; entered by nobody."""
