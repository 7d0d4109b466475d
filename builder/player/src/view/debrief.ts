/** The debrief: feeling first, then the path, what was thought, what came of it, and what if. */
import { runsOf } from "../core.js";
import { offers } from "../core/moves.js";
import type { Later, Scenario } from "../data.js";
import type { App } from "./app.js";
import { nameOf, thought, under } from "./beats.js";
import { actions, button, type Child, h, heading, icon, para, prose } from "./dom.js";
import { frame, type Here, onwards } from "./frame.js";
import { t } from "./texts.js";
import { depths, type Thought, trail, type Visit } from "./trail.js";

export function debriefView(app: App, here: Here, scenario: Scenario): HTMLElement {
  const { session } = app;
  const state = session.state();
  const { now, first } = runsOf(state, scenario.key);
  const run = now?.ended ? now : first!;
  const visits = trail(scenario, state.seed, run);
  const { debrief } = scenario;
  const ledger = consequences(visits, scenario);
  return frame(
    here,
    scenario.title,
    t("debrief"),
    prose(debrief.opening),
    part(t("debrief_feelings"), prose(debrief.feelings) ?? para(t("debrief_feelings_more"))),
    part(t("debrief_path"), prose(debrief.path), h("ol.path", { role: "list" }, path(visits, scenario))),
    part(t("debrief_thoughts"), prose(debrief.thoughts), below(visits, scenario)),
    ledger.length > 0 && part(t("debrief_later"), para(t("debrief_later_more")), h("ul.ledger", { role: "list" }, ledger)),
    part(
      t("debrief_what_if"),
      prose(debrief.whatIf),
      actions(button("secondary-action", () => session.dispatch({ do: "replay" }), t("replay"))),
    ),
    onwards(app, here, "primary-action"),
  );
}

function part(title: string, ...children: Child[]): HTMLElement {
  return h("section.part", heading(2, title), children);
}

/** Each stop where there was something to decide, and where it ended. A plain "verder" is no stop. */
function path(visits: readonly Visit[], scenario: Scenario): HTMLElement[] {
  return visits.filter(({ scene, choice }) => scene.kind === "ending" || (choice && !scene.continues)).map((visit) => stop(visit, scenario));
}

function stop({ scene, run, choice }: Visit, scenario: Scenario): HTMLElement {
  const others = offers(scenario, run).filter(({ index }) => scene.choices[index] !== choice);
  const feedback = choice?.feedback && prose(choice.feedback);
  return h(
    `li.stop.stop--${scene.kind}`,
    h("", scene.time && h("p.kicker", scene.time), heading(3, scene.title)),
    choice && h("p.stop__choice", icon("next"), h("span", h("b", t("you_chose_here")), ` ${choice.label}`)),
    choice &&
      others.length > 0 &&
      h(
        ".stop__others",
        h("p", t("also_possible")),
        h(
          "ul", others.map(({ label, closedBy }) => h("li", label, closedBy !== null && ` (${t("was_closed")})`)),
        ),
      ),
    feedback && h(".feedback", h("p", h("b", t("feedback"))), feedback),
  );
}

/** What others thought along this path, scene by scene: what came up and what stayed below. */
function below(visits: readonly Visit[], scenario: Scenario): HTMLElement[] {
  const all = depths(visits);
  const count = (up: boolean): number => all.reduce((sum, depth) => sum + depth.thoughts.filter((each) => each.up === up).length, 0);
  if (all.length === 0) return [para(t("no_thoughts"))];
  const draw = (me: string, { beat, template, child, up }: Thought): Child => {
    const text = prose(template, child);
    return (
      text && [h("p.mark", icon(up ? "eye" : "lock"), t(up ? "came_up" : "stayed_below")), thought(scenario, me, beat, text)]
    );
  };
  return [
    para(`${t("came_up_count", { count: count(true) })} ${t("stayed_count", { count: count(false) })}`),
    ...all.map((depth) => h(".scene", heading(3, depth.scene.title), under(depth.thoughts.map((each) => draw(depth.me, each))))),
  ];
}

/** The ledger: every delayed consequence of what was chosen, meant or not, for whom, when, and whether it showed. */
function consequences(visits: readonly Visit[], scenario: Scenario): HTMLElement[] {
  const seen = new Set<Later>();
  return visits.flatMap(({ choice, scene }, index) =>
    (choice?.later ?? []).flatMap((later) => {
      if (seen.has(later)) return [];
      seen.add(later);
      const came = visits.slice(index + 1).some((visit) => visit.scene === scenario.scenes[later.to]);
      return [
        h(
          "li.result",
          h("p.kicker", t("because", { scene: scene.title, choice: choice!.label })),
          h("p.result__text", later.text),
          h(
            "ul.tags", { role: "list" },
            h("li", icon(later.intended ? "tick" : "warn"), t(later.intended ? "meant" : "unmeant")),
            later.whom && h("li", t("for_whom", { name: nameOf(scenario, later.whom) })),
            h("li", t(`when_${later.when}`)),
            !came && h("li", t("not_seen")),
          ),
        ),
      ];
    }),
  );
}
