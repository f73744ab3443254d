// The checker page: what a person can find out about the own answers, invitation, group, and this page itself.
// Never shows a ballot's hash, version or time: they would tell whether somebody answered again.

import { client, counted, dayAfterClosing, group, invitations, recorded, secretIn, used } from "./check-proofs.js";
import { outcome, part, prints } from "./check-screen.js";
import { checkTexts } from "./check-texts.js";
import { codeTyped } from "./check-verify.js";
import { grouped } from "./codes.js";
import { manifest } from "./round.js";
import { announce, button, h } from "./screens.js";
import { LANGUAGES, date, say, speak, spoken, tell, texts } from "./texts.js";
import { unb64u } from "./wire.js";

Object.assign(texts, checkTexts);

const { bundle, agency } = document.documentElement.dataset;
// The receipt of a shared phone links here with this word: nothing but the code is left to check.
const ONLY_CODE = location.hash === "#kode";
const report = `${manifest.origins.check}/cek`;

let invited = [];
let picked = 0;
let code = "";
const results = {};

const words = ({ label, ...rest }) => ({
  ...rest,
  ...(label && { label: tell(label) }),
  date: date(["usedEarly", "usedNot"].includes(rest.of) ? dayAfterClosing() : manifest.closes),
});

// One check at a time; whatever comes of it stands below its button, in words, until it is asked again.
const check = (name, work) => async () => {
  results[name] = { text: "checking" };
  draw();
  try {
    results[name] = await work();
  } catch (failure) {
    results[name] = { text: failure.code === "checkOld" ? "checkOld" : "checkAway" };
  }
  draw();
  announce(said(name));
  document.getElementById(`${name}-result`).focus();
};

const said = (name) => say(results[name].text, words({ ...results[name].words, of: results[name].text }));

const below = (name) => results[name] && outcome(`${name}-result`, results[name].good, said(name), report);

function recordedPart() {
  const { right } = invited[picked] ?? {};
  const lines = right ? [button(say("checkNow"), check("recorded", () => recorded(right)))] : [h("p", {}, say("recordedNone"))];
  return part("recorded", which(), lines, below("recorded"));
}

// On a phone that several people used each has an invitation of the own.
function which() {
  if (invited.length < 2) return null;
  const label = ({ entry, right }) => {
    const group = tell(JSON.parse(entry).label);
    return `${group} · ${right ? say("checkAnswer", { code: grouped(right.code) }) : say("checkUnsent")}`;
  };
  const select = h(
    "select",
    {
      id: "which",
      change: () => {
        picked = Number(select.value);
        code = invited[picked].right?.code ?? "";
        for (const name of ["recorded", "counted", "used", "group"]) delete results[name];
        look();
      },
    },
    invited.map((one, at) => h("option", { value: at, selected: at === picked }, label(one))),
  );
  return h("p", {}, h("label", { for: "which" }, say("checkWhich")), select);
}

// A field with its button; what was typed stays, and stays out of the page's address.
function asking(name, { id, label, value, submit }) {
  const input = h("input", { id, class: "code", autocomplete: "off", spellcheck: "false", "aria-describedby": `${name}-result` });
  input.value = value;
  const press = (event) => {
    event.preventDefault();
    submit(input.value);
  };
  return h("form", { submit: press }, h("label", { for: id }, say(label)), input, h("button", { class: "quiet" }, say("checkNow")));
}

function countedPart() {
  const submit = (text) => {
    code = text;
    const right = codeTyped(text);
    return check("counted", async () => (right ? counted(right) : { text: "countedWrong" }))();
  };
  const value = codeTyped(code) ? grouped(codeTyped(code)) : code;
  return part("counted", null, asking("counted", { id: "code", label: "countedCode", value, submit }), below("counted"));
}

// The secret of this tab is used as it is; nobody else's is ever stored.
function usedPart() {
  const kept = sessionStorage.getItem("bening-secret");
  const submit = (text) => {
    const secret = secretIn(text);
    return check("used", async () => (secret ? used(secret, invited) : { text: "usedWrong" }))();
  };
  const field = kept
    ? button(say("checkNow"), check("used", () => used(unb64u(kept), invited)))
    : asking("used", { id: "invitation", label: "usedCode", value: "", submit });
  return part("used", null, field, below("used"), words({ of: "usedNot" }));
}

function groupPart() {
  const line = results.group ? below("group") : h("p", {}, say("groupNone"));
  return part("group", null, line, prints("rootIs", manifest.root));
}

function clientPart() {
  const press = button(say("checkNow"), check("client", () => client(bundle)));
  return part("client", null, [prints("clientIs", bundle), press], below("client"));
}

function draw() {
  frame();
  const parts = ONLY_CODE ? [countedPart()] : [recordedPart(), countedPart(), usedPart(), groupPart(), clientPart()];
  document
    .getElementById("main")
    .replaceChildren(
      h("h1", {}, say("checkTitle")),
      h("p", { class: "lead" }, say(ONLY_CODE ? "checkShared" : "checkLead")),
      ...parts,
    );
}

// The group needs no question: its entry was kept when the invitation was invited.
async function look() {
  if (invited.length) results.group = await group(invited[picked]);
  draw();
}

function frame() {
  document.documentElement.lang = spoken();
  document.title = `${say("checkTitle")} · ${agency}`;
  const demo = document.getElementById("demo");
  demo.hidden = manifest.split !== "demo";
  demo.textContent = say("demo");
  const choices = Object.entries(LANGUAGES).map(([language, name]) => {
    const press = () => {
      speak(language);
      draw();
    };
    return h("button", { type: "button", class: "link", lang: language, "aria-pressed": String(spoken() === language), click: press }, name);
  });
  document.getElementById("languages").replaceChildren(...choices);
  document.getElementById("offline").textContent = say("offlineLink");
  document.getElementById("split").textContent = `${manifest.round} · ${manifest.split} · ${say("version")} ${bundle.slice(0, 8)}`;
}

async function open() {
  if (!ONLY_CODE) invited = await invitations().catch(() => []);
  picked = Math.max(0, invited.findIndex((one) => one.right));
  code = invited[picked]?.right?.code ?? "";
  await look();
}

open();
