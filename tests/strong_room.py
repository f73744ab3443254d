"""Real keys for tests: one a stratum, one tally key, made once a process."""

from functools import lru_cache

from bening.core.response import kid_of
from bening.crypto import rsa_private, seal

TALLY = seal.make()
TALLY_KEY = seal.public(TALLY)


@lru_cache
def pair(stratum):
    """Modulus and PEM of a stratum's key."""
    return rsa_private.make()


def modulus(stratum):
    """The public half."""
    return pair(stratum)[0]


def sign(stratum, blinded):
    """What the signer answers."""
    return rsa_private.sign(rsa_private.load(pair(stratum)[1]), blinded)


def write_keys(folder, strata):
    """The private halves as files, as `bening signer keygen` leaves them."""
    folder.mkdir(parents=True, exist_ok=True)
    for stratum in strata:
        n, pem = pair(stratum)
        (folder / f"{kid_of(n).hex()}.pem").write_bytes(pem)
