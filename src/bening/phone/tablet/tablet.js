// The interviewer's tablet: visits are loaded while there is a signal, held and sealed without one, sent with the next.

import { Failed, checkedEntry, fetchInstrument } from "./calls.js";
import { hold } from "./interview.js";
import { giveBack, handOver, list, meet, purgeAll, sealed, waiting, wayBack } from "./rooms.js";
import { manifest } from "./round.js";
import { announce, h, halt } from "./screens.js";
import { prepare, send } from "./send.js";
import { read, trial } from "./store.js";
import { LANGUAGES, say, speak, spoken, texts } from "./texts.js";
import { keep, leave, left, load, publicKey, purge, sent, tidy, visits } from "./vault.js";
import { unb64u } from "./wire.js";

const { bundle, agency } = document.documentElement.dataset;
const BACK = "kembali";
const LOAD = "muat";
const WORKER = "/sw.js";
// Refusals that end a visit: no later try will be answered otherwise.
const FINAL = ["unknown", "right_used", "wrong_key", "closed", "bad_blind_sig", "bad_token", "bad_owner", "unknown_key"];

let redraw = () => {};
let ready = Boolean(navigator.serviceWorker?.controller);
let busy = false;

function draws(screen) {
  redraw = screen;
  screen();
}

// The page and everything it needs, kept for days without a signal. Trusted types want the address approved.
async function install() {
  if (!navigator.serviceWorker) return;
  const approve = window.trustedTypes?.createPolicy("tablet", { createScriptURL: () => WORKER });
  await navigator.serviceWorker.register(approve ? approve.createScriptURL("") : WORKER, { scope: "/tablet.html" });
  await navigator.serviceWorker.ready;
  await navigator.storage?.persist?.();
  const before = ready;
  ready = true;
  if (!before && !busy) await desk();
}

async function open() {
  frame();
  try {
    if (!isSecureContext) throw new Failed("not_secure");
    await trial().catch(() => {
      throw new Failed("no_crypto");
    });
    const given = new URLSearchParams(location.hash.slice(1));
    history.replaceState(null, "", location.pathname);
    if (given.get(BACK)) return await offer(given.get(BACK));
    if (given.get(LOAD)) await leave(given.get(LOAD));
    if (await left()) await take();
    await tidy(new Date().toISOString().slice(0, 10));
    await desk();
    deliver(); // waits for a signal as long as it takes; nothing else waits for it
  } catch (failure) {
    return refused(failure);
  }
}

// The public key goes back with the interviewer; the page says where to, because the address came from outside.
async function offer(address) {
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol)) throw new Failed("bad_format");
  url.search = new URLSearchParams({ tablet: await publicKey() });
  busy = true;
  draws(() => wayBack(url));
}

async function take() {
  draws(() => waiting("loadingTitle"));
  try {
    await load(manifest);
  } catch (failure) {
    if (failure instanceof Failed) throw failure;
    await leave("");
    throw new Failed("notForThis");
  }
}

// The interviewer's list.
async function desk() {
  const rows = await visits();
  busy = false;
  draws(() => list(rows, { ready, hold: begin, purge: () => confirmPurge(rows) }));
}

function confirmPurge(rows) {
  const n = rows.filter(({ stage }) => stage === "sealed").length;
  const yes = async () => {
    await purge();
    await desk();
  };
  busy = true;
  draws(() => purgeAll(n, { yes, no: desk }));
}

async function begin(visit) {
  busy = true;
  try {
    const entry = await checkedEntry(manifest, visit);
    const instrument = await fetchInstrument(manifest, entry.instrument);
    const held = { entry, instrument, claim: manifest.claim };
    const start = () => draws(() => meet(held, { start: interview, refuse: () => draws(() => giveBack(desk)) }));
    const interview = () => hold(held, { draws, leave: start, done: (given) => lock(visit, held, given) });
    draws(() => handOver(visit.number, { handed: start, back: desk }));
  } catch (failure) {
    refused(failure);
  }
}

// Sealed on the spot, without a signal; then the code, and no way back.
async function lock(visit, { entry, instrument }, given) {
  draws(() => waiting("sealingTitle"));
  try {
    const { code } = await prepare({ ...given, ...visit, manifest, entry, instrument, shared: true, mode: "tablet" });
    await keep({ ...visit, stage: "sealed" });
    deliver();
    draws(() => sealed(code, () => draws(() => giveBack(() => location.reload()))));
    announce(say("sealedTitle"));
  } catch (failure) {
    refused(failure);
  }
}

// Issue and ballot of everything that is sealed, one after the other in every visit and all visits side by side.
async function deliver() {
  const rows = (await visits()).filter(({ stage, fault }) => stage === "sealed" && !FINAL.includes(fault));
  await Promise.all(rows.map(post));
}

async function post(visit) {
  try {
    // Without a kept right there is nothing to send: it arrived, and the page fell asleep before it could say so.
    if (await read("rights", visit.state)) {
      const entry = JSON.parse(visit.entry);
      await send({ manifest, entry, state: visit.state, secret: unb64u(visit.secret), report: () => {} });
    }
    await keep(sent(visit));
  } catch ({ code }) {
    if (code === "other_tab") return;
    await keep({ ...visit, fault: code in texts ? code : FINAL.includes(code) ? "bad_format" : "try_later" });
  }
  if (!busy) await desk();
}

function refused({ code }) {
  busy = true;
  draws(() => halt(code in texts ? code : "bad_format", { again: () => location.reload() }));
}

// Banner, footer and languages stand on every screen.
function frame() {
  document.documentElement.lang = spoken();
  const demo = document.getElementById("demo");
  demo.hidden = manifest.split !== "demo";
  demo.textContent = say("demo");
  document.getElementById("agency").textContent = agency;
  const choices = Object.entries(LANGUAGES).map(([code, name]) => {
    const press = () => {
      speak(code);
      frame();
      redraw();
    };
    return h("button", { type: "button", class: "link", lang: code, "aria-pressed": String(spoken() === code), click: press }, name);
  });
  document.getElementById("footer").replaceChildren(
    h("div", { class: "languages" }, ...choices),
    h("p", { class: "muted" }, `${manifest.round} · ${manifest.split} · ${say("version")} ${bundle.slice(0, 8)}`),
  );
}

addEventListener("hashchange", () => location.hash && location.reload());
open().then(install).catch(() => {});
