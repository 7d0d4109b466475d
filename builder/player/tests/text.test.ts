import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { wellFormed } from "../src/core/answers.js";
import { checksum, crc32, newest, packed, unpacked } from "../src/text.js";
import { anyText, runs } from "./random.js";
import { dictionaries } from "./sample.js";

const REFLECTION =
  "Ik merkte dat ik snel een oordeel had over Mo. Achteraf had ik liever eerst gevraagd wat hij zelf wilde, " +
  "want ik ging ervan uit dat hij niet gemotiveerd was. De volgende keer wil ik meer tijd nemen om te luisteren – één vraag, en dan stil zijn.";

test("CRC-32 is the usual one", () => {
  assert.equal(crc32(new TextEncoder().encode("123456789")), 0xcbf43926);
});

test("any text comes back as it was, as ASCII", () => {
  fc.assert(
    fc.property(anyText, (any) => {
      const text = wellFormed(any);
      const field = packed(text, dictionaries);
      assert.match(field, /^([0-9a-z]+\.[\w-]+)?$/);
      assert.equal(unpacked(field, "1", dictionaries), text);
    }),
    { numRuns: runs ?? 1000 },
  );
});

test("nothing that is not a packed text is read as one", () => {
  const field = packed(REFLECTION, dictionaries);
  assert.equal(unpacked(field, "0", dictionaries), null);
  assert.equal(unpacked(field, "toString", dictionaries), null);
  assert.equal(unpacked(field, "1", { "1": dictionaries["1"].replace(/ik/g, "ek") }), null);
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), fc.nat(), (noise, at) => {
      const i = at % field.length;
      const changed = field.slice(0, i) + noise + field.slice(i + noise.length + 1);
      const read = unpacked(changed, "1", dictionaries);
      assert.ok(read === null || read === REFLECTION || changed === "");
    }),
    { numRuns: runs ?? 1000 },
  );
});

test("the newest dictionary is written with; without any, the empty one", () => {
  assert.equal(newest({ "1": "", "2": "" }), "2");
  assert.equal(newest({}), "0");
  assert.equal(unpacked(packed(REFLECTION, {}), "0", {}), REFLECTION);
});

test("the dictionary helps, and is what it was: a text of an old save is read with it", () => {
  const field = packed(REFLECTION, dictionaries);
  assert.ok(field.length < 0.75 * REFLECTION.length, `${field.length} of ${REFLECTION.length}`);
  assert.ok(field.length < 0.85 * packed(REFLECTION, {}).length);
  assert.ok(new TextEncoder().encode(dictionaries["1"]).length <= 4096);
  assert.equal(checksum(dictionaries["1"]), "1emckwi");
});
