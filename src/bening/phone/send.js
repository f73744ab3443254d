// Sending: sealed -> issued -> posted. Each stage is on the disk before the next begins, so a crash loses nothing.

import { ballot, parts } from "./ballot.js";
import { blind, unblind, verify } from "./blind.js";
import { Failed, padded, post } from "./calls.js";
import { receiptCode } from "./codes.js";
import { receiptHolds } from "./notes.js";
import { makeKey, publicBytes } from "./owner.js";
import { forgetAll, linkKey, read, write, writePosted } from "./store.js";
import { b64u, join, random, unb64u } from "./wire.js";

const STEP = 65535;
const WAITING = ["offline", "try_later", "slow_down"];
const LONGEST_WAIT = 300;
const DAY = 86400000;

// Random steps between versions, so that a glance at the storage does not tell the first from the second.
const versionAfter = (version) => version + 1 + (new Uint32Array(random(4).buffer)[0] % STEP);

// Week of the field period from 1, by the calendar of the round.
function week({ opens, closes, tz }) {
  const today = new Intl.DateTimeFormat("sv", { timeZone: tz }).format();
  const weeks = (day) => Math.floor((Date.parse(day) - Date.parse(opens)) / (7 * DAY)) + 1;
  return Math.min(Math.max(weeks(today), 1), weeks(closes));
}

// Blocks of three or more questions with the same choices, all answered alike.
function straightLined(instrument, answers) {
  const blocks = new Map();
  for (const { id, block, choices } of instrument.questions) {
    const key = block && choices.length ? [block, ...choices.map((choice) => choice.code)].join() : "";
    if (key && answers[id]) blocks.set(key, [...(blocks.get(key) ?? []), answers[id]]);
  }
  return [...blocks.values()].filter((given) => given.length > 2 && new Set(given).size === 1).length;
}

const paradata = ({ manifest, instrument, answers, minutes, mode = "phone" }) => ({
  d: 1 + [5, 10, 20].filter((limit) => minutes >= limit).length,
  g: straightLined(instrument, answers),
  m: mode,
  w: week(manifest),
});

// The first stage: own key, token, code, version and both parts, kept before anything leaves the phone. `before` is
// the right as it stands after an earlier sending; its token needs no second signature.
export async function prepare(job, before) {
  const { manifest, entry, state, answers, texts, about, shared } = job;
  const pair = before?.pair ?? (await makeKey());
  const code = before?.code ?? receiptCode(random(10));
  const closed = { a: answers, c: code, p: paradata(job), ...(entry.about && { about }) };
  const { kid } = entry;
  const token = before?.token ?? join(random(32), await publicBytes(pair));
  const version = versionAfter(before?.version ?? 0);
  const right = {
    stage: before ? "issued" : "sealed",
    pair,
    code,
    shared,
    kid,
    token,
    version,
    signature: before?.signature,
    sent: Boolean(before),
    ...(before ? {} : await blind(token, unb64u(entry.n))),
    ...(await parts({ closed, texts, kid, token, version, manifest })),
  };
  await write("rights", state, right);
  return right;
}

const pause = (seconds) =>
  new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000);
    addEventListener("online", resolve, { once: true });
  });

// Repeats what may succeed later; any repeat is harmless, because gate and box answer the same bytes the same way.
async function patiently(call, report) {
  for (let wait = 2; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    try {
      return await call();
    } catch (failure) {
      if (!WAITING.includes(failure.code)) throw failure;
      report(failure.code);
      await pause(wait);
    }
  }
}

// The signer's answer counts only if it becomes a signature under the key of the manifest.
async function issue(right, { manifest, entry, secret, state, report }) {
  const message = padded({ secret: b64u(secret), kid: right.kid, blinded: b64u(right.blinded) });
  const reply = await patiently(() => post(`${manifest.origins.gate}/g/issue`, message), report);
  const key = unb64u(entry.n);
  const signature = unblind(unb64u(reply.blind_sig), right.inverse, key);
  if (!(await verify(right.token, key, signature))) throw new Failed("bad_blind_sig");
  const issued = { ...right, stage: "issued", signature, blinded: undefined, inverse: undefined };
  await write("rights", state, issued);
  return issued;
}

async function deliver(right, { manifest, secret, state, report }) {
  const { bytes, hash } = await ballot(right);
  const url = `${manifest.origins.box}/b/ballot`;
  const { h, receipt } = await patiently(() => post(url, bytes), report);
  if (h !== hash) throw new Failed("bad_format");
  // Undefined in a browser without Ed25519: the receipt is kept, and the checker page looks at it again.
  const proven = await receiptHolds(manifest.log.receipt, h, receipt);
  if (proven === false) throw new Failed("bad_receipt");
  const { pair, code, kid, token, version, signature } = right;
  const posted = { stage: "posted", pair, code, kid, token, version, signature, h, receipt, proven: Boolean(proven) };
  if (right.shared) await forgetAll(state, await linkKey(secret));
  else await writePosted(state, posted);
  return { ...posted, shared: right.shared };
}

// Brings the answers to the box; one tab at a time. A right that is on its way already goes on from its stage, so
// that no double tap and no second tab makes a second key.
export async function send(job) {
  const work = async (lock) => {
    if (!lock) throw new Failed("other_tab");
    const kept = await read("rights", job.state);
    const right = !kept || kept.stage === "posted" ? await prepare(job, kept) : kept;
    return deliver(right.stage === "sealed" ? await issue(right, job) : right, job);
  };
  return navigator.locks ? navigator.locks.request(job.state, { ifAvailable: true }, work) : work(true);
}
