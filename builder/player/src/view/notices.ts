/** What has to be told, and asked before anything else. */
import type { Notice } from "../core-types.js";
import type { App } from "./app.js";
import { actions, button, h, heading, para } from "./dom.js";
import { t } from "./texts.js";

const told = new Set<string>();

/** Notices that stand above the screen until the learner has read them. */
export function notices(app: App): HTMLElement[] {
  const { session } = app;
  const { course } = session;
  const state = session.state();
  const items: HTMLElement[] = [];
  const once = (key: string): void => {
    if (told.has(key)) return;
    const heard = (): void => {
      told.add(key);
      app.redraw();
    };
    items.push(h(".notice", para(t(key)), actions(button("secondary-action", heard, t("understood")))));
  };
  if (session.mode !== "normal") once(`mode_${session.mode}`);
  if (session.missing) once(session.where === "memory" ? "missing_memory" : "missing");
  else if (session.where === "memory") once("memory_only");
  if (state.notices.length) {
    items.push(
      h(
        ".notice",
        state.notices.map((notice) => para(words(notice, course.scenarios))),
        actions(button("secondary-action", () => session.dispatch({ do: "heard" }), t("understood"))),
      ),
    );
  }
  for (const key of session.unplaced()) {
    const question = course.reflections[key];
    if (!question) continue;
    const move = (): void => {
      session.dispatch({ do: "answer", reflection: key, text: state.answers[key]?.text ?? "", keep: "device" });
      app.redraw();
    };
    items.push(
      h(
        ".notice",
        para(t(session.device ? "unplaced" : "unplaced_at_all", { question: question.question })),
        session.device && actions(button("secondary-action", move, t("keep_on_device"))),
      ),
    );
  }
  return items.length ? [h("section.notices", { "aria-label": t("notices") }, items)] : [];
}

function words(notice: Notice, scenarios: Record<string, { title: string }>): string {
  if (notice.kind !== "changed") return t(`notice_${notice.kind.replace("-", "_")}`);
  const title = scenarios[notice.scenario]?.title ?? notice.scenario;
  return t(notice.kept ? "notice_changed" : "notice_changed_all", { title, kept: notice.kept, lost: notice.lost });
}

/** A question before anything else, as a screen of its own. Starting anew over a newer save is asked twice. */
export function offerView(app: App, sure = false): HTMLElement | null {
  const { session } = app;
  const kind = session.offer()?.kind;
  if (!kind) return null;
  const decline = (): void => {
    if (kind === "newer" && !sure) {
      const again = offerView(app, true)!;
      document.querySelector(".owl-offer")?.replaceWith(again);
      again.querySelector("h1")?.focus();
    } else session.declineOffer();
  };
  const key = sure ? "offer_newer_sure" : `offer_${kind}`;
  return h(
    "article.page.offer",
    heading(1, t(key)),
    para(t(`${key}_more`)),
    actions(button("primary-action", () => session.acceptOffer(), t(`offer_${kind}_accept`)),
      button("secondary-action", decline, t(`${key}_decline`)),
    ),
  );
}
