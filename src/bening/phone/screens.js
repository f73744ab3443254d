// What a person sees up to the last question: entry code, welcome, questions, refusals.

import { codesIn } from "./questionnaire.js";
import { date, say, spoken, tell } from "./texts.js";

// What may be promised, by the claim of the manifest; anything else is promised nothing.
const PROMISES = new Map([
  ["apart", ["locked", "apart", "superiors", "lastCounts", "oneOperator", "unproven", "screen"]],
  ["one-operator", ["locked", "nobody", "together", "superiors", "lastCounts", "oneOperator", "screen"]],
  ["full", ["locked", "nobody", "together", "superiors", "lastCounts", "screen"]],
]);
const EXITS = ["not_me", "not_employee", "refuse", "fraud"];

// h("p", {class: "lead"}, "words", child, …): attributes; functions are listeners.
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

export const button = (label, press, kind = "quiet") => h("button", { type: "button", class: kind, click: press }, label);

// Puts a screen on the page; its heading gets the focus, so that a screen reader begins there.
export function show(...content) {
  const main = document.getElementById("main");
  main.replaceChildren(...content.flat().filter(Boolean));
  const heading = main.querySelector("h1");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
}

export const announce = (text) => {
  document.getElementById("status").textContent = text;
};

const more = (title, ...content) => h("details", {}, h("summary", {}, say(title)), h("p", {}, ...content));

// Pages of the checking process open beside this one: nothing is lost here, and they learn nothing from here.
export const aside = (check, path, ...content) => {
  const href = `${check}/${path}${path.includes("?") ? "&" : "?"}bahasa=${spoken()}`;
  return h("a", { href, target: "_blank", rel: "noreferrer" }, ...content);
};

export const complaint = (check, reason, label) => aside(check, `cek/lapor?alasan=${reason}`, say(label ?? reason));

// The ways out of the survey; none of them writes or sends anything from this page.
export const exits = ({ origins, closes }, shared) =>
  h(
    "details",
    { class: "exits" },
    h("summary", {}, say("problem")),
    h("ul", {}, ...EXITS.map((reason) => h("li", {}, complaint(origins.check, reason)))),
    h("p", {}, h("strong", {}, say("coached")), h("br"), say("notNow", { date: date(closes) }), " ", !shared && say("atHome")),
    h("p", {}, complaint(origins.check, "coached", "complain")),
  );

export const nav = (...buttons) => h("div", { class: "nav" }, ...buttons);

export function typeCode({ value, submit }) {
  const wrong = Boolean(value);
  const input = h("input", {
    id: "code",
    class: "code",
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    maxlength: 30,
    value,
    "aria-describedby": wrong ? "code-hint code-wrong" : "code-hint",
    "aria-invalid": wrong ? "true" : null,
  });
  const form = h(
    "form",
    {
      submit: (event) => {
        event.preventDefault();
        submit(input.value);
      },
    },
    h("h1", {}, h("label", { for: "code" }, say("typeTitle"))),
    h("p", { id: "code-hint", class: "muted" }, say("typeHint")),
    wrong && h("p", { id: "code-wrong", class: "wrong", role: "alert" }, say("typeWrong")),
    input,
    h("button", { class: "main" }, say("open")),
  );
  show(form);
}

