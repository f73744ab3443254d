// Blind signatures of RFC 9474 (RSABSSA-SHA384-PSS-Randomized): the gate signs a number that tells it nothing.

import { b64u, join, number, random } from "./wire.js";

const SALT_BYTES = 48;
const EXPONENT = 65537n;

const sha384 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-384", join(...parts)));

const integer = (bytes) => bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);

const octets = (value, size) => {
  const text = value.toString(16).padStart(size * 2, "0");
  return Uint8Array.from({ length: size }, (_, at) => parseInt(text.substr(at * 2, 2), 16));
};

function power(base, exponent, modulus) {
  let result = 1n;
  for (let rest = exponent; rest; rest >>= 1n) {
    if (rest & 1n) result = (result * base) % modulus;
    base = (base * base) % modulus;
  }
  return result;
}

// Extended Euclid; undefined where there is no inverse.
function inverse(value, modulus) {
  let [r, next, t, step] = [modulus, value, 0n, 1n];
  while (next) {
    const quotient = r / next;
    [r, next, t, step] = [next, r - quotient * next, step, t - quotient * step];
  }
  return r === 1n ? ((t % modulus) + modulus) % modulus : undefined;
}

// EMSA-PSS of RFC 8017 with SHA-384: the modulus fills its top byte, so the block is one bit shorter.
async function encoded(message, size, salt) {
  const digest = await sha384(new Uint8Array(8), await sha384(message), salt);
  const block = join(new Uint8Array(size - salt.length - digest.length - 2), [1], salt);
  for (let at = 0; at < block.length; at += digest.length) {
    const mask = await sha384(digest, number(at / digest.length, 4));
    for (let i = at; i < Math.min(at + mask.length, block.length); i++) block[i] ^= mask[i - at];
  }
  block[0] &= 127;
  return join(block, digest, [188]);
}

// The number to send and the inverse that undoes it; salt and factor are drawn here unless a test brings its own.
export async function blind(message, modulus, salt = random(SALT_BYTES), factor = undefined) {
  const n = integer(modulus);
  let back = factor && inverse(factor, n);
  while (!back) {
    factor = integer(random(modulus.length)) % n;
    back = factor > 1n ? inverse(factor, n) : undefined;
  }
  const hidden = integer(await encoded(message, modulus.length, salt)) * power(factor, EXPONENT, n);
  return { blinded: octets(hidden % n, modulus.length), inverse: octets(back, modulus.length) };
}

export const unblind = (signed, undo, modulus) =>
  octets((integer(signed) * integer(undo)) % integer(modulus), modulus.length);

// Whether the stratum key signed the message; the browser checks, and it refuses other lengths by itself.
export async function verify(message, modulus, signature, saltLength = SALT_BYTES) {
  const kind = { name: "RSA-PSS", hash: "SHA-384" };
  const key = await crypto.subtle.importKey("jwk", { kty: "RSA", n: b64u(modulus), e: "AQAB" }, kind, false, ["verify"]);
  return crypto.subtle.verify({ name: "RSA-PSS", saltLength }, key, signature, message);
}
