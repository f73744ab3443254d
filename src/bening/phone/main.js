// The respondent's page: from the link to the receipt. State lives in `app`; screens only draw it.

import { Failed, checkedEntry, fetchInstrument, padded, post } from "./calls.js";
import { codesIn, walk } from "./questionnaire.js";
import { manifest } from "./round.js";
import { announce, aside, complaint, exits, h, halt, questions, reveal, show, typeCode, welcome } from "./screens.js";
import { ready } from "./signal.js";
import { forget, forgetAll, linkKey, read, readDraft, saveDraft, trial, write } from "./store.js";
import { LANGUAGES, say, speak, spoken, tell } from "./texts.js";
import { b64u, unb64u } from "./wire.js";

const { origins } = manifest;
const { bundle, agency } = document.documentElement.dataset;
const SECRET = "bening-secret";
const RESTING_MINUTES = 2;
// Refusals of the gate after which the phone goes on with what it remembers of this link.
const PASSING = ["offline", "closed", "try_later", "slow_down"];
const REPORTED = ["right_used", "key_refused", "bad_receipt"];
const AGAIN = ["wrong_key", "offline", "try_later", "slow_down", "unknown", "bad_receipt", "other_tab"];

let app;
let redraw = () => {};

// The link's secret leaves the address bar at once; the tab remembers it for a reload.
function takeSecret() {
  const given = location.hash.slice(1) || location.pathname.split("/i/")[1];
  if (given) {
    sessionStorage.setItem(SECRET, given);
    history.replaceState(null, "", "/i");
  }
  return sessionStorage.getItem(SECRET);
}

async function start() {
  frame();
  // Something to read while a slow line brings the rest; the page itself comes with the same words.
  redraw = () => show(h("h1", {}, say("loading")), h("p", { class: "lead" }, say("lead")));
  const late = document.querySelector(".late");
  if (late) late.remove();
  else redraw();
  try {
    if (!isSecureContext) throw new Failed("not_secure");
    // Runs beside the first call, which does not need it; nothing can be answered before it has passed.
    const tried = trial().catch(() => {
      throw new Failed("no_crypto");
    });
    tried.catch(() => {}); // whoever waits for it hears of it
    const secret = takeSecret();
    if (secret) return await enter(secret, tried);
    await tried;
    askCode();
  } catch (failure) {
    refused(failure);
  }
}

function askCode(value) {
  redraw = () => askCode(value);
  typeCode({
    value,
    submit: async (text) => {
      if (!(await ready())) return refused(new Failed("offline"));
      const { typed } = await import("./codes.js");
      const bytes = typed(text);
      if (!bytes) return askCode(text);
      sessionStorage.setItem(SECRET, b64u(bytes));
      return start();
    },
  });
}

// Which right this secret opens: from the gate, or from memory when there is no signal.
async function whichRight(secret) {
  const link = await linkKey(secret);
  try {
    const reply = await post(`${origins.gate}/g/hello`, padded({ secret: b64u(secret) }));
    await checkedEntry(manifest, reply);
    const { entry, index, path, state } = reply;
    await write("links", link, { entry, index, path, state });
    return reply;
  } catch (failure) {
    const kept = PASSING.includes(failure.code) && (await read("links", link));
    if (!kept) throw failure;
    return kept;
  }
}

async function enter(text, tried) {
  const reply = await opening(text).finally(() => tried);
  const entry = await checkedEntry(manifest, reply);
  app = { secret: reply.secret, state: reply.state, entry, answers: {}, texts: {}, shared: false, spent: 0 };
  app.about = entry.about?.length === 1 ? entry.about[0] : "";
  app.since = performance.now();
  const coming = fetchInstrument(manifest, entry.instrument).then((instrument) => {
    app.instrument = instrument;
    named();
  });
  app.coming = coming.then(
    () => true,
    () => false,
  );
  const right = await read("rights", app.state);
  if (right) {
    await coming;
    return right.stage === "posted" ? receive(right) : deliver({});
  }
  greet(await readDraft(app.state));
  coming.catch(refused); // over the welcome, which stands by now
}

async function opening(text) {
  let secret;
  try {
    secret = unb64u(text);
  } catch {
    throw new Failed("unknown");
  }
  return { ...(await whichRight(secret)), secret };
}

