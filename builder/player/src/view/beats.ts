/** Prose, speech and thought of a scene. Consecutive thoughts lie together below the waterline. */
import type { Beat, Scenario } from "../data.js";
import { type Child, h, icon, prose } from "./dom.js";
import { t } from "./texts.js";

/** What speaks without being a person. */
const PAPER = ["brief", "bericht", "dossier", "omroep"];

export function nameOf(scenario: Scenario, who: string): string {
  return scenario.people.find((person) => person.key === who)?.name ?? who.charAt(0).toUpperCase() + who.slice(1);
}

export function face(name: string): HTMLElement {
  return h("span.face", { "aria-hidden": "true" }, name.charAt(0));
}

/** "Mo, gespannen:" as one reads it aloud. */
function speaker(name: string, mood: string | undefined): HTMLElement {
  return h("p.speaker", h("b", name), mood && h("span", `, ${mood}`), ":");
}

export function thought(scenario: Scenario, me: string, beat: Beat, text: HTMLElement): HTMLElement {
  const who = beat.who ?? "";
  const own = who === me;
  text.classList.add("owl-thought__text");
  return h(
    `.thought.thought--${own ? "me" : "other"}`,
    speaker(own ? t("you_think") : t("thinks", { name: nameOf(scenario, who) }), beat.mood),
    text,
  );
}

function speech(scenario: Scenario, me: string, beat: Beat, text: HTMLElement): HTMLElement {
  const who = beat.who ?? "";
  const paper = PAPER.includes(who) && !scenario.people.some((person) => person.key === who);
  const kind = paper ? "paper" : who === me ? "me" : "other";
  const name = nameOf(scenario, who);
  text.classList.add("owl-bubble");
  return h(
    `.speech.speech--${kind}`,
    !paper && face(name),
    speaker(who === me ? t("you") : name, beat.mood),
    text,
  );
}

/** A stretch of water with what lies in it. */
export function under(...children: Child[]): HTMLElement {
  return h(".under", icon("wave"), h(".under__inner", children));
}

/** The beats `shown` (indices) of one template, as `me` meets them. */
export function play(
  scenario: Scenario,
  me: string,
  beats: readonly Beat[],
  template: string | undefined,
  shown: readonly number[],
): HTMLElement[] {
  const parts: HTMLElement[] = [];
  let thoughts: HTMLElement[] = [];
  const surface = (): void => {
    if (thoughts.length) parts.push(under(thoughts));
    thoughts = [];
  };
  for (const child of shown) {
    const beat = beats[child];
    const text = prose(template, child);
    if (!beat || !text) continue;
    if (beat.kind === "thought") {
      thoughts.push(thought(scenario, me, beat, text));
    } else {
      surface();
      parts.push(beat.kind === "speech" ? speech(scenario, me, beat, text) : text);
    }
  }
  surface();
  return parts;
}
