// Routing and checks: the twin of bening.core.questionnaire. Random cases are run through both and must agree.

import { byCodePoint, textBytes } from "./wire.js";

const TOKEN =
  /[ \t\r\n]*(?:\$\{([a-z][a-z0-9_]*)\}|('[^']*'|"[^"]*")|(-?[0-9]+(?:\.[0-9]+)?)|(!=|<=|>=|[=<>(),])|([a-z]+))/y;
const NUMBER = /^[ \t\r\n]*(-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))[ \t\r\n]*$/;
const [ITEM, TEXT, LITERAL, SIGN, WORD] = [1, 2, 3, 4, 5];
const SIGNS = {
  "=": (left, right) => left === right,
  "!=": (left, right) => left !== right,
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
};
const parsed = new Map();

const number = (text) => (NUMBER.test(text) ? Number(NUMBER.exec(text)[1]) : NaN);

function tokens(expression) {
  const text = expression.replace(/[ \t\r\n]+$/, "");
  const found = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match) throw new SyntaxError(expression);
    const kind = match.findIndex((group, at) => at && group !== undefined);
    found.push([kind, kind === TEXT ? match[2].slice(1, -1) : match[kind]]);
  }
  return found;
}

// The condition an expression states, as a function of the answers.
function parse(expression) {
  const list = tokens(expression);
  let next = 0;
  const fail = () => {
    throw new SyntaxError(expression);
  };
  const peek = (kind, word) => {
    const here = next < list.length && list[next][0] === kind && list[next][1] === word;
    next += here;
    return here;
  };
  const expect = (word) => peek(SIGN, word) || fail();
  const joined = (word, part, decide) => {
    const parts = [part()];
    while (peek(WORD, word)) parts.push(part());
    return (values) => parts[decide]((holds) => holds(values));
  };
  const any = () => joined("or", all, "some");
  const all = () => joined("and", one, "every");
  const inside = () => {
    const holds = any();
    expect(")");
    return holds;
  };
  const value = () => {
    const [kind, word] = list[next++] ?? fail();
    if (kind > LITERAL) fail();
    return { kind, word, of: (values) => (kind === ITEM ? (values.get(word) ?? "") : word) };
  };
  const selected = () => {
    expect("(");
    const item = value();
    expect(",");
    const code = value();
    expect(")");
    return (values) => item.of(values).split(" ").includes(code.word);
  };
  const comparison = () => {
    const left = value();
    const sign = list[next++]?.[1];
    const compare = SIGNS[sign] ?? fail();
    const right = value();
    const asText = (sign === "=" || sign === "!=") && left.kind !== LITERAL && right.kind !== LITERAL;
    const of = asText ? (text) => text : number;
    return (values) => compare(of(left.of(values)), of(right.of(values)));
  };
  const one = () => {
    if (peek(SIGN, "(")) return inside();
    if (peek(WORD, "not")) {
      expect("(");
      const inner = inside();
      return (values) => !inner(values);
    }
    return peek(WORD, "selected") ? selected() : comparison();
  };
  const condition = any();
  return next === list.length ? condition : fail();
}

function holds(expression, values) {
  if (!parsed.has(expression)) parsed.set(expression, parse(expression));
  return parsed.get(expression)(values);
}

const has = (object, key) => Object.prototype.hasOwnProperty.call(object, key);

const offers = (question, code) => question.choices.some((choice) => choice.code === code);

// The ids of the items shown. Conditions see only answers that count: to a question that was asked, with its codes.
export function relevant(instrument, answers) {
  const seen = new Map();
  return instrument.questions
    .filter((question) => {
      if (question.relevant && !holds(question.relevant, seen)) return false;
      if (offers(question, answers[question.id])) seen.set(question.id, answers[question.id]);
      return true;
    })
    .map((question) => question.id);
}

export function nextQuestion(instrument, answers, after = "") {
  const shown = relevant(instrument, answers);
  const ids = instrument.questions.map((question) => question.id);
  if (after && !ids.includes(after)) return null;
  return ids.slice(ids.indexOf(after) + 1).find((id) => shown.includes(id)) ?? null;
}

function textFaults(question, given) {
  if (given.length > 1 || !given[0]) return ["QUEST-125"];
  return textBytes(given[0]) > question.longest ? ["QUEST-124"] : [];
}

function faults(question, shown, answers, given) {
  if (question.kind === "note") return [];
  const isText = question.kind === "text";
  const answered = isText ? given.length > 0 : has(answers, question.id);
  if (!answered) return shown && question.required ? ["QUEST-120"] : [];
  if (!shown) return ["QUEST-121"];
  if (isText) return textFaults(question, given);
  return offers(question, answers[question.id]) ? [] : ["QUEST-122"];
}

// Everything wrong with the answers: [code, item] in the order of the questionnaire; texts are [item, text] pairs.
export function check(instrument, answers, texts) {
  const shown = relevant(instrument, answers);
  const kinds = new Map(instrument.questions.map((question) => [question.id, question.kind]));
  const strangers = new Set([
    ...Object.keys(answers).filter((item) => kinds.get(item) !== "select_one"),
    ...texts.map(([item]) => item).filter((item) => kinds.get(item) !== "text"),
  ]);
  return [
    ...instrument.questions.flatMap((question) => {
      const given = texts.filter(([item]) => item === question.id).map(([, text]) => text);
      return faults(question, shown.includes(question.id), answers, given).map((code) => [code, question.id]);
    }),
    ...[...strangers].sort(byCodePoint).map((item) => ["QUEST-123", item]),
  ];
}