function greet(draft) {
  Object.assign(app, draft);
  if (draft) speak(draft.language);
  frame();
  history.replaceState({ at: 0 }, "");
  draw();
}

// Screens by number: 0 welcome, then the blocks of the questionnaire, then the review.
const blocks = () => [...new Set(app.instrument.questions.map((question) => question.block || question.id))];
const inBlock = (name) => app.instrument.questions.filter((question) => (question.block || question.id) === name);
// Only answers to questions that were asked, with codes they offer, leave the page.
const typed = () => Object.entries(app.texts).map(([id, text]) => [id, text.trim()]).filter(([, text]) => text);
const way = () => walk(app.instrument, app.answers, typed(), true);
const shown = () => way().shown;
const alive = (name) => inBlock(name).some((question) => shown().includes(question.id));
const following = (at) => 1 + blocks().findIndex((name, index) => index >= at && alive(name)) || blocks().length + 1;

function draw() {
  const at = history.state?.at ?? 0;
  redraw = draw;
  if (at === 0) drawWelcome();
  else if (at > blocks().length) drawReview();
  else drawBlock(at, []);
}

function go(at, reviewing = false) {
  history.pushState({ at, reviewing }, "");
  keep();
  draw();
}

function drawWelcome() {
  const begin = async ({ currentTarget }) => {
    if (app.entry.about && !app.about) return document.getElementById("subject").focus();
    if (!app.instrument) {
      if (app.waited) return;
      app.waited = true; // a second tap is not a second step
      currentTarget.textContent = say("loading");
      announce(say("loading"));
      if (!(await app.coming)) return;
    }
    ready();
    return app.at ? resume(app.at) : go(following(0));
  };
  welcome({ entry: app.entry, manifest, agency, app, resumed: Boolean(app.at), begin });
}

// Returning people find the screens behind them in the browser's history again.
function resume(at) {
  for (let step = following(0); step < at; step = following(step)) history.pushState({ at: step }, "");
  go(at);
}

function drawBlock(at, faults) {
  const list = inBlock(blocks()[at - 1]);
  // What comes after this screen is not known before it is answered: all of it may.
  const living = blocks().filter((name, index) => index >= at || alive(name));
  const next = () => {
    const ids = list.map((question) => question.id);
    const wrong = way().faults.filter(([, id]) => ids.includes(id));
    if (wrong.length) {
      drawBlock(at, wrong);
      return document.querySelector(".summary").focus();
    }
    return go(history.state.reviewing ? blocks().length + 1 : following(at));
  };
  redraw = () => drawBlock(at, faults);
  questions(list, {
    at: living.indexOf(blocks()[at - 1]) + 1,
    of: living.length,
    way: way(),
    faults,
    answers: app.answers,
    texts: app.texts,
    answer: (id, value) => {
      app.answers[id] = value;
      reveal(list, way());
      keep();
    },
    write: (id, text) => {
      app.texts[id] = text;
      keep();
    },
    back: () => history.back(),
    next,
    help: exits(manifest, app.shared),
  });
}

async function drawReview() {
  if (!(await ready())) return unsent(drawReview);
  const { review } = await import("./finish.js");
  if (!(history.state.at > blocks().length)) return;
  const { answers, shown: asked } = way();
  const value = ({ id, kind, choices }) =>
    kind === "text"
      ? app.texts[id]
      : choices.length
        ? choices.filter(({ code }) => codesIn(answers[id]).includes(code)).map(({ label }) => tell(label)).join(", ")
        : answers[id];
  const items = app.instrument.questions
    .filter((question) => question.kind !== "note" && asked.includes(question.id))
    .map((question) => ({
      question,
      value: value(question),
      edit: () => go(blocks().indexOf(question.block || question.id) + 1, true),
    }));
  review({ items, back: () => history.back(), send: sealAndSend });
}

// The draft is saved in order, one writing after the other, and never on a shared phone.
let saving = Promise.resolve();

function keep() {
  const now = performance.now();
  app.spent += Math.min((now - app.since) / 60000, RESTING_MINUTES);
  app.since = now;
  app.at = history.state?.at ?? 0;
  const { state, shared, answers, texts, about, spent, at, before } = app;
  const draft = JSON.stringify({ answers, texts, about, spent, at, language: spoken() });
  if (before) return;
  saving = saving.then(() => (shared ? forget("drafts", state) : saveDraft(state, draft))).catch(() => {});
}

