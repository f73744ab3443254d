// One interview on the tablet, from the first question to the seal. Answers live in this page's memory alone until
// they are sealed: a closed page forgets them, and nothing leads back into a sealed one.

import { review } from "./finish.js";
import { codesIn, walk } from "./questionnaire.js";
import { questions, reveal } from "./screens.js";
import { tell } from "./texts.js";

const RESTING_MINUTES = 2;

// `draws` is given a function for every screen, so that a change of language can draw it again; `leave` goes back
// before the first question; `done` gets what is to be sealed.
export function hold({ entry, instrument }, { draws, leave, done }) {
  const about = entry.about?.length === 1 ? entry.about[0] : "";
  const held = { answers: {}, texts: {}, minutes: 0, since: performance.now() };

  const blocks = [...new Set(instrument.questions.map((question) => question.block || question.id))];
  const inBlock = (name) => instrument.questions.filter((question) => (question.block || question.id) === name);
  const typed = () => Object.entries(held.texts).map(([id, text]) => [id, text.trim()]).filter(([, text]) => text);
  const way = () => walk(instrument, held.answers, typed(), true);
  const living = () => {
    const { shown } = way();
    return blocks.filter((name) => inBlock(name).some(({ id }) => shown.includes(id)));
  };

  function count() {
    const now = performance.now();
    held.minutes += Math.min((now - held.since) / 60000, RESTING_MINUTES);
    held.since = now;
  }

  // The next screen behind a block: another block, or the review.
  function after(name) {
    const alive = living();
    const next = alive.find((other) => blocks.indexOf(other) > blocks.indexOf(name));
    return next ? ask(next) : look();
  }

  function before(name) {
    const earlier = living().filter((other) => blocks.indexOf(other) < blocks.indexOf(name));
    return earlier.length ? ask(earlier.at(-1)) : leave();
  }

  function ask(name, { reviewing, faults = [] } = {}) {
    const list = inBlock(name);
    const next = () => {
      const ids = list.map(({ id }) => id);
      const wrong = way().faults.filter(([, id]) => ids.includes(id));
      count();
      if (!wrong.length) return reviewing ? look() : after(name);
      ask(name, { reviewing, faults: wrong });
      return document.querySelector(".summary").focus();
    };
    draws(() => {
      const alive = living();
      questions(list, {
        at: alive.indexOf(name) + 1,
        of: alive.length,
        way: way(),
        faults,
        answers: held.answers,
        texts: held.texts,
        answer: (id, value) => {
          held.answers[id] = value;
          reveal(list, way());
        },
        write: (id, text) => {
          held.texts[id] = text;
        },
        back: () => (reviewing ? look() : before(name)),
        next,
      });
    });
  }

  function look() {
    const { answers, shown } = way();
    const value = ({ id, kind, choices }) =>
      kind === "text"
        ? held.texts[id]
        : choices.length
          ? choices.filter(({ code }) => codesIn(answers[id]).includes(code)).map(({ label }) => tell(label)).join(", ")
          : answers[id];
    draws(() =>
      review({
        items: instrument.questions
          .filter((question) => question.kind !== "note" && shown.includes(question.id))
          .map((question) => ({
            question,
            value: value(question),
            edit: () => ask(question.block || question.id, { reviewing: true }),
          })),
        back: () => ask(living().at(-1)),
        send,
      }),
    );
  }

  function send() {
    const { faults, answers, texts } = way();
    if (faults.length) {
      const { block, id } = instrument.questions.find((question) => question.id === faults[0][1]);
      return ask(block || id, { reviewing: true, faults });
    }
    count();
    const given = { answers, texts, about, minutes: held.minutes };
    Object.assign(held, { answers: {}, texts: {} });
    return done(given);
  }

  ask(living()[0]);
}
