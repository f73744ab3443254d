// The questionnaire on the phone's own screens. Answers stay in this page's memory; there is nothing here that sends.

import { review } from "./finish.js";
import { codesIn, walk } from "./questionnaire.js";
import { button, h, nav, questions, reveal, show } from "./screens.js";
import { LANGUAGES, speak, spoken, tell } from "./texts.js";

const instrument = await (await fetch("./questionnaire.json")).json();
const { name, version, minutes } = instrument;
const words = {
  banner: { id: "Pratinjau: tidak ada yang dikirim atau disimpan.", en: "Preview: nothing is sent or kept." },
  back: { id: "Semua kuesioner", en: "All questionnaires" },
  lead: { id: "Begini responden melihatnya di HP.", en: "This is how respondents see it on their phones." },
  facts: { id: `${name}, versi ${version}, sekitar ${minutes} menit.`, en: `${name}, version ${version}, about ${minutes} minutes.` },
  begin: { id: "Mulai pratinjau", en: "Begin the preview" },
  end: { id: "Pratinjau selesai", en: "End of the preview" },
  nothing: { id: "Jawaban Anda tidak dikirim ke mana pun.", en: "Your answers were not sent anywhere." },
  again: { id: "Ulangi", en: "Once more" },
};
const blockOf = (question) => question.block || question.id;
const blocks = [...new Set(instrument.questions.filter(({ kind }) => kind !== "calculate").map(blockOf))];
const inBlock = (name) => instrument.questions.filter((each) => each.kind !== "calculate" && blockOf(each) === name);
let given = { answers: {}, texts: {} };
let at = -1;
let redraw = () => {};

const typed = () => Object.entries(given.texts).map(([id, text]) => [id, text.trim()]).filter(([, text]) => text);
const way = () => walk(instrument, given.answers, typed(), true);
const alive = (name) => inBlock(name).some(({ id }) => way().shown.includes(id));

// The nearest screen with something on it, from `from` in steps of one.
function seek(from, step) {
  let place = from;
  while (blocks[place] && !alive(blocks[place])) place += step;
  return place;
}

function go(place) {
  at = place;
  if (at < 0) welcome();
  else if (at >= blocks.length) summary();
  else block([]);
}

function welcome() {
  redraw = welcome;
  show(
    h("h1", {}, tell(instrument.title)),
    h("p", { class: "lead" }, tell(words.lead)),
    h("p", { class: "muted" }, tell(words.facts)),
    nav(button(tell(words.begin), () => go(seek(0, 1)), "main")),
  );
}

function block(faults) {
  redraw = () => block(faults);
  const list = inBlock(blocks[at]);
  const living = blocks.filter(alive);
  questions(list, {
    at: living.indexOf(blocks[at]) + 1,
    of: living.length,
    way: way(),
    faults,
    ...given,
    answer: (id, value) => {
      given.answers[id] = value;
      reveal(list, way());
    },
    write: (id, text) => {
      given.texts[id] = text;
    },
    back: () => go(seek(at - 1, -1)),
    next: () => {
      const wrong = way().faults.filter(([, id]) => list.some((each) => each.id === id));
      if (!wrong.length) return go(seek(at + 1, 1));
      block(wrong);
      return document.querySelector(".summary").focus();
    },
  });
}

function summary() {
  redraw = summary;
  const { answers, texts, shown } = way();
  const written = Object.fromEntries(texts);
  const value = ({ id, choices }) =>
    choices.length
      ? choices.filter(({ code }) => codesIn(answers[id]).includes(code)).map(({ label }) => tell(label)).join(", ")
      : (answers[id] ?? written[id]);
  const items = inAll().filter(({ id, kind }) => kind !== "note" && shown.includes(id));
  review({
    items: items.map((question) => ({ question, value: value(question), edit: () => go(blocks.indexOf(blockOf(question))) })),
    back: () => go(seek(at - 1, -1)),
    send: finished,
  });
}

const inAll = () => blocks.flatMap(inBlock);

function finished() {
  redraw = finished;
  const again = () => {
    given = { answers: {}, texts: {} };
    go(-1);
  };
  show(h("h1", {}, tell(words.end)), h("p", { class: "lead" }, tell(words.nothing)), nav(button(tell(words.again), again, "main")));
}

function frame() {
  document.documentElement.lang = spoken();
  document.getElementById("demo").textContent = tell(words.banner);
  document.getElementById("agency").replaceChildren(h("a", { href: "../" }, tell(words.back)));
  const choices = Object.entries(LANGUAGES).map(([code, name]) => {
    const press = () => {
      speak(code);
      frame();
      redraw();
    };
    return h("button", { type: "button", class: "link", lang: code, "aria-pressed": String(spoken() === code), click: press }, name);
  });
  document.getElementById("footer").replaceChildren(h("div", { class: "languages" }, ...choices));
}

frame();
go(-1);
