// What the tablet keeps for its interviewer: its own key, and visits by number. Nobody's name, nobody's answer.

import { checkedEntry, padded, post } from "./calls.js";
import { schedule } from "./seal.js";
import { forgetAll, linkKey, read } from "./store.js";
import { b64u, unb64u, utf8 } from "./wire.js";

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const INFO = utf8("bening/tablet/v1\0");
const POINT = 65;
let database;

function vault() {
  database ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("bening-tablet", 1);
    request.onupgradeneeded = () => ["own", "visits"].forEach((name) => request.result.createObjectStore(name));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return database;
}

// One transaction over both stores, on the disk when it ends.
async function within(mode, work) {
  const transaction = (await vault()).transaction(["own", "visits"], mode, { durability: "strict" });
  const request = work((name) => transaction.objectStore(name));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

export const visits = () => within("readonly", (store) => store("visits").getAll());

export const keep = (visit) => within("readwrite", (store) => store("visits").put(visit, visit.number));

const drop = (number) => within("readwrite", (store) => store("visits").delete(number));

// The pair that assignments are sealed to; its private half cannot leave the browser.
async function ownPair() {
  const known = await within("readonly", (store) => store("own").get("pair"));
  if (known) return known;
  const pair = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  await within("readwrite", (store) => store("own").put(pair, "pair"));
  return pair;
}

const point = async (pair) => new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));

export const publicKey = async () => b64u(await point(await ownPair()));

// What was sealed to this tablet; anything else throws.
async function opened(sealed) {
  const pair = await ownPair();
  const enc = sealed.slice(0, POINT);
  const peer = await crypto.subtle.importKey("raw", enc, CURVE, false, []);
  const shared = await crypto.subtle.deriveBits({ ...CURVE, public: peer }, pair.privateKey, 256);
  const { aes, iv } = await schedule({ enc, key: await point(pair), shared, info: INFO, use: "decrypt" });
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, aes, sealed.slice(POINT));
  return JSON.parse(new TextDecoder().decode(plain));
}

// Assignments that wait to be loaded outlive a lost signal, still sealed.
export const leave = (text) => within("readwrite", (store) => store("own").put(text, "waiting"));

export const left = () => within("readonly", (store) => store("own").get("waiting"));

// Asks the gate about every visit and keeps its answer. An interview that is sealed or sent stays as it is:
// the gate never says which rights are used, so only the tablet knows. What is no longer on the list goes.
export async function load(manifest) {
  const { expires, visits: given } = await opened(unb64u(await left()));
  const known = new Map((await visits()).map((visit) => [visit.number, visit]));
  for (const { number, secret } of given) {
    if (known.has(number) && known.get(number).stage !== "open") continue;
    const reply = await post(`${manifest.origins.gate}/g/hello`, padded({ secret })).catch((failure) => {
      if (failure.code !== "unknown") throw failure;
    });
    if (!reply) continue;
    await checkedEntry(manifest, reply);
    const { entry, index, path, state } = reply;
    await keep({ number, secret, entry, index, path, state, expires, stage: "open" });
  }
  const numbers = given.map(({ number }) => number);
  for (const { number, stage } of known.values()) if (stage === "open" && !numbers.includes(number)) await drop(number);
  await within("readwrite", (store) => store("own").delete("waiting"));
}

// Deletes visits that expired before anybody was met, and learns from the sending store what a crash left unsaid.
export async function tidy(today) {
  for (const visit of await visits()) {
    const right = visit.state && (await read("rights", visit.state));
    if (right && visit.stage === "open") await keep({ ...visit, stage: "sealed" });
    else if (!right && visit.stage === "sealed") await keep(sent(visit));
    else if (visit.stage !== "sealed" && visit.expires < today) await drop(visit.number);
  }
}

// Of an interview that has arrived only its number stays.
export const sent = ({ number, expires }) => ({ number, expires, stage: "sent" });

// Everything goes: sealed interviews that were not sent are lost with it.
export async function purge() {
  for (const { state, secret } of await visits()) if (state) await forgetAll(state, await linkKey(unb64u(secret)));
  await within("readwrite", (store) => {
    store("own").clear();
    store("visits").clear();
  });
}
