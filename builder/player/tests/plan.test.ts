import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import fc from "fast-check";
import { start, step } from "../src/core.js";
import type { Action, State } from "../src/core-types.js";
import type { Course } from "../src/data.js";
import { asCalendar } from "../src/looking-back/calendar.js";
import { gather, type Intention } from "../src/looking-back/gather.js";
import { asText } from "../src/looking-back/words.js";
import { setTexts } from "../src/view/texts.js";
import { course, reflection, sample } from "./sample.js";
import { anyText } from "./random.js";

const NOW = Date.UTC(2026, 10, 24, 12, 5, 9);
const DUTCH = readFileSync("../messages/nl.toml", "utf8").split(/^\[player\]$/m)[1]!;
setTexts(Object.fromEntries([...DUTCH.matchAll(/^(\w+) = "(.*)"$/gm)].map(([, key, text]) => [key!, text!])));

const looking = Object.fromEntries(["feeling", "words", "outside", "when", "then", "date"].map((part) => [part, `gesprek/${part}`]));
const talk = { ...sample.scenarios.gesprek!, title: "Het gesprek", looking: looking as never };
const kinds = { feeling: "choice", outside: "choice", date: "date" } as const;
const asked = Object.entries(looking).map(([part, key], i) =>
  reflection(key, { code: `g${i}`, kind: kinds[part as "feeling"] ?? "open", options: ["bang", "boos"], question: `${part}?` }),
);
const ours: Course = {
  ...course([talk], Object.values(sample.reflections)),
  reflections: { ...sample.reflections, ...Object.fromEntries(asked.map((each) => [each.key, each])) },
  title: "Proef, deel 1",
};

function after(...actions: Action[]): State {
  return actions.reduce((state, action) => step(ours, state, action).state, start(7));
}
const answer = (key: string, text: string): Action => ({ do: "answer", reflection: key, text });

test("what was written is gathered by lesson, intentions apart, with a way back to each", () => {
  const play: Action[] = [{ do: "go", place: { at: "step", lesson: 0, step: 1 } }, { do: "begin" }, { do: "choose", choice: 1 }, { do: "continue" }, { do: "choose", choice: 1 }, { do: "skip" }];
  const state = after(
    ...play,
    { do: "keep", where: "lms" },
    answer("keuze", "1"),
    answer("schaal", "3"),
    answer("r2", " Op dit apparaat. "),
    answer(looking.feeling!, "0"),
    answer(looking.when!, "Als iemand boos wordt, "),
    answer(looking.then!, "dan wacht ik."),
    answer(looking.date!, "20261130"),
  );
  const found = gather(ours, state, new Map([["open1", "Nog niet bewaard"]]));
  assert.deepEqual(found.intentions, [
    { key: looking.when, code: "ge", title: "Het gesprek", when: "iemand boos wordt", then: "wacht ik", day: "20261130", keep: "lms", place: { at: "step", lesson: 0, step: 1, debrief: true } },
  ]);
  assert.deepEqual(
    found.chapters.map(({ title, answers }) => [title, answers.map((each) => [each.reflection.key, each.words, each.keep])]),
    [["Les", [[looking.feeling, "bang", "lms"], ["open1", "Nog niet bewaard", "lms"], ["r2", "Op dit apparaat.", "device"], ["keuze", "nee", "lms"], ["schaal", "3 (1–10)", "lms"]]]],
  );
  const unplayed = gather(ours, after(answer(looking.when!, "x")), new Map());
  assert.equal(unplayed.intentions[0]!.place, null); // nothing to look back on, so no way there
  assert.deepEqual(gather(ours, start(1), new Map()), { intentions: [], chapters: [], strays: [] });
  const gone = gather(ours, { ...start(1), leftover: { raw: null, texts: { zz: "Een\nantwoord" } } }, new Map());
  assert.deepEqual(gone.strays, ["Een\nantwoord"]);
  assert.match(asText(ours, gone, NOW), /### Vragen die er niet meer zijn\n\n> Een\n> antwoord\n/);
});

test("the text says it all, and nothing written in it can leave its place", () => {
  const state = after(answer(looking.when!, "ik twijfel"), answer(looking.then!, "Dan vraag ik: wat zie jij?"), answer("open1", "# Geen kop\n\n- geen lijst"), { do: "keep", where: "not" });
  assert.equal(
    asText(ours, gather(ours, state, new Map()), NOW),
    [
      "# Proef, deel 1: Mijn plan en antwoorden",
      "",
      "Gemaakt op dinsdag 24 november 2026.",
      "",
      "## Wat ik mij voorneem",
      "",
      "### Het gesprek",
      "",
      "> Als ik twijfel, dan vraag ik: wat zie jij?",
      "",
      "## Wat ik opschreef",
      "",
      "### Les 1: Les",
      "",
      "**open1?**",
      "",
      "> # Geen kop",
      ">",
      "> - geen lijst",
      "",
    ].join("\n"),
  );
});

/** Lines as they were before folding (RFC 5545, 3.1). */
const unfolded = (file: string): string[] => file.replace(/\r\n /g, "").split("\r\n").slice(0, -1);
const plain = (value: string): string => value.replace(/\\n/g, "\n").replace(/\\([\\;,])/g, "$1");
const intention = (more: Partial<Intention>): Intention => ({ key: "k", code: "ge", title: "T", when: "a", then: "b", day: "20261130", keep: "lms", place: null, ...more });

test("a calendar file, to the letter", () => {
  const file = asCalendar(ours, [intention({ when: "het stil valt; even", then: "wacht ik\\ik tel tot 10" }), intention({ day: "" })], 35, NOW);
  assert.deepEqual(unfolded(file), [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//proef//1//NL",
    "CALSCALE:GREGORIAN",
    "BEGIN:VEVENT",
    "UID:z-ge@proef",
    "DTSTAMP:20261124T120509Z",
    "DTSTART;VALUE=DATE:20261130",
    "SUMMARY:Als het stil valt\\; even\\, dan wacht ik\\\\ik tel tot 10.",
    "DESCRIPTION:Voornemen na ‘T’\\, uit Proef\\, deel 1.",
    "CLASS:PRIVATE",
    "TRANSP:TRANSPARENT",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    "DESCRIPTION:Als het stil valt\\; even\\, dan wacht ik\\\\ik tel tot 10.",
    "TRIGGER:PT9H",
    "END:VALARM",
    "END:VEVENT",
    "END:VCALENDAR",
  ]);
});

test("whatever is written, the lines of a calendar file are short, end as they should, and say it unchanged", () => {
  fc.assert(
    fc.property(anyText, anyText, (when, then) => {
      const clean = (text: string): string => text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "");
      const [cue, act] = [clean(when), clean(then)];
      const file = asCalendar(ours, [intention({ when: cue, then: act })], 1, NOW);
      assert.match(file, /^(?:[^\r\n]*\r\n)+$/);
      for (const line of file.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, line);
      assert.doesNotMatch(file, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/);
      const summary = unfolded(file).find((line) => line.startsWith("SUMMARY:"))!;
      const said = `Als ${cue || "…"}, dan ${act || "…"}.`.replace(/([?!…])\.$/, "$1").replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "");
      assert.equal(plain(summary.slice(8)), said);
    }),
    { numRuns: 500 },
  );
});
