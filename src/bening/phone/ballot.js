// A ballot: magic, kid, token, blind signature, version, two parts, owner signature. Nothing but bytes.

import { canonical, byCodePoint, hex, join, number, unb64u, unhex, utf8 } from "./wire.js";
import { sha256 } from "./merkle.js";
import { sign } from "./owner.js";
import { seal } from "./seal.js";

const MAGIC = utf8("BNB1");

// uint16 length, data, zeros: `size` bytes in all.
function block(text, size) {
  const data = utf8(text);
  if (data.length + 2 > size) throw new RangeError("part too long");
  return join(number(data.length, 2), data, new Uint8Array(size - 2 - data.length));
}

// Both parts of one answer, sealed to the tally key for this stratum, token, version and slot alone; `closed` is
// {a, c, p} with `about` where the entry has subjects.
export async function parts({ closed, texts, kid, token, version, manifest }) {
  const bind = await sha256(unhex(kid), token, number(version, 4));
  const sealed = (slot, text, size) =>
    seal(block(text, size), join(utf8(`bening/ballot/v1/${slot}\0`), bind), unb64u(manifest.tally_pk));
  const sorted = [...texts].sort(([one], [other]) => byCodePoint(one, other));
  return {
    closed: await sealed("closed", canonical(closed), manifest.pad.closed),
    text: await sealed("text", canonical(sorted), manifest.pad.text),
  };
}

// The bytes to post and their hash; the hash leaves the owner signature out, because anybody could rewrite that.
export async function ballot({ pair, kid, token, signature, version, closed, text }) {
  const bare = join(MAGIC, unhex(kid), token, signature, number(version, 4), closed, text);
  return { bytes: join(bare, await sign(pair, bare)), hash: hex(await sha256(bare)) };
}
