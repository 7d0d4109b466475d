/**
 * Free text as ASCII: deflate (RFC 1951) with a frozen dictionary, base64url (RFC 4648, no padding), CRC-32
 * of the plain bytes. The checksum is there because a wrong dictionary does not fail: it garbles.
 */
import { deflateSync, inflateSync } from "fflate";

/** Texts by number, one character. "0" is always there, and empty. */
export type Dictionaries = Readonly<Record<string, string>>;

/** The number under which new texts are written. Old dictionaries stay: they are what old saves need. */
export function newest(dictionaries: Dictionaries): string {
  return Object.keys(dictionaries).sort().pop() ?? "0";
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** CRC-32 (as in RFC 1952) of bytes, as an unsigned number. */
export function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** CRC-32 of a string's UTF-8 bytes in base 36, at most seven characters. */
export function checksum(text: string): string {
  return crc32(utf8(text)).toString(36);
}

/** `checksum.base64url` of a text without unpaired surrogates; nothing for no text. */
export function packed(text: string, dictionaries: Dictionaries): string {
  if (!text) return "";
  const bytes = deflateSync(utf8(text), { level: 9, dictionary: bytesOf(newest(dictionaries), dictionaries)! });
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return `${checksum(text)}.${base64.replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "")}`;
}

/** The text again, or null when it is damaged or was written with another dictionary. */
export function unpacked(field: string, number: string, dictionaries: Dictionaries): string | null {
  if (!field) return "";
  const bytes = bytesOf(number, dictionaries);
  const [sum, base64] = field.split(".");
  if (!bytes || !base64) return null;
  try {
    const binary = atob(base64.replace(/-/g, "+").replace(/_/g, "/"));
    const text = new TextDecoder().decode(inflateSync(Uint8Array.from(binary, (one) => one.charCodeAt(0)), { dictionary: bytes }));
    return checksum(text) === sum ? text : null;
  } catch {
    return null; // not base64, or not deflated
  }
}

function bytesOf(number: string, dictionaries: Dictionaries): Uint8Array | null {
  const text = number === "0" ? "" : dictionaries[number];
  return text === undefined ? null : utf8(text);
}
