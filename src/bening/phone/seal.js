// Sealing to the trustees' key: HPKE of RFC 9180, base mode, P-256, HKDF-SHA256, AES-128-GCM, nothing beside.

import { join, number, utf8 } from "./wire.js";

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const KEM = join(utf8("KEM"), [0, 16]);
const SUITE = join(utf8("HPKE"), [0, 16, 0, 1, 0, 1]);
const NONE = new Uint8Array(0);

// WebCrypto refuses an empty HMAC key; HKDF without a salt means 32 zero bytes, which is the same.
async function hmac(secret, ...parts) {
  const kind = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", secret.length ? secret : new Uint8Array(32), kind, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, join(...parts)));
}

const extract = (suite, salt, label, data) => hmac(salt, utf8("HPKE-v1"), suite, utf8(label), data);

const expand = async (suite, secret, label, data, size) =>
  (await hmac(secret, number(size, 2), utf8("HPKE-v1"), suite, utf8(label), data, [1])).slice(0, size);

// Key and nonce of one sealed block, for either side: `enc` is the fresh key's point, `key` the receiver's.
export async function schedule({ enc, key, shared, info, use }) {
  const prk = await extract(KEM, NONE, "eae_prk", new Uint8Array(shared));
  const secret = await expand(KEM, prk, "shared_secret", join(enc, key), 32);
  const psk = await extract(SUITE, NONE, "psk_id_hash", NONE);
  const context = join([0], psk, await extract(SUITE, NONE, "info_hash", info));
  const base = await extract(SUITE, secret, "secret", NONE);
  const raw = await expand(SUITE, base, "key", context, 16);
  const iv = await expand(SUITE, base, "base_nonce", context, 12);
  const aes = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, [use]);
  return { aes, iv };
}

// The sealed block behind its encapsulated key: 65 + block + 16 bytes. A test may bring its own key pair and AAD.
export async function seal(block, info, key, { pair, additionalData } = {}) {
  const own = pair ?? (await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]));
  const enc = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
  const peer = await crypto.subtle.importKey("raw", key, CURVE, false, []);
  const shared = await crypto.subtle.deriveBits({ ...CURVE, public: peer }, own.privateKey, 256);
  const { aes, iv } = await schedule({ enc, key, shared, info, use: "encrypt" });
  const kind = { name: "AES-GCM", iv, ...(additionalData && { additionalData }) };
  return join(enc, new Uint8Array(await crypto.subtle.encrypt(kind, aes, block)));
}
