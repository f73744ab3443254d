// The checks that ask somebody: box, witnesses, gate, static host. Each ends with a text's key and its words;
// `good` is true or false where there is a verdict, undefined where there is none yet.

import { Failed, checkedEntry, padded, post } from "./calls.js";
import { typed } from "./codes.js";
import {
  ballotInLog,
  bundleList,
  codesOf,
  digestOf,
  landmarksOf,
  manifestHash,
} from "./check-verify.js";
import { openedNote, receiptHolds } from "./notes.js";
import { manifest } from "./round.js";
import { linkKey, read, readAll } from "./store.js";
import { b64u, unb64u } from "./wire.js";

const ONE_DAY = 86400000;
const [MANIFEST, CLIENT, TALLY] = ["02", "03", "04"]; // kinds of leaves in the log
const ANSWERED = { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store" };

const verdict = (good, text, words = {}) => ({ good, text, words });
const host = (origin) => new URL(origin).host;
export const dayAfterClosing = () => new Date(Date.parse(manifest.closes) + ONE_DAY).toISOString().slice(0, 10);

// A file as text; null if it is not there.
async function file(url, as = "text") {
  let reply, content;
  try {
    reply = await fetch(url, ANSWERED);
    content = await reply[as]();
  } catch {
    throw new Failed("offline");
  }
  if (reply.status === 404) return null;
  if (!reply.ok) throw new Failed("offline");
  return content;
}

// Every invitation this phone has opened, with the right if answers were sent.
export async function invitations() {
  const links = new Map((await readAll("links")).map((link) => [link.state, link]));
  return Promise.all(
    [...links].map(async ([state, link]) => {
      const right = await read("rights", state);
      return { ...link, right: right?.stage === "posted" ? right : undefined, sent: Boolean(right?.sent || right?.h) };
    }),
  );
}

// The longest log any witness has accepted: {host, size, root}; undefined if there is no witness, or none answers.
async function witnessed() {
  let best;
  for (const origin of manifest.origins.witnesses) {
    const note = await file(`${origin}/checkpoint`).catch(() => null);
    if (note === null) continue;
    const signed = await openedNote(note, manifest.log.vkey);
    if (signed === undefined) throw new Failed("checkOld");
    if (!signed) return { host: host(origin), foreign: true };
    if (!best || signed.size > best.size) best = { host: host(origin), ...signed };
  }
  return best;
}

const proofOf = (h, size) => post(`${manifest.origins.box}/b/proof`, padded({ h, size }));
const unlessUnlogged = (failure) => {
  if (failure.code !== "not_logged_yet") throw failure;
};

export async function recorded({ h, receipt, proven }) {
  const holds = proven || (await receiptHolds(manifest.log.receipt, h, receipt));
  if (holds === undefined) return verdict(undefined, "checkOld");
  if (!holds) return verdict(false, "recordedReceipt");
  const seen = await witnessed();
  if (seen?.foreign) return verdict(false, "recordedForeign", seen);
  const proof = seen && (await proofOf(h, seen.size).catch(unlessUnlogged));
  if (proof) {
    const there = proof.size === seen.size && (await ballotInLog(h, proof, seen));
    return there ? verdict(true, "recordedWitness", seen) : verdict(false, "recordedPath", seen);
  }
  return byOwnWord(h, seen);
}

// No witness has seen as far as this ballot: what remains is the box's own signed root.
async function byOwnWord(h, seen) {
  const box = { host: host(manifest.origins.box) };
  const proof = await proofOf(h, null).catch(unlessUnlogged);
  if (!proof) {
    const text = await file(`${manifest.origins.box}/log/landmarks`);
    const { signed, leaves } = text === null ? {} : await landmarksOf(text, manifest.log.vkey);
    if (signed && signed.size < seen?.size) return verdict(false, "recordedShrunk", seen);
    if (signed && signed.size === seen?.size && signed.root !== seen.root) return verdict(false, "recordedForked", seen);
    // The tally enters the log behind the last ballot: what is not there by then will never be.
    const complete = leaves?.some((leaf) => leaf.startsWith(TALLY));
    return complete ? verdict(false, "recordedLate") : verdict(undefined, "recordedNotYet");
  }
  const signed = await openedNote(proof.checkpoint, manifest.log.vkey);
  if (signed === undefined) return verdict(undefined, "checkOld");
  if (!signed) return verdict(false, "recordedForeign", box);
  if (seen && signed.size < seen.size) return verdict(false, "recordedShrunk", seen);
  const there = proof.size === signed.size && (await ballotInLog(h, proof, signed));
  return there ? verdict(true, "recordedOwn") : verdict(false, "recordedPath", box);
}

export async function counted(code) {
  const beginning = code.slice(0, 2);
  const list = await file(`/codes/${beginning}.txt`);
  if (list === null) return verdict(undefined, "countedEarly");
  const codes = codesOf(list, beginning);
  if (!codes) return verdict(false, "countedBroken");
  return codes.includes(code) ? verdict(true, "countedYes") : verdict(false, "countedNo");
}

// The secret in an invitation link or a typed entry code, or null.
export function secretIn(text) {
  const plain = text.trim();
  const inLink = plain.match(/(?:#|\/i\/)([\w-]{22})$/)?.[1];
  return inLink ? unb64u(inLink) : typed(plain);
}

export async function used(secret, opened) {
  const state = (await read("links", await linkKey(secret)))?.state;
  const mine = opened.find((one) => one.state === state)?.sent;
  try {
    const reply = await post(`${manifest.origins.gate}/g/used`, padded({ secret: b64u(secret) }));
    if (reply.used) return mine ? verdict(true, "usedHere") : verdict(false, "usedYes");
    return mine ? verdict(false, "usedBack") : verdict(true, "usedNo");
  } catch (failure) {
    const known = { not_yet: "usedEarly", unknown: "usedUnknown" }[failure.code];
    if (!known) throw failure;
    return verdict(undefined, known);
  }
}

// The group of an opened invitation, if its entry still stands in the manifest of this page.
export async function group(link) {
  try {
    const { label, sampled } = await checkedEntry(manifest, link);
    return verdict(true, "groupYes", { label, n: sampled });
  } catch {
    return verdict(false, "groupWrong");
  }
}

// Every file of the bundle against its list, the list against the bundle's name, that name against the log.
export async function client(bundle) {
  const list = await bundleList((await file(`/c/${bundle}.sums`)) ?? "");
  if (list.digest !== bundle) return verdict(false, "clientFile", { path: `${bundle.slice(0, 8)}.sums` });
  for (const [digest, path] of list.files) {
    const bytes = await file(`/c/${bundle}/${path}`, "arrayBuffer");
    if (bytes === null || (await digestOf(new Uint8Array(bytes))) !== digest) return verdict(false, "clientFile", { path });
  }
  const n = list.files.length;
  for (const origin of [...manifest.origins.witnesses, null]) {
    const text = await file(origin ? `${origin}/landmarks` : `${manifest.origins.box}/log/landmarks`).catch((failure) => {
      if (!origin) throw failure;
      return null;
    });
    if (text === null) continue;
    const { signed, leaves } = await landmarksOf(text, manifest.log.vkey);
    if (signed === undefined) return verdict(undefined, "checkOld");
    const where = { host: host(origin ?? manifest.origins.box) };
    if (!signed) return verdict(false, "recordedForeign", where);
    if (!leaves?.includes(CLIENT + bundle) || !leaves.includes(MANIFEST + (await manifestHash(manifest)))) {
      return verdict(false, "clientForeign");
    }
    return origin ? verdict(true, "clientWitness", { n, ...where }) : verdict(true, "clientOwn", { n });
  }
  return verdict(undefined, "clientUnlogged", { n });
}
