/** A scenario in play: opening, scene, reaction, ending. */
import { meIn, runOf, screen } from "../core.js";
import type { Later, Scenario, Scene } from "../data.js";
import type { Offer, Screen } from "../core-types.js";
import type { App } from "./app.js";
import { face, play } from "./beats.js";
import { actions, button, type Child, freshId, h, heading, icon, para } from "./dom.js";
import { frame, goals, type Here } from "./frame.js";
import { meters } from "./meters.js";
import { t } from "./texts.js";

/** Keys of intense scenes the learner chose to read; only for this launch. */
const entered = new Set<string>();

export function scenarioView(app: App, here: Here, scenario: Scenario): HTMLElement {
  const { session } = app;
  const now = screen(session.course, session.state())!;
  const scene = scenario.scenes[now.scene]!;
  if (now.kind === "opening") return opening(app, here, scenario, now);
  if (now.kind === "reaction") return reaction(app, here, scenario, scene, now);
  const run = runOf(session.state(), scenario);
  const shown = now.beats.map((beat) => beat.child);
  const heavy = scene.intense && !entered.has(scene.key);
  return frame(
    here,
    [scenario.title, scene.time].filter(Boolean).join(" – "),
    scene.title,
    now.kind === "scene" && meters(app, scenario, run),
    heavy
      ? warning(app, scene)
      : h(
          ".scene",
          now.arrived.map(arrived),
          play(scenario, meIn(scenario, scene), scene.beats, scene.template, shown),
          scene.rules.map((rule) => ruleCard(scenario, rule)),
          now.below && h(".below", icon("wave"), h("p", icon("lock"), t("stays_below"))),
        ),
    !heavy && (now.kind === "ending" ? ending(app, scenario) : choices(app, scenario, scene, now.offers)),
  );
}

function opening({ session }: App, here: Here, scenario: Scenario, now: Screen): HTMLElement {
  const shown = now.beats.map((beat) => beat.child);
  return frame(
    here,
    t("scenario"),
    scenario.title,
    goals(here),
    h(".scene", play(scenario, scenario.me, scenario.opening, scenario.template, shown)),
    people(scenario),
    actions(button("primary-action", () => session.dispatch({ do: "begin" }), t("begin_scenario"), icon("next")),
      button("subtle", () => session.dispatch({ do: "previous" }), icon("back"), t(here.at.step ? "previous" : "contents")),
    ),
  );
}

function people(scenario: Scenario): HTMLElement | false {
  return (
    scenario.people.length > 0 &&
    h(
      "section.scene",
      heading(2, t("people")),
      h(
        "ul.people",
        scenario.people.map(({ key, name, description }) =>
          h(
            "li", face(name),
            h("span", h("b", name), key === scenario.me && ` (${t("that_is_you")})`, description && `: ${description}`),
          ),
        ),
      ),
    )
  );
}

/** What you did, in its own words, and what came of it at once. */
function reaction(app: App, here: Here, scenario: Scenario, scene: Scene, now: Screen): HTMLElement {
  const { session } = app;
  const run = runOf(session.state(), scenario);
  const choice = scene.choices[run.last!.choice]!;
  const shown = now.beats.map((beat) => beat.child);
  return frame(
    here,
    t("you_chose"),
    choice.label,
    meters(app, scenario, run),
    h(".scene", play(scenario, meIn(scenario, scene), choice.beats, choice.template, shown)),
    actions(button("primary-action", () => session.dispatch({ do: "continue" }), t("continue"), icon("next")),
    ),
  );
}

/** A consequence of something done before, as the story tells it: with its moment, without a verdict. */
function arrived(later: Later): HTMLElement {
  return h(".later", h("p", h("b", t(`when_${later.when}`)), later.text));
}

export function ruleCard(scenario: Scenario, index: number): Child {
  const rule = scenario.rules[index];
  return (
    rule &&
    h(
      ".rule",
      h("p.rule__head", h("b", t("rule", { name: rule.name })), h("span", t(`rule_${rule.help}`))),
      h("p", rule.text),
    )
  );
}

function choices({ session }: App, scenario: Scenario, scene: Scene, offers: readonly Offer[]): HTMLElement {
  const choose = (offer: Offer) => (): void => void session.dispatch({ do: "choose", choice: offer.index });
  const only = scene.continues && offers.length === 1 ? offers[0] : undefined;
  if (only && only.closedBy === null) {
    return actions(button("primary-action", choose(only), only.label, icon("next")));
  }
  const id = freshId();
  const title = heading(2, t("what_do_you_do"));
  title.id = id;
  return h(
    "section.choices", { "aria-labelledby": id },
    title,
    h(
      "ul",
      { role: "list" },
      offers.map((offer) => h("li", offer.closedBy === null ? open(offer, choose(offer)) : closed(scenario, offer))),
    ),
  );
}

function open(offer: Offer, choose: () => void): HTMLElement {
  const element = button("secondary-action", choose, h("span", offer.label), icon("next"));
  element.classList.add("owl-choice");
  return element;
}

/** Seen, read, and not to be taken: text, no button, so nothing takes focus in vain. */
function closed(scenario: Scenario, offer: Offer): HTMLElement {
  const rule = scenario.rules[offer.closedBy!];
  return h(
    ".choice--closed",
    h("p", icon("lock"), h("span", offer.label)),
    h("p", h("b", t("closed")), rule && ` ${rule.text}`),
  );
}

function warning(app: App, scene: Scene): HTMLElement {
  const { session } = app;
  const read = (): void => {
    entered.add(scene.key);
    app.redraw();
  };
  return h(
    ".notice",
    para(t("intense")),
    scene.skip && para([h("b", t("skip_summary")), ` ${scene.skip.summary}`]),
    actions(button("primary-action", read, t("intense_read")),
      scene.skip && button("secondary-action", () => session.dispatch({ do: "skip" }), t("intense_skip")),
    ),
  );
}

function ending({ session }: App, scenario: Scenario): HTMLElement {
  return h(
    "section.scene",
    para(t("ending", { title: scenario.title })),
    actions(button("primary-action", () => session.dispatch({ do: "debrief" }), t("to_debrief"), icon("next")),
      button("subtle", () => session.dispatch({ do: "replay" }), t("replay")),
    ),
  );
}

