// What others sign with Ed25519: the box its receipts, the log its checkpoints (C2SP signed-note). Verifies only.
// Older browsers have no Ed25519; then the answer is undefined, and whoever asked says so instead of guessing.

import { sha256 } from "./merkle.js";
import { hex, unb64u, utf8 } from "./wire.js";

const ED25519 = [1]; // the kind of key, as signed notes number it
const VKEY = /^([^+\n]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/;
const CHECKPOINT = /^([^\n]+)\n(0|[1-9][0-9]{0,14})\n([A-Za-z0-9+/]{43}=)\n$/;

async function signedBy(key, message, signature) {
  let imported;
  try {
    imported = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
  } catch (failure) {
    if (failure.name === "NotSupportedError") return undefined;
    return false;
  }
  return crypto.subtle.verify("Ed25519", imported, signature, message);
}

// Whether the box promised to put this ballot into the log; `key` stands in the manifest.
export async function receiptHolds(key, hash, receipt) {
  try {
    return await signedBy(unb64u(key), utf8(`bening/receipt/v1\n${hash}\n`), unb64u(receipt));
  } catch {
    return false;
  }
}

// Size and root (hex) of a checkpoint; null if this verifier key did not sign it.
export async function openedNote(note, vkey) {
  try {
    const [, name, id, encoded] = vkey.match(VKEY);
    const key = unb64u(encoded).slice(1);
    const at = note.lastIndexOf("\n\n") + 1;
    const text = note.slice(0, at);
    const [, origin, size, root] = text.match(CHECKPOINT);
    if (origin !== name || hex(await keyId(name, key)) !== id) return null;
    for (const line of note.slice(at + 1).split("\n")) {
      if (!line.startsWith(`— ${name} `)) continue;
      const mark = unb64u(line.slice(name.length + 3));
      if (hex(mark.slice(0, 4)) !== id) continue;
      const holds = await signedBy(key, utf8(text), mark.slice(4));
      if (holds !== false) return holds && { size: Number(size), root: hex(unb64u(root)) };
    }
  } catch {
    // Not a note at all.
  }
  return null;
}

const keyId = async (name, key) => (await sha256(utf8(`${name}\n`), ED25519, key)).slice(0, 4);