export function welcome({ entry, manifest, agency, app, resumed, begin }) {
  const { closes, min, origins } = manifest;
  const { group, sampled: n } = entry;
  const subjects = entry.about?.length > 1 && subjectChoice(entry.about, app);
  const box = h("input", {
    type: "checkbox",
    checked: app.shared,
    change: () => {
      app.shared = box.checked;
    },
  });
  const why = entry.census ? "all" : ["expert", "visitor"].includes(group) ? group : "drawn";
  const promise = PROMISES.get(manifest.claim.replace(/^[\d.]+\//, "")) ?? ["withheld"];
  const words = { n, label: tell(entry.label), least: min.tally, date: date(closes) };
  const told = promise.map((key) => say(key, words)).join(" ");
  const protection = more("protection", told, h("br"), aside(origins.check, "janji", say("limits")));
  // The questionnaire, which knows how long it takes, may still be on its way.
  const label = () => (app.instrument ? say("start", { n: app.instrument.minutes }) : say("startSoon"));
  const start = button(resumed ? say("resume") : label(), begin, "main");
  if (!resumed) app.coming.then(() => (start.textContent = label()));
  protection.open = promise.length > 1; // a promise stands there for everybody to read; that there is none, the banner says
  show(
    h("h1", {}, say(why === "drawn" ? "chosen" : "invited")),
    h("p", { class: "lead" }, say("lead")),
    h("p", { class: "muted" }, say(group === "visitor" ? "groupUpTo" : "group", words)),
    h(
      "div",
      { class: "lines" },
      more("who", say("whoText", { agency }), " ", say(`why_${why}`)),
      protection,
      more("genuine", say("genuineText"), " ", aside(origins.check, "cek", new URL(origins.check).host + "/cek"), "."),
    ),
    subjects,
    h("label", { class: "option" }, box, h("span", {}, say("shared"), h("small", {}, say("sharedHint")))),
    start,
    exits(manifest, app.shared),
  );
}

// Codes of institutions are readable slugs; the manifest carries no names for them.
function subjectChoice(codes, app) {
  const names = codes.map((code) => [code, code.replace(/[-/]/g, " ")]);
  const options = names.map(([code, name]) => h("option", { value: code, selected: app.about === code }, name));
  const select = h(
    "select",
    {
      id: "subject",
      required: true,
      change: () => {
        app.about = select.value;
      },
    },
    h("option", { value: "" }, say("choose")),
    ...options,
  );
  return h("p", {}, h("label", { for: "subject" }, say("subject")), select);
}

function options({ id, kind, choices }, given, choose) {
  const box = kind === "select_multiple";
  const boxes = choices.map(({ code }) =>
    h("input", {
      type: box ? "checkbox" : "radio",
      id: `${id}-${code}`,
      name: id,
      value: code,
      checked: codesIn(given).includes(code),
      // In the order of the questionnaire, whatever was ticked first.
      change: () => choose(boxes.filter((each) => each.checked).map((each) => each.value).join(" ")),
    }),
  );
  return choices.map(({ label }, at) => h("label", { class: "option" }, boxes[at], h("span", {}, tell(label))));
}

function field(question, { answers, texts, faults, answer, write }) {
  const { id, kind } = question;
  const fault = faults.find(([, item]) => item === id)?.[0];
  const notes = [
    question.hint && h("p", { id: `${id}-hint`, class: "muted" }, tell(question.hint)),
    kind === "select_multiple" && h("p", { id: `${id}-many`, class: "muted" }, say("many")),
    fault && h("p", { id: `${id}-wrong`, class: "wrong" }, fault === "QUEST-127" ? tell(question.message) : say(fault)),
  ].filter(Boolean);
  const described = notes.map((note) => note.id).join(" ") || null;
  const heading = [tell(question.label), !question.required && h("small", {}, ` ${say("optional")}`)];
  if (kind === "note") return h(id === question.block ? "h2" : "p", { id: `q-${id}`, class: "lead" }, tell(question.label));
  if (!question.choices.length) {
    const text = kind === "text";
    const input = h(text ? "textarea" : "input", {
      id: `${id}-0`,
      rows: text && 5,
      inputmode: !text && "numeric",
      maxlength: !text && 4,
      autocomplete: "off",
      "aria-describedby": described,
      input: () => (text ? write : answer)(id, text ? input.value : input.value.trim()),
    });
    input.value = (text ? texts : answers)[id] ?? "";
    return h("div", { id: `q-${id}`, class: "question" }, h("label", { for: input.id }, ...heading), ...notes, input);
  }
  return h(
    "fieldset",
    { id: `q-${id}`, "aria-describedby": described },
    h("legend", {}, ...heading),
    ...notes,
    ...options(question, answers[id], (value) => answer(id, value)),
  );
}

// One screen of questions.
export function questions(list, { at, of, way, faults, back, next, help, ...given }) {
  const fields = list.map((question) => field(question, { faults, ...given }));
  show(
    h("h1", { class: "step" }, h("progress", { max: of, value: at, "aria-hidden": "true" }), say("step", { at, of })),
    faults.length > 0 &&
      h(
        "div",
        { class: "summary", role: "alert", tabindex: -1 },
        h("strong", {}, say("missingTitle")),
        h("ul", {}, ...faults.map(([, id]) => h("li", {}, jump(list, id)))),
      ),
    ...fields,
    nav(button(say("back"), back), button(say("next"), next, "main")),
    help,
  );
  reveal(list, way);
}

function jump(list, id) {
  const press = (event) => {
    event.preventDefault();
    document.querySelector(`#q-${id} :is(label:not([hidden]) input, textarea, div > input)`).focus();
  };
  return h("a", { href: `#q-${id}`, click: press }, tell(list.find((one) => one.id === id).label));
}

// Questions that are not relevant (yet), and choices that are not offered (any more), stay on the page, hidden.
export function reveal(list, { shown, offered }) {
  for (const { id, choices } of list) {
    document.getElementById(`q-${id}`).hidden = !shown.includes(id);
    for (const { code } of choices) document.getElementById(`${id}-${code}`).parentElement.hidden = !offered[id].includes(code);
  }
}

// A refusal in words, with what the person can do about it.
export function halt(code, { report, again, done }) {
  show(
    h("h1", {}, say("stopTitle")),
    h("p", { class: "lead", role: "alert" }, say(code)),
    report && h("p", {}, report),
    again && button(say("again"), again, "main"),
    done && button(say("done"), done, "main"),
  );
}