// Nothing can be sent yet: the answers wait here, and go on when the signal is back.
function unsent(again) {
  redraw = () => unsent(again);
  halt("try_later", { again });
  whenOnline(redraw, again);
}

// Only while this very screen still stands.
const whenOnline = (screen, again) => addEventListener("online", () => redraw === screen && again(), { once: true });

async function sealAndSend() {
  const { faults, answers, texts } = way();
  if (faults.length) {
    const question = app.instrument.questions.find(({ id }) => id === faults[0][1]);
    return go(blocks().indexOf(question.block || question.id) + 1, true);
  }
  keep();
  await saving;
  return deliver({ answers, texts, minutes: app.spent });
}

async function deliver(answered) {
  if (!(await ready())) return unsent(() => deliver(answered));
  const [{ send }, { sending }] = await Promise.all([import("./send.js"), import("./finish.js")]);
  app.locked = true;
  let report = sending();
  let waiting;
  redraw = () => {
    report = sending();
    if (waiting) report(waiting);
  };
  try {
    const posted = await send({
      ...app,
      ...answered,
      manifest,
      report: (code) => {
        waiting = code;
        report(code);
      },
    });
    if (posted.shared) sessionStorage.removeItem(SECRET);
    return receive(posted);
  } catch (failure) {
    // The group was re-drawn: what was prepared for the old one is void, the draft is not.
    if (failure.code === "wrong_key") await forget("rights", app.state);
    app.locked = false;
    return refused(failure, await read("rights", app.state));
  }
}

async function receive(right) {
  if (!(await ready())) return unsent(() => receive(right));
  const { receipt } = await import("./finish.js");
  redraw = () =>
    receipt(right, {
      closes: manifest.closes,
      change: () => {
        Object.assign(app, { answers: {}, texts: {}, spent: 0, before: right, shared: false, locked: false });
        go(following(0));
      },
    });
  app.locked = true;
  redraw();
  announce(say("sentTitle"));
}

function refused(failure, right) {
  const code = failure instanceof Failed ? failure.code : "bad_format";
  const fault = ["bad_token", "bad_owner", "unknown_key"].includes(code) ? "bad_format" : code;
  const words = { closed: right?.sent ? "closedSent" : "closed", bad_blind_sig: "key_refused" };
  const text = words[fault] ?? fault;
  // The tab need not remember a secret that opens nothing: trying again means typing the code.
  if (code === "unknown") sessionStorage.removeItem(SECRET);
  redraw = () =>
    halt(text, {
      report: reports(text),
      again: AGAIN.includes(text) && start,
      done: code === "closed" && app && leave,
    });
  redraw();
  if (PASSING.includes(text)) whenOnline(redraw, start);
}

function reports(text) {
  if (text === "unknown") return aside(origins.check, "cek", say("report"));
  return REPORTED.includes(text) && complaint(origins.check, "other", "report");
}

async function leave() {
  await forgetAll(app.state, await linkKey(app.secret));
  sessionStorage.removeItem(SECRET);
  show(h("h1", {}, say("done")));
}

function named() {
  const title = app?.instrument && tell(app.instrument.title);
  document.getElementById("agency").textContent = title ? `${agency} · ${title}` : agency;
}

// Banner, footer and languages stand on every screen.
function frame() {
  document.documentElement.lang = spoken();
  const demo = document.getElementById("demo");
  demo.hidden = manifest.split !== "demo";
  demo.textContent = say("demo");
  named();
  const choices = Object.entries(LANGUAGES).map(([code, name]) => {
    const press = () => {
      speak(code);
      frame();
      redraw();
      if (app) keep();
    };
    return h("button", { type: "button", class: "link", lang: code, "aria-pressed": String(spoken() === code), click: press }, name);
  });
  document.getElementById("footer").replaceChildren(
    h("div", { class: "languages" }, ...choices),
    h("p", { class: "muted" }, `${manifest.round} · ${manifest.split} · ${say("version")} ${bundle.slice(0, 8)}`),
  );
}

addEventListener("popstate", () => app?.instrument && !app.locked && draw());
addEventListener("hashchange", () => location.hash && start());
start();
