/** The finished run once more through another's eyes, turn by turn: a place, nothing of what was played changes. */
import { beatsOf, copy, fill, find, finished, one, play, t } from "player";
import type { Beat, Scenario } from "../data.js";
import type { Mirror, Place } from "../core-types.js";
import type { App } from "../view/app.js";
import type { Parts } from "../view/dom.js";
import { turnsOf, type Seen, type Turn } from "./turns.js";

type Here = Extract<Place, { at: "step" }> & { mirror: Mirror };

/** What was guessed (an index; -1: rather seen at once) and which intense scenes were entered, by turn; only for this launch. */
const guessed = new Map<string, number>();
const entered = new Set<string>();

export function mirrorView(app: App, view: HTMLElement, scenario: Scenario): void {
  const state = app.session.state();
  const place = state.place as Here;
  const { as, at } = place.mirror;
  const run = finished(state, scenario.key)!;
  const turns = turnsOf(scenario, state.seed, run, as);
  const { who } = scenario.replays[as]!;
  const name = nameOf(scenario, who);
  const turn = turns[at];
  if (!turn) return ending(view, place, name, turns.length > 0);

  const id = JSON.stringify([scenario.key, as, at, run.history]);
  const scene = scenario.scenes[turn.scene]!;
  const guess = guessed.get(id);
  const heavy = !!scene.intense && !entered.has(id);
  const asks = turn.guesses.length > 0 && guess === undefined;
  const turned = turn.me === who ? undefined : (beat: Beat, element: Element) => label(scenario, turn, who, beat, element);

  const screen = copy(scene.template);
  const [top, rest] = [copy("mirror-top"), copy("mirror-rest")];
  const told = turn.beats.filter((each) => !turn.thoughts.includes(each));
  const stages = told.length ? [stage(scene.template, told, turned)] : [];
  find(rest, "ul").append(...turn.guesses.map((each, index) => option(each, index)));
  const depth = stage(scene.template, turn.thoughts);
  find(rest, "[data-part=thought]").append(depth);
  depth.prepend(find(rest, ".owl-guessed")); // a guess stays in the air
  const reaction = scene.choices[turn.choice ?? 0]?.template;
  if (reaction) find(rest, "[data-part=chose]").after(stage(reaction, turn.reaction, turned));
  view.append(top, find(screen, "h1").parentElement!);
  find(view, "h1").parentElement!.after(find(view, "[data-part=first]")); // after the heading, which gets the focus
  view.append(...screen.querySelectorAll(".owl-pause, [data-part=heavy]"), ...stages, rest);

  const onwards = act(place, at + 1);
  for (const [part, to] of [["on", onwards], ["previous", act(place, at - 1)], ["stop", act(place, null)]] as const) {
    find(view, `[data-part=${part}]`).dataset.act = to;
  }
  for (const skip of view.querySelectorAll<HTMLElement>('[data-act*="skip"]')) skip.dataset.act = onwards;
  const shown = !heavy && !asks;
  fill(view, {
    heavy,
    calm: !heavy,
    as: t("mirror_as", { name, turn: at + 1, of: turns.length }),
    first: at === 0 && t("mirror_first", { name, me: nameOf(scenario, scenario.me) }),
    guess: !heavy && asks,
    "guess-title": t("mirror_guess", { name }),
    thought: shown && turn.thoughts.length > 0,
    "thought-title": t("mirror_thought", { name }),
    guessed: guess !== undefined && guess >= 0,
    "guessed-words": words(turn.guesses[guess ?? -1]),
    after: shown,
    chose: shown && turn.choice !== null,
    "chose-who": turn.me === who ? t("you_chose_here") : t("mirror_chose", { name: nameOf(scenario, turn.me) }),
    "chose-what": scene.choices[turn.choice ?? 0]?.label ?? "",
    on: shown,
    previous: at > 0,
    stop: true,
  } satisfies Parts);

  app.on.read = () => {
    entered.add(id);
    app.redraw();
  };
  app.on.guess = ({ value }) => {
    guessed.set(id, Number(value));
    app.redraw();
    find(document, "main h2[tabindex]").focus();
    app.announce(turn.thoughts.map(words).join(" "));
  };
}

/** After the last turn, or where this person was nowhere on the path. */
function ending(view: HTMLElement, place: Here, name: string, seen: boolean): void {
  view.append(copy("mirror-end"));
  find(view, "[data-part=stop]").dataset.act = act(place, null);
  find(view, "[data-part=again]").dataset.act = act(place, 0);
  fill(view, { title: t("mirror_end", { name }), seen, "not-seen": !seen && t("mirror_nowhere", { name }), again: seen, stop: true });
}

/** The action that leads to a turn; without one, to the debrief. */
function act({ mirror, ...place }: Here, at: number | null): string {
  return JSON.stringify({ do: "go", place: { ...place, ...(at !== null && { mirror: { as: mirror.as, at } }) } });
}

/** What surrounds the beats in a template, with only those seen. */
function stage(template: string, seen: readonly Seen[], turned?: (beat: Beat, element: Element) => void): HTMLElement {
  const around = find(copy(template), "[data-beats]").parentElement!;
  const all = beatsOf(around);
  for (const { beat, child } of seen) turned?.(beat, all[child]!);
  play(around, seen.map(({ child }) => child));
  return around;
}

/** A beat was made for who was "je" the first time: now the other is, and that one has a name again. */
function label(scenario: Scenario, { me }: Turn, who: string, beat: Beat, element: Element): void {
  if (beat.kind === "prose" || (beat.who !== who && beat.who !== me)) return;
  const mine = beat.who === who;
  const name = nameOf(scenario, beat.who!);
  const thinks = mine ? t("you_think") : t("thinks", { name });
  element.className = element.className.replace(/--(me|other|across)\b/g, mine ? "--me" : "--other");
  find(element, ".owl-speaker b").textContent = beat.kind === "thought" ? thinks : mine ? t("you") : name;
}

function option(seen: Seen, index: number): HTMLElement {
  const item = one("mirror-guess");
  find(item, "span").textContent = words(seen);
  find<HTMLButtonElement>(item, "button").value = String(index);
  return item;
}

/** The words of a thought. */
function words(seen: Seen | undefined): string {
  return seen ? find(beatsOf(copy(seen.template))[seen.child]!, ".owl-prose").textContent!.trim() : "";
}

function nameOf(scenario: Scenario, who: string): string {
  return scenario.people[who] ?? who;
}
