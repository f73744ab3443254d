// Hashes and inclusion proofs of RFC 6962.

import { hex, join, unhex } from "./wire.js";

export const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", join(...parts)));

const node = (left, right) => sha256([1], left, right);

// Whether the leaf's data stand at `index` in the tree of `size` leaves with this root (hex, path leaf side first).
export async function included(data, index, size, path, root) {
  let hash = await sha256([0], data);
  let at = index;
  let last = size - 1;
  if (!(at >= 0 && at <= last)) return false;
  for (const step of path.map(unhex)) {
    if (!last) return false;
    if (at % 2 || at === last) {
      hash = await node(step, hash);
      while (at && at % 2 === 0) {
        at /= 2;
        last = Math.floor(last / 2);
      }
    } else hash = await node(hash, step);
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && hex(hash) === root;
}
