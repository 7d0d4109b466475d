import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import fc from "fast-check";
import { meIn, runOf, scenarioAt, screen, start, step, wayOf } from "../src/core.js";
import type { Action, Run, State } from "../src/core-types.js";
import { momentsOf } from "../src/core/run.js";
import type { Beat, Choice, Condition, Scenario } from "../src/data.js";
import { holds } from "../src/logic.js";
import { setTexts, t } from "../src/view/texts.js";
import { depths, trail } from "../src/looking-back/trail.js";
import { playActions, randomCourse } from "./random.js";
import { sample } from "./sample.js";

type Table = Map<string, string>;

/** The table [player] of a catalogue, its texts as they are written. */
function catalogue(language: string): Table {
  const whole = readFileSync(`../messages/${language}.toml`, "utf8");
  const table = whole.split(/^\[player\]$/m)[1]!.split(/^\[/m)[0]!;
  return new Map([...table.matchAll(/^(\w+) = (.+)$/gm)].map(([, key, text]) => [key!, text!]));
}

const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort();

test("both catalogues hold the same texts with the same placeholders", () => {
  const [nl, en] = [catalogue("nl"), catalogue("en")];
  assert.ok(nl.size > 150);
  assert.deepEqual([...nl.keys()], [...en.keys()]);
  for (const [key, text] of nl) assert.deepEqual(placeholders(text), placeholders(en.get(key)!), key);
});

test("every text that the views and the templates ask for by name is there", () => {
  const nl = catalogue("nl");
  const reports = ["survey.html", "watch.html", "inspect.html"]; // not the player's: their texts are in tables of their own
  const all = (folder: string): string => readdirSync(folder).filter((name) => !reports.includes(name)).map((name) => readFileSync(`${folder}/${name}`, "utf8")).join("\n");
  const asked = [...["src/view", "src/looking-back"].flatMap((folder) => [...all(folder).matchAll(/\bt\(\s*"(\w+)"/g)]), ...all("../templates").matchAll(/\bsay\("(\w+)"[,)]/g)];
  assert.ok(asked.length > 100);
  for (const [, key] of asked) assert.ok(nl.has(key!), key);
});

test("a text takes its values; count chooses; what is missing shows its key", () => {
  setTexts({ hello: "Dag {name}, {name} {unknown}", left: { one: "nog {count} les", other: "nog {count} lessen" } });
  assert.equal(t("hello", { name: "Mo" }), "Dag Mo, Mo {unknown}");
  assert.equal(t("left", { count: 1 }), "nog 1 les");
  assert.equal(t("left", { count: 0 }), "nog 0 lessen");
  assert.equal(t("nowhere"), "nowhere");
});

const enter: Action = { do: "go", place: { at: "step", lesson: 0, step: 1 } };

test("a thought is told once in the debrief: above the waterline if it ever came up, else below", () => {
  const play: Action[] = [enter, { do: "begin" }, { do: "choose", choice: 1 }, { do: "continue" }, { do: "choose", choice: 0 }, { do: "choose", choice: 1 }, { do: "continue" }, { do: "choose", choice: 1 }];
  const state = play.reduce((before, action) => {
    const { state: after } = step(sample, before, action);
    assert.notEqual(after, before, JSON.stringify(action));
    return after;
  }, start(3));
  const scenario = sample.scenarios.gesprek!;
  const visits = trail(scenario, state.seed, runOf(state, scenario));
  assert.deepEqual(
    visits.map(({ scene, choice }) => `${scene.key} ${choice?.key}`),
    ["aa-kamer vragen", "bb-regels terug", "aa-kamer vragen", "bb-regels door", "dd-vrijdag undefined"],
  );
  assert.deepEqual(
    depths(scenario, visits).map(({ title, thoughts }) => [title, thoughts.map(({ template, child, up }) => `${template} ${child} ${up}`)]),
    [["aa-kamer", ["t-aa-kamer 2 false", "t-aa-kamer 3 true", "t-reactie 1 false"]]],
  );
});

/** Every thought of another in the opening, in each scene where the run came, and in each reaction it got; where it was there. */
function thoughtsMet(scenario: Scenario, seed: number, run: Run): string[] {
  const taken = wayOf(scenario, seed, run).flatMap((turn) => (turn.kind === "choice" ? [scenario.scenes[turn.scene]!.choices[turn.choice]!] : []));
  const moments = momentsOf(scenario, seed, run);
  const scenes = scenario.scenes.filter(({ key }) => run.visited.includes(key));
  const of = (beats: readonly Beat[], template: string, me: string): string[] =>
    beats.flatMap(({ kind, who, only }, child) => (kind === "thought" && who !== me && (!only || there(template, only)) ? [`${template} ${child}`] : []));
  const there = (template: string, only: Condition): boolean =>
    moments.some((moment) => moment.phase === "scene" && scenario.scenes[moment.scene]!.template === template && holds(only, moment));
  const me = (choice: Choice): string => meIn(scenario, scenario.scenes.find(({ choices }) => choices.includes(choice))!);
  return [
    ...of(scenario.opening, scenario.template, scenario.me),
    ...scenes.flatMap((scene) => of(scene.beats, scene.template, meIn(scenario, scene))),
    ...[...new Set(taken)].flatMap((choice) => of(choice.beats, choice.template ?? "", me(choice))),
  ];
}

test("the path in the debrief is the history, and nothing is said to have come up that was never on the screen", () => {
  fc.assert(
    fc.property(randomCourse, fc.nat(), fc.array(fc.nat(), { maxLength: 30 }), (course, seed, picks) => {
      let state: State = step(course, start(seed), enter).state;
      const scenario = scenarioAt(course, state.place)!;
      const seen = new Set<string>();
      for (const pick of picks) {
        const now = screen(course, state)!;
        for (const { template, child } of now.beats) seen.add(`${template} ${child}`);
        const actions = playActions(course, state);
        if (actions.length === 0) break;
        state = step(course, state, actions[pick % actions.length]!).state;
      }
      const last = screen(course, state)!;
      for (const { template, child } of last.beats) seen.add(`${template} ${child}`);
      const run = runOf(state, scenario);
      if (run.phase === "opening") return; // nothing to look back on
      const visits = trail(scenario, state.seed, run);
      const chosen = visits.flatMap(({ choice }) => (choice ? [choice.key] : []));
      assert.deepEqual(chosen, run.history.flatMap((item) => ("choice" in item ? [item.choice] : [])));
      if (run.phase === "scene") assert.equal(visits[visits.length - 1]!.scene, scenario.scenes[run.scene]);
      const told = depths(scenario, visits).flatMap(({ thoughts }) => thoughts);
      const [up, below] = [true, false].map((side) => told.filter((each) => each.up === side).map(({ template, child }) => `${template} ${child}`));
      for (const thought of up!) assert.ok(seen.has(thought), thought);
      assert.equal(new Set([...up!, ...below!]).size, up!.length + below!.length, "each once, above or below");
      assert.deepEqual([...up!, ...below!].sort(), thoughtsMet(scenario, state.seed, run).sort(), "and no other's thought of this path is left out");
    }),
    { numRuns: 300 },
  );
});
