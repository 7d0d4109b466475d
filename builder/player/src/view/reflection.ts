/** A reflection: the question, where the answer is kept and who can see it, and the answer. */
import { placeOf } from "../core.js";
import type { Keep, Reflection } from "../data.js";
import type { App } from "./app.js";
import { button, type Child, freshId, h, icon, para, prose } from "./dom.js";
import { group, option } from "./fields.js";
import { frame, goals, type Here, onwards } from "./frame.js";
import { keepForm, places } from "./keep.js";
import { t } from "./texts.js";

export function reflectionView(app: App, here: Here, question: Reflection): HTMLElement {
  const { session } = app;
  const state = session.state();
  const ask = state.keep === null && question.keep !== "not";
  return frame(
    here,
    t("reflection"),
    question.question,
    goals(here),
    prose(question.template),
    ask ? keepForm(app, t("keep_intro"), () => document.querySelector<HTMLElement>("#main textarea, #main input")?.focus()) : question.kind === "open" ? writing(app, question) : picking(app, question),
    onwards(app, here, ask ? "secondary-action" : "primary-action"),
  );
}

/** Where this answer is kept, in plain words; and why, when that is narrower than the learner chose. */
function whoSees({ session }: App, question: Reflection): HTMLElement {
  const state = session.state();
  const place = at(session, placeOf(session.course, state, question.key));
  const own = state.answers[question.key]?.keep ?? "lms";
  const narrowed = state.keep !== null && at(session, state.keep) !== place;
  const why = narrowed && (own === place && question.keep !== place ? t("narrowed_here") : t("narrowed"));
  return h("p.kept", icon(place === "lms" ? "eye" : "lock"), h("span", why && `${why} `, t(`kept_${place}`)));
}

/** Without an LMS there is only this device; without storage only the screen. */
function at(session: App["session"], place: Keep): Keep {
  const possible = places(session);
  if (possible.includes(place)) return place;
  return place === "lms" && possible.includes("device") ? "device" : "not";
}

function picking(app: App, question: Reflection): HTMLElement {
  const { session } = app;
  const answer = session.state().answers[question.key]?.text;
  const scale = question.scale;
  const values = scale
    ? Array.from({ length: scale.high - scale.low + 1 }, (_, index) => scale.low + index)
    : question.options.map((_, index) => index);
  const ends = scale ? { [scale.low]: scale.left, [scale.high]: scale.right } : {};
  const words = (value: number): Child => (scale ? [h("b", `${value}`), " ", ends[value]] : question.options[value]);
  const name = freshId();
  const pick = (value: number) => (): void => void session.dispatch({ do: "answer", reflection: question.key, text: String(value) });
  return h(
    ".form",
    group(
      t("your_answer"),
      h(scale ? ".scale" : ".options", values.map((value) => option("radio", name, words(value), answer === String(value), pick(value)))),
    ),
    whoSees(app, question),
  );
}

function writing(app: App, question: Reflection): HTMLElement {
  const { session } = app;
  const key = question.key;
  const ids = { text: freshId(), count: freshId(), kept: freshId() };
  const kept = h("", { id: ids.kept });
  const count = h("p.count", { id: ids.count });
  const problem = h(".problem", { role: "status" });
  const area = h<HTMLTextAreaElement>("textarea", {
    id: ids.text,
    class: "utrecht-textarea utrecht-textarea--html-textarea owl-textarea",
    rows: 7,
    dir: "auto",
    "aria-describedby": `${ids.count} ${ids.kept}`,
  });
  area.value = app.drafts.get(key) ?? session.state().answers[key]?.text ?? "";

  const refresh = (): void => {
    const text = area.value;
    const over = text.length - question.maximum;
    const unplaced = over <= 0 && !session.fits(key, text);
    const place = at(session, placeOf(session.course, session.state(), key));
    const draft = app.drafts.has(key);
    const room = place === "lms" && session.room() < question.maximum ? ` ${t("room", { room: Math.max(0, session.room()) })}` : "";
    count.textContent = t("count", { count: text.length, maximum: question.maximum }) + room;
    kept.replaceChildren(whoSees(app, question));
    area.toggleAttribute("aria-invalid", false);
    if (draft) area.setAttribute("aria-invalid", "true");
    area.classList.toggle("utrecht-textarea--invalid", draft);
    const told = over > 0 ? t("too_long", { count: over, over }) : draft && unplaced ? t(session.device ? "no_room" : "no_room_at_all") : "";
    if (problem.dataset.told === told) return;
    problem.dataset.told = told;
    problem.replaceChildren(
      ...(told ? [para(told)] : []),
      ...(told && over <= 0 && session.device ? [button("secondary-action", onDevice, t("keep_on_device"))] : []),
    );
  };
  const store = (keep?: Keep): void => {
    const text = area.value;
    const taken =
      text.length <= question.maximum &&
      (session.dispatch({ do: "answer", reflection: key, text, ...(keep && { keep }) }) ||
        session.state().answers[key]?.text === text);
    if (taken) app.drafts.delete(key);
    else app.drafts.set(key, text);
    refresh();
  };
  const onDevice = (): void => {
    store("device");
    area.focus();
    app.announce(t("kept_device"));
  };
  area.addEventListener("input", () => store());
  area.addEventListener("blur", () => session.flush());
  refresh();
  return h(
    ".form",
    h("label", { class: "utrecht-form-label", for: ids.text }, t("your_answer")),
    area,
    count,
    problem,
    kept,
  );
}
