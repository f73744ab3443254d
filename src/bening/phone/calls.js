// The phone's calls to gate and box (fixed-size bodies, no cookies, no referrer), and the check of what comes back.

import { included, sha256 } from "./merkle.js";
import { canonical, hex, unb64u, utf8 } from "./wire.js";

const REQUEST_BYTES = 512;
// Refusals with a meaning of their own; every other one means: later.
const KNOWN =
  "unknown right_used wrong_key closed slow_down bad_format bad_token bad_owner unknown_key older_version not_yet not_logged_yet".split(
    " ",
  );

// A refusal by a server, or the lack of one: `code` is a key of the texts.
export class Failed extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

// Zeros fill the request up to one size, so that its length says nothing.
export function padded(message) {
  const bare = utf8(canonical({ ...message, pad: "" })).length;
  return canonical({ ...message, pad: "0".repeat(REQUEST_BYTES - bare) });
}

export async function post(url, body) {
  let reply, content;
  try {
    reply = await fetch(url, {
      method: "POST",
      body,
      headers: { "content-type": "text/plain" },
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
    });
    content = await reply.json();
  } catch {
    throw new Failed("offline");
  }
  if (!reply.ok) throw new Failed(KNOWN.includes(content.error) ? content.error : "try_later");
  return content;
}

// There is no weaker one.
const SUITE = canonical({ blind: "RSABSSA-SHA384-PSS-Randomized", rsa: 2048, hpke: [16, 1, 1], own: "ES256" });

const demand = (condition) => {
  if (!condition) throw new Failed("key_refused");
};

export async function checkedEntry(manifest, { entry: leaf, index, path }) {
  demand(canonical(manifest.suite) === SUITE);
  demand(await included(utf8(leaf), index, manifest.entries, path, manifest.root));
  const entry = JSON.parse(leaf);
  const n = unb64u(entry.n);
  demand(canonical(entry) === leaf && n.length === 256 && n[0] > 127);
  demand(entry.kid === hex(await sha256(utf8("bening/key/v1\0"), n)));
  demand(entry.sampled >= (entry.census ? manifest.min.census : manifest.min.sampled));
  return entry;
}

export async function fetchInstrument(manifest, name) {
  let bytes;
  try {
    const reply = await fetch(new URL(`q/${name}.json`, import.meta.url), { credentials: "omit" });
    if (!reply.ok) throw reply;
    bytes = new Uint8Array(await reply.arrayBuffer());
  } catch {
    throw new Failed("offline");
  }
  demand(manifest.instruments[name] === hex(await sha256(bytes)));
  return JSON.parse(new TextDecoder().decode(bytes));
}
