// Expressions, routing, checks: the twin of bening.core.questionnaire. Random cases are run through both and must agree.

import { textBytes } from "./wire.js";

const NUMBER = /^[ \t\r\n]*-?(\d+\.?\d*|\.\d+)[ \t\r\n]*$/;
const INTEGER = /^(0|[1-9]\d{0,3})$/;
const EXPONENT = /^(-?)(\d)\.?(\d*)e(.)(\d+)$/;

const numeric = (value) => (typeof value === "string" && !NUMBER.test(value) ? NaN : Number(value));

// Numbers in full, without an exponent.
const string = (value) =>
  typeof value !== "number"
    ? String(value)
    : String(value).replace(EXPONENT, (_, minus, first, rest, way, far) =>
        way === "-" ? `${minus}0.${"0".repeat(far - 1)}${first}${rest}` : minus + first + rest.padEnd(far, "0"),
      );

export const codesIn = (value) => string(value ?? "").split(" ");

function same(left, right) {
  const is = (kind) => typeof left === kind || typeof right === kind;
  const convert = is("boolean") ? Boolean : is("number") ? numeric : String;
  return convert(left) === convert(right);
}

const OPERATIONS = {
  or: (...parts) => parts.some(Boolean),
  and: (...parts) => parts.every(Boolean),
  not: (part) => !part,
  "=": same,
  "!=": (left, right) => !same(left, right),
  "<": (left, right) => numeric(left) < numeric(right),
  "<=": (left, right) => numeric(left) <= numeric(right),
  ">": (left, right) => numeric(left) > numeric(right),
  ">=": (left, right) => numeric(left) >= numeric(right),
  "+": (left, right) => numeric(left) + numeric(right),
  "-": (left, right) => numeric(left) - numeric(right),
  "*": (left, right) => numeric(left) * numeric(right),
  div: (left, right) => numeric(left) / numeric(right),
  mod: (left, right) => numeric(left) % numeric(right),
  if: (condition, then, other) => (condition ? then : other),
  coalesce: (first, second) => (first === "" ? second : first),
  selected: (answer, code) => codesIn(answer).includes(string(code)),
  "count-selected": (answer) => codesIn(answer).filter(Boolean).length,
  "string-length": (value) => [...string(value)].length,
  number: numeric,
  string,
  int: (value) => Math.trunc(numeric(value)),
  round: (value) => Math.round(numeric(value)),
};

// The worth of a compiled expression, given the answers that count; an item without one is the empty text.
export function evaluate(tree, values) {
  if (!Array.isArray(tree)) return tree;
  const [name, ...parts] = tree;
  return name === "$" ? (values.get(parts[0]) ?? "") : OPERATIONS[name](...parts.map((part) => evaluate(part, values)));
}

const holds = (tree, values) => tree == null || Boolean(evaluate(tree, values));

function textFault({ longest }, [text, another]) {
  if (another !== undefined || !text) return "QUEST-125";
  return textBytes(text) > longest && "QUEST-124";
}

// What is wrong with an answer to a question that was asked; nothing if it may stand.
const FAULTS = {
  text: textFault,
  integer: (_, [answer]) => !INTEGER.test(answer) && "QUEST-128",
  select_one: (_, [answer], offered) => !offered.includes(answer) && "QUEST-122",
  select_multiple: (_, [answer], offered) => !(answer && answer === chosen(answer, offered)) && "QUEST-122",
};

const fault = (question, given, offered, values) =>
  FAULTS[question.kind](question, given, offered) ||
  (!holds(question.constraint, new Map(values).set(".", given[0])) && "QUEST-127");

// Ticked codes in the order of the questionnaire: one spelling of every choice.
const chosen = (answer, offered) => offered.filter((code) => codesIn(answer).includes(code)).join(" ");

// One way through a questionnaire: ids shown, codes offered by id, answers that count, faults, and what was given to
// whom. Expressions see only answers that count: to a question that was asked, with a value it offers. `tidy` first
// drops what was given to questions that are not asked and codes that are not offered (any more).
export function walk(instrument, answers, texts, tidy) {
  const way = { shown: [], offered: {}, values: new Map(), faults: [], answers: {}, texts: [] };
  const { values } = way;
  for (const question of instrument.questions) {
    const { id, kind, choices, required } = question;
    let asked = holds(question.relevant, values);
    if (kind === "calculate") {
      if (asked) values.set(id, string(evaluate(question.calculation, values)));
      continue;
    }
    const codes = choices.filter(({ relevant }) => holds(relevant, values)).map(({ code }) => code);
    way.offered[id] = codes;
    asked &&= !choices.length || codes.length > 0;
    if (asked) way.shown.push(id);
    if (kind === "note") continue;
    let given = kind === "text" ? texts.filter(([item]) => item === id).map(([, text]) => text) : Object.keys(answers).includes(id) ? [answers[id]] : [];
    if (tidy) given = asked ? given.map((answer) => (choices.length ? chosen(answer, codes) : answer)).filter(Boolean) : [];
    const [answer] = given;
    const missing = asked && required && "QUEST-120";
    const code = !given.length ? missing : asked ? fault(question, given, codes, values) : "QUEST-121";
    if (code) way.faults.push([code, id]);
    if (!given.length) continue;
    if (kind === "text") way.texts.push([id, answer]);
    else {
      way.answers[id] = answer;
      if (!code) values.set(id, answer);
    }
  }
  return way;
}
