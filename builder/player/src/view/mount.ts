/** Puts the views in the page and draws again when what they show changed. */
import { scenarioAt, stepAt } from "../core.js";
import type { State } from "../core-types.js";
import type { Session } from "../session-types.js";
import type { App } from "./app.js";
import { contentsView } from "./contents.js";
import { buttons } from "./dialogs.js";
import { fill, find, get, one } from "./dom.js";
import { laterView } from "./later.js";
import { notices, offerView } from "./notices.js";
import { scenarioView } from "./scene.js";
import { saveStatus } from "./status.js";
import { t } from "./texts.js";

/**
 * Show a session in the page of `templates/page.html`. Call `setTexts` first.
 */
export function mount(session: Session): void {
  const main = get("main");
  const moved = new Map<string, { from: number; to: number }>();
  let drawn = "";
  /** Why nothing goes on here. */
  let left = "";

  const app: App = {
    session,
    on: {},
    moved,
    drafts: new Map(),
    redraw: () => draw(true),
    announce: (text) => get("live").replaceChildren(text),
    leave: () => {
      left = "asked";
      session.close();
      draw(true);
    },
  };

  const draw = (toHeading: boolean): void => {
    const scroll = scrollY;
    const inside = main.contains(document.activeElement);
    const asks = !!left || session.offer() !== null;
    const view = left ? leftView(session, left) : (offerView(app) ?? current(app));
    drawn = signature(session.state());
    main.classList.toggle("owl-main--sea", view.matches(".owl-contents"));
    main.replaceChildren(...(asks ? [] : notices(app)), view);
    get("menu").hidden = asks || session.state().place.at === "contents";
    get("foot").hidden = asks;
    const title = find(view, "h1");
    document.title = `${title.textContent} – ${session.course.title}`;
    if (toHeading || inside) title.focus({ preventScroll: true });
    scrollTo(0, toHeading ? 0 : scroll);
  };

  buttons(app);
  const save = saveStatus(session, get("save-state"));

  session.subscribe((event) => {
    if (event.on === "elsewhere") left = event.on;
    if (event.on === "offer" || left) draw(event.on === "offer");
    if (event.on !== "state") return save(); // "no-room" is told beside the answer, which asked
    const focus = event.commands.some(({ order }) => order === "focus");
    const told = event.commands.flatMap((command) => (command.order === "announce" ? [command] : []));
    if (focus) moved.clear();
    for (const { meter, from, to } of told) moved.set(meter, { from, to });
    if (focus || signature(session.state()) !== drawn) draw(focus);
    const back = main.querySelector(".owl-undone")?.textContent ?? "";
    if (focus) app.announce(told.map((each) => meterNews(session, each)).join(" ") || back);
    save();
  });
  // Words that found no place yet would go with the window: the browser asks.
  addEventListener("beforeunload", (event) => {
    if (app.drafts.size && !left) event.preventDefault();
  });
  save();
  draw(false);
}

/** What decides whether the screen must be drawn anew: not what is being typed, which would lose its place. */
function signature({ place, runs, keep, checks, notices: told }: State): string {
  return JSON.stringify([place, runs, keep, checks, told]);
}

function meterNews({ course, state }: Session, { meter, from, to }: { meter: string; from: number; to: number }): string {
  const name = scenarioAt(course, state().place)?.meters.find(({ key }) => key === meter)?.name ?? meter;
  return t(to > from ? "meter_up" : "meter_down", { name, from, to });
}

function current(app: App): HTMLElement {
  const { course, state } = app.session;
  const { place } = state();
  const step = stepAt(course, place);
  const play = step?.kind === "scenario" && place.at === "step" && !place.debrief;
  if (place.at === "plan" || (step && step.kind !== "page" && !play)) return laterView(app, step);
  if (!step) return contentsView(app);
  const view = one(step.template);
  if (play) scenarioView(app, view, course.scenarios[step.key]!);
  return view;
}

function leftView(session: Session, why: string): HTMLElement {
  const save = session.saveState();
  const view = one("left");
  const key = save === "saving" ? save : save !== "saved" || session.where === "memory" ? "unsaved" : session.where;
  fill(view, { [`left_${key}`]: save !== "off", [`left_${why}`]: true, left_close: save !== "saving" });
  return view;
}
