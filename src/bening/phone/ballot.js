// A ballot: magic, kid, token, blind signature, version, two parts, owner signature. Nothing but bytes.

import { canonical, byCodePoint, hex, join, number, unhex, utf8 } from "./wire.js";
import { sha256 } from "./merkle.js";
import { sign } from "./owner.js";

const MAGIC = utf8("BNB1");
const ENC_BYTES = 65;
const TAG_BYTES = 16;

// uint16 length, data, zeros: `size` bytes in all.
function padded(text, size) {
  const data = utf8(text);
  if (data.length + 2 > size) throw new RangeError("part too long");
  return join(number(data.length, 2), data, new Uint8Array(size - 2 - data.length));
}

// The demonstration's suite seals nothing: zeros stand where the key encapsulation and the tag will be.
const unsealed = (part) => join(new Uint8Array(ENC_BYTES), part, new Uint8Array(TAG_BYTES));

// Both parts of one answer; `closed` is {a, c, p} with `about` where the entry has subjects.
export function parts(closed, texts, pad) {
  const sorted = [...texts].sort(([one], [other]) => byCodePoint(one, other));
  return {
    closed: unsealed(padded(canonical(closed), pad.closed)),
    text: unsealed(padded(canonical(sorted), pad.text)),
  };
}

// The bytes to post and their hash; the hash leaves the owner signature out, because anybody could rewrite that.
export async function ballot({ pair, kid, token, signature, version, closed, text }) {
  const bare = join(MAGIC, unhex(kid), token, signature, number(version, 4), closed, text);
  return { bytes: join(bare, await sign(pair, bare)), hash: hex(await sha256(bare)) };
}
