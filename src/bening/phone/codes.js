// Codes that people read and type: Crockford's base 32, where O is 0 and I and L are 1.

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// The bytes of a typed invitation code (16 characters + 2 check characters), or null.
export function typed(text) {
  const plain = text.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  if (plain.length !== 18 || [...plain].some((char) => !ALPHABET.includes(char))) return null;
  const whole = [...plain].reduce((sum, char) => sum * 32n + BigInt(ALPHABET.indexOf(char)), 0n);
  const secret = whole >> 10n;
  if ((whole & 1023n) !== secret % 1021n) return null;
  return Uint8Array.from({ length: 10 }, (_, at) => Number((secret >> BigInt(72 - 8 * at)) & 255n));
}

// The 16 characters of a receipt code of 10 random bytes.
export function receiptCode(bytes) {
  const whole = Array.from(bytes).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return Array.from({ length: 16 }, (_, at) => ALPHABET[Number((whole >> BigInt(75 - 5 * at)) & 31n)]).join("");
}

export const grouped = (code) => code.match(/.{1,4}/g).join("-");
