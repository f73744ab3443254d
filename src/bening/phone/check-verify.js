// What can be verified out of bytes alone: places in the log, whole logs, code lists, manifests. No network, no storage.

import { included, sha256 } from "./merkle.js";
import { openedNote } from "./notes.js";
import { canonical, hex, unhex, utf8 } from "./wire.js";

const LEAF_BYTES = 33;
const AT_ONCE = 1000; // hashes under way together
const BALLOT = "01";
const RECEIPT_CODE = /^[0-9A-HJKMNP-TV-Z]{16}$/;

// A receipt code as people type it: hyphens and spaces dropped, O is 0, I and L are 1; null if it is none.
export function codeTyped(text) {
  const plain = text.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  return RECEIPT_CODE.test(plain) ? plain : null;
}

// The codes of a published list, or null if it is not one: sorted, each with this beginning, one a line.
export function codesOf(text, beginning = "") {
  const codes = text.split("\n");
  if (codes.pop() !== "") return null;
  const right = (code, at) => RECEIPT_CODE.test(code) && code.startsWith(beginning) && !(code < codes[at - 1]);
  return codes.every(right) ? codes : null;
}

export const manifestHash = async (manifest) => hex(await sha256(utf8(canonical(manifest))));

// Whether the ballot with this hash stands where the box says, in the tree with this root.
export const ballotInLog = (h, { index, path }, { size, root }) =>
  included(unhex(BALLOT + h), index, size, path, root).catch(() => false);

// The leaves (hex) that are no ballots, under the checkpoint they came with. `signed` is null if the log did not sign
// it, undefined if this browser cannot tell; `leaves` is null if one of them does not stand in that tree.
export async function landmarksOf(text, vkey) {
  try {
    const { checkpoint, leaves } = JSON.parse(text);
    const signed = await openedNote(checkpoint, vkey);
    if (!signed) return { signed };
    for (const { index, leaf, path } of leaves) {
      if (!(await included(unhex(leaf), index, signed.size, path, signed.root))) return { signed, leaves: null };
    }
    return { signed, leaves: leaves.map(({ leaf }) => leaf) };
  } catch {
    return { signed: null };
  }
}

// A whole log: gives the root at any size it once had. Keeps the hashes of all complete subtrees, level by level.
export class WholeLog {
  static async of(leaves, told = () => {}) {
    const log = new WholeLog();
    log.leaves = leaves;
    log.levels = [await hashed(log.leaves, (leaf) => sha256([0], leaf), told)];
    for (let row = log.levels[0]; row.length > 1; row = log.levels.at(-1)) {
      const pairs = Array.from({ length: row.length >> 1 }, (_, at) => [row[2 * at], row[2 * at + 1]]);
      log.levels.push(await hashed(pairs, ([left, right]) => sha256([1], left, right), () => {}));
    }
    return log;
  }

  get size() {
    return this.leaves.length;
  }

  count(kind) {
    return this.leaves.filter((leaf) => leaf[0] === kind).length;
  }

  has(leaf) {
    const wanted = unhex(leaf);
    return this.leaves.some((one) => one.every((byte, at) => byte === wanted[at]));
  }

  async root(size) {
    return hex(size ? await this.head(0, size) : await sha256());
  }

  async head(low, high) {
    const size = high - low;
    const level = Math.log2(size);
    if (Number.isInteger(level)) return this.levels[level][low / size];
    const half = low + 2 ** Math.floor(level);
    return sha256([1], await this.head(low, half), await this.head(half, high));
  }
}

async function hashed(list, hash, told) {
  const found = [];
  for (let at = 0; at < list.length; at += AT_ONCE) {
    found.push(...(await Promise.all(list.slice(at, at + AT_ONCE).map(hash))));
    told(found.length, list.length);
  }
  return found;
}

// The leaves of a published file, or null if it is cut.
export function leavesOf(bytes) {
  if (!bytes.length || bytes.length % LEAF_BYTES) return null;
  return Array.from({ length: bytes.length / LEAF_BYTES }, (_, at) =>
    bytes.subarray(at * LEAF_BYTES, (at + 1) * LEAF_BYTES),
  );
}

// The notes of a file with one or many of them, an empty line after each.
export const notesOf = (text) =>
  text.split(/\n\n(?!— )/).map((note) => note.trim()).filter(Boolean).map((note) => `${note}\n`);

// The entries of `manifest.jsonl` in their order, and the root over its lines.
export async function entriesOf(text) {
  const lines = text.split("\n").slice(0, -1);
  const tree = await WholeLog.of(lines.map(utf8));
  return { root: await tree.root(lines.length), entries: lines.map((line) => JSON.parse(line)) };
}

export const digestOf = async (bytes) => hex(await sha256(bytes));

// The digest of a bundle's list, and its lines as [digest, path].
export async function bundleList(text) {
  return { digest: await digestOf(utf8(text)), files: text.trim().split("\n").map((line) => line.split("  ")) };
}
