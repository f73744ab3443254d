// The phone's own key: ECDSA P-256, never leaves the browser. The token is its public half behind a random prefix.

import { join, utf8 } from "./wire.js";

const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const CONTEXT = utf8("bening/owner/v1\0");

export const makeKey = () => crypto.subtle.generateKey(CURVE, false, ["sign", "verify"]);

export const publicBytes = async (pair) => new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));

export const sign = async (pair, bytes) =>
  new Uint8Array(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, join(CONTEXT, bytes)));
