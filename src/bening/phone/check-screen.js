// The parts of the checker page, online and off: a check with what it proves, its outcome, a fingerprint.

import { h } from "./screens.js";
import { say } from "./texts.js";

// One check. `name` names its texts: title, what it proves, what it does not.
export const part = (name, before, content, result, words = {}) =>
  h(
    "section",
    { "aria-labelledby": `${name}-title`, id: name },
    h("h2", { id: `${name}-title` }, say(`${name}Title`)),
    h("p", { class: "muted" }, h("strong", {}, say("checkProves")), ` ${say(`${name}Proves`)}`),
    h("p", { class: "muted" }, h("strong", {}, say("checkNot")), ` ${say(`${name}Not`, words)}`),
    before,
    content,
    result,
  );

// What came of a check: a mark and words, and where to report what is wrong.
export function outcome(id, good, text, report) {
  const kind = good === undefined ? "open" : good ? "good" : "bad";
  const link = good === false && report && h("a", { href: report, rel: "noreferrer" }, say("checkReport"));
  return h("p", { id, class: `result ${kind}`, tabindex: -1 }, text, link && " ", link);
}

// A hash in pieces that can be read aloud and compared.
export const prints = (label, hash) =>
  h("p", { class: "print" }, h("strong", {}, say(label)), h("code", {}, hash.match(/.{1,8}/g).join(" ")));
