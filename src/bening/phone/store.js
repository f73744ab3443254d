// What the phone remembers: rights (the state of sending), links (hash of a secret -> right), encrypted drafts.

import { hex, random, utf8 } from "./wire.js";
import { makeKey, sign } from "./owner.js";
import { sha256 } from "./merkle.js";

const STORES = ["rights", "links", "drafts", "trial"];
let opened;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("bening", 1);
    request.onupgradeneeded = () => STORES.forEach((name) => request.result.createObjectStore(name));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

// One transaction, finished only when it is on the disk: the default durability may lose it in a power cut.
async function transact(mode, work) {
  const transaction = (await database()).transaction(STORES, mode, { durability: "strict" });
  const request = work((name) => transaction.objectStore(name));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

export const read = (name, key) => transact("readonly", (store) => store(name).get(key));

export const readAll = (name) => transact("readonly", (store) => store(name).getAll());

export const write = (name, key, value) => transact("readwrite", (store) => store(name).put(value, key));

// A posted right keeps only what a change needs; the draft goes in the same transaction.
export const writePosted = (state, right) =>
  transact("readwrite", (store) => {
    store("rights").put(right, state);
    store("drafts").delete(state);
  });

export const forget = (name, key) => transact("readwrite", (store) => store(name).delete(key));

export const forgetAll = (state, link) =>
  transact("readwrite", (store) => {
    store("rights").delete(state);
    store("drafts").delete(state);
    store("links").delete(link);
  });

export const linkKey = async (secret) => hex(await sha256(utf8("bening/state/v1\0"), secret));

export async function saveDraft(state, draft) {
  const key =
    (await read("drafts", state))?.key ??
    (await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]));
  const iv = random(12);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, utf8(draft));
  await write("drafts", state, { key, iv, sealed });
}

export async function readDraft(state) {
  const kept = await read("drafts", state);
  if (!kept) return null;
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv }, kept.key, kept.sealed);
  return JSON.parse(new TextDecoder().decode(plain));
}

// Some browsers offer all functions and still cannot keep a key: try it before anybody answers anything.
export async function trial() {
  await write("trial", "key", await makeKey());
  await sign(await read("trial", "key"), utf8("trial"));
}
