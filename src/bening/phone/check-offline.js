// The checker as one file: everything comes from files that a person has saved, and nothing leaves the device.

import { outcome, part, prints } from "./check-screen.js";
import { offlineTexts } from "./check-offline-texts.js";
import { checkTexts } from "./check-texts.js";
import {
  ballotInLog,
  codeTyped,
  codesOf,
  digestOf,
  entriesOf,
  leavesOf,
  manifestHash,
  notesOf,
  WholeLog,
} from "./check-verify.js";
import { openedNote } from "./notes.js";
import { announce, button, h } from "./screens.js";
import { LANGUAGES, say, speak, spoken, texts } from "./texts.js";

Object.assign(texts, checkTexts, offlineTexts);

const BALLOTS = 1; // the kind of leaf
const inputs = {}; // field -> its element, one for the whole visit: a drawn-anew one would forget its files
const files = {};
const results = {};
let code = "";
let manifest;
let shownHashes = {};

const bad = (text, words = {}) => ({ good: false, text, words });
const whole = (text, words = {}) => ({ good: true, text, words });
const open = (text, words = {}) => ({ text, words });

const textOf = (field) => files[field][0].text();
const bytesOf = async (field) => new Uint8Array(await files[field][0].arrayBuffer());

async function keys() {
  manifest = undefined;
  try {
    manifest = JSON.parse(await textOf("manifest"));
    shownHashes = { keys: [["keysHash", await manifestHash(manifest)], ["rootIs", manifest.root]] };
    if (!files.entries) return whole("keysRead", manifest);
  } catch {
    manifest = undefined;
    return bad("fileBroken", { name: "manifest.json" });
  }
  try {
    const { root, entries } = await entriesOf(await textOf("entries"));
    if (root !== manifest.root || entries.length !== manifest.entries) return bad("keysWrong");
    const people = entries.reduce((sum, entry) => sum + entry.sampled, 0);
    return whole("keysWhole", { round: manifest.round, n: entries.length, people });
  } catch {
    return bad("keysWrong");
  }
}

async function log() {
  const leaves = leavesOf(await bytesOf("leaves"));
  if (!leaves) return bad("fileBroken", { name: "leaves" });
  const notes = (await Promise.all([...files.notes].map(async (file) => notesOf(await file.text())))).flat();
  const points = await Promise.all(notes.map((note) => openedNote(note, manifest.log.vkey)));
  if (points.includes(undefined)) return open("checkOld");
  if (!points.length || points.includes(null)) return bad("logForeign");
  const all = await WholeLog.of(leaves, (done, of) => announce(say("logProgress", { done, of })));
  for (const { size, root } of points) {
    if (size > all.size) return bad("logShort", { size, n: all.size });
    if ((await all.root(size)) !== root) return bad("logForked", { size });
  }
  if (!all.has(`02${await manifestHash(manifest)}`)) return bad("logStranger");
  return whole("logYes", { notes: points.length, n: all.size, ballots: all.count(BALLOTS) });
}

async function place() {
  let proof;
  try {
    proof = JSON.parse(await textOf("proof"));
  } catch {
    return bad("fileBroken", { name: "JSON" });
  }
  const signed = await openedNote(await textOf("point"), manifest.log.vkey);
  if (signed === undefined) return open("checkOld");
  if (!signed) return bad("logForeign");
  if (proof.size !== signed.size) return open("placeSize", { proof: proof.size, size: signed.size });
  const there = typeof proof.h === "string" && Array.isArray(proof.path) && (await ballotInLog(proof.h, proof, signed));
  return there ? whole("placeYes", signed) : bad("placeNo", signed);
}

async function list() {
  const codes = codesOf(await textOf("codes"));
  if (!codes) return bad("countedBroken");
  shownHashes.list = [["listHash", await digestOf(await bytesOf("codes"))]];
  const right = codeTyped(code);
  if (!right) return open("countedWrong");
  const n = codes.length;
  return codes.includes(right) ? whole("listYes", { n, different: new Set(codes).size }) : bad("listNo", { n });
}

// What each check needs before it can begin.
const NEEDS = { keys: ["manifest"], log: ["leaves", "notes"], place: ["proof", "point"], list: ["codes"] };

const run = (name, work) => async () => {
  const missing = NEEDS[name].some((field) => !files[field]?.length);
  results[name] = missing ? undefined : open("checking");
  if (!missing && name !== "list" && name !== "keys" && !manifest) results[name] = open("fileFirst");
  draw();
  if (results[name]?.text !== "checking") return;
  results[name] = await work().catch(() => bad("fileBroken", { name: "" }));
  draw();
  announce(say(results[name].text, results[name].words));
  document.getElementById(`${name}-result`).focus();
};

function chooser(name, field, label, many = false) {
  const change = () => {
    files[field] = [...inputs[field].files];
    delete results[name];
    document.getElementById(`${name}-result`)?.remove();
  };
  inputs[field] ??= h("input", { type: "file", id: `file-${field}`, multiple: many, change });
  return h("p", {}, h("label", { for: `file-${field}` }, say("fileChoose", { name: label })), inputs[field]);
}

function section(name, work, fields) {
  const result = results[name];
  return part(
    name,
    null,
    [...fields, button(say("checkNow"), run(name, work))],
    [
      result && outcome(`${name}-result`, result.good, say(result.text, result.words)),
      ...(result?.good === undefined && name !== "list" ? [] : (shownHashes[name] ?? []).map(([label, hash]) => prints(label, hash))),
    ],
  );
}

function typedCode() {
  const input = h("input", { id: "code", class: "code", autocomplete: "off", spellcheck: "false", input: () => {
    code = input.value;
  } });
  input.value = code;
  return h("p", {}, h("label", { for: "code" }, say("countedCode")), input);
}

function draw() {
  document.documentElement.lang = spoken();
  document.title = say("fileTitle");
  document
    .getElementById("main")
    .replaceChildren(
      h("h1", {}, say("fileTitle")),
      h("p", { class: "lead" }, say("fileLead")),
      section("keys", keys, [chooser("keys", "manifest", "manifest.json"), chooser("keys", "entries", "manifest.jsonl")]),
      section("log", log, [chooser("log", "leaves", "leaves"), chooser("log", "notes", say("logNotes"), true)]),
      section("place", place, [chooser("place", "proof", say("placeProof")), chooser("place", "point", say("placeNote"))]),
      section("list", list, [chooser("list", "codes", "codes.txt"), typedCode()]),
    );
  const press = (language) => () => {
    speak(language);
    draw();
  };
  const choices = Object.entries(LANGUAGES).map(([language, name]) =>
    h("button", { type: "button", class: "link", lang: language, "aria-pressed": String(spoken() === language), click: press(language) }, name),
  );
  document.getElementById("languages").replaceChildren(...choices);
}

draw();
