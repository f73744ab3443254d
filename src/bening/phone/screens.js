// What a person sees up to the last question: entry code, welcome, questions, refusals.

import { say, tell } from "./texts.js";

// h("p", {class: "lead"}, "words", child, …): attributes; functions are listeners; true, false and null as one expects.
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

export function welcome({ entry, instrument, origins, agency, app, resumed, begin }) {
  const check = `${origins.check}/cek`;
  const subjects = entry.about?.length > 1 && subjectChoice(entry.about, app);
  const box = h("input", {
    type: "checkbox",
    checked: app.shared,
    change: () => {
      app.shared = box.checked;
    },
  });
  const drawn = !entry.census && ["internal", "external"].includes(entry.group);
  show(
    h("h1", {}, drawn ? say("chosen") : say("invited")),
    h("p", { class: "lead" }, say("lead")),
    h("p", { class: "muted" }, say("group", { label: tell(entry.label), n: entry.sampled })),
    h(
      "div",
      { class: "lines" },
      more("who", say("whoText", { agency })),
      more("protection", say("protectionText")),
      more("genuine", say("genuineText"), " ", h("a", { href: check }, new URL(check).host + "/cek"), "."),
    ),
    subjects,
    h("label", { class: "option" }, box, h("span", {}, say("shared"), h("small", {}, say("sharedHint")))),
    button(resumed ? say("resume") : say("start", { n: instrument.minutes }), begin, "main"),
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

function options(question, chosen, choose) {
  return question.choices.map(({ code, label }) =>
    h(
      "label",
      { class: "option" },
      h("input", {
        type: "radio",
        id: `${question.id}-${code}`,
        name: question.id,
        value: code,
        checked: chosen === code,
        change: () => choose(code),
      }),
      h("span", {}, tell(label)),
    ),
  );
}

function field(question, { answers, texts, faults, answer, write }) {
  const { id } = question;
  const fault = faults.find(([, item]) => item === id);
  const notes = [
    question.hint && h("p", { id: `${id}-hint`, class: "muted" }, tell(question.hint)),
    fault && h("p", { id: `${id}-wrong`, class: "wrong" }, say(fault[0])),
  ].filter(Boolean);
  const described = notes.map((note) => note.id).join(" ") || null;
  const heading = [tell(question.label), !question.required && h("small", {}, ` ${say("optional")}`)];
  if (question.kind === "note") return h("p", { id: `q-${id}`, class: "lead" }, tell(question.label));
  if (question.kind === "text") {
    const area = h("textarea", { id: `${id}-0`, rows: 5, "aria-describedby": described, input: () => write(id, area.value) });
    area.value = texts[id] ?? "";
    return h("div", { id: `q-${id}`, class: "question" }, h("label", { for: area.id }, ...heading), ...notes, area);
  }
  return h(
    "fieldset",
    { id: `q-${id}`, "aria-describedby": described },
    h("legend", {}, ...heading),
    ...notes,
    ...options(question, answers[id], (code) => answer(id, code)),
  );
}

// One screen of questions; questions that are not relevant (yet) stay on the page, hidden.
export function questions(list, { at, of, shown, faults, back, next, ...given }) {
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
  );
  reveal(list, shown);
}

function jump(list, id) {
  const question = list.find((one) => one.id === id);
  const first = `${id}-${question.choices[0]?.code ?? 0}`;
  const press = (event) => {
    event.preventDefault();
    document.getElementById(first).focus();
  };
  return h("a", { href: `#${first}`, click: press }, tell(question.label));
}

export function reveal(list, shown) {
  for (const { id } of list) document.getElementById(`q-${id}`).hidden = !shown.includes(id);
}

// A refusal in words, with what the person can do about it.
export function stop(code, { report, again, done }) {
  show(
    h("h1", {}, say("stopTitle")),
    h("p", { class: "lead", role: "alert" }, say(code)),
    report && h("p", {}, h("a", { href: report }, say("report"))),
    again && button(say("again"), again, "main"),
    done && button(say("done"), done, "main"),
  );
}
