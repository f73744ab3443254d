// Bytes, their spellings, and canonical JSON. Integers are big-endian everywhere.

export const utf8 = (text) => new TextEncoder().encode(text);

export function join(...parts) {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export const number = (value, size) =>
  Uint8Array.from({ length: size }, (_, at) => Math.floor(value / 256 ** (size - 1 - at)) % 256);

export const random = (size) => crypto.getRandomValues(new Uint8Array(size));

export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

export const b64u = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

export const unb64u = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));

// Canonical JSON: keys by code point, no spaces, no floats, nothing escaped that need not be. Twin of the Python one.

// The language's own sort compares UTF-16 units, which is wrong above U+FFFF.
export function byCodePoint(one, other) {
  const left = [...one];
  const right = [...other];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const gap = left[at].codePointAt(0) - right[at].codePointAt(0);
    if (gap) return gap;
  }
  return left.length - right.length;
}

function quote(text) {
  if (/[\ud800-\udfff]/u.test(text)) throw new TypeError("lone surrogate");
  return JSON.stringify(text);
}

export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value === "string") return quote(value);
  if (value === null || typeof value === "boolean" || Number.isSafeInteger(value)) return String(value);
  if (typeof value !== "object") throw new TypeError("not canonical");
  const keys = Object.keys(value).sort(byCodePoint);
  return `{${keys.map((key) => `${quote(key)}:${canonical(value[key])}`).join(",")}}`;
}

// Bytes of a text as it stands in canonical JSON, without its quotes.
export function textBytes(text) {
  let size = -2;
  for (const char of quote(text)) {
    const point = char.codePointAt(0);
    size += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return size;
}
