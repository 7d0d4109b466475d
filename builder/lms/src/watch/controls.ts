// What is chosen on the page, and its tabs.
import type { Fault } from "../faults.js";
import { byId, type Circumstances } from "./page.js";

/** The faults that are ticked, with their settings; an empty number is none. */
export function chosenFaults(form: HTMLElement): Fault[] {
  return [...form.querySelectorAll<HTMLElement>("[data-fault]")].flatMap((part) => {
    if (!part.querySelector<HTMLInputElement>("input[type=checkbox]")?.checked) return [];
    const settings: Record<string, unknown> = {};
    for (const input of part.querySelectorAll<HTMLInputElement>("[data-setting]")) {
      const value = input.value.trim();
      if (input.dataset["kind"] === "list") settings[input.name] = value.split(/[\s,]+/).filter(Boolean);
      else if (value !== "") settings[input.name] = Number(value);
    }
    // The page has each fault with the settings that its type asks.
    return [{ name: part.dataset["fault"], ...settings } as unknown as Fault];
  });
}

export function chosen(unit: string): Circumstances {
  const value = (id: string, otherwise = ""): string =>
    (document.getElementById(id) as HTMLInputElement | HTMLSelectElement | null)?.value ?? otherwise;
  return {
    unit: value("unit", unit),
    profile: value("profile", "full"),
    mode: value("mode"),
    via: value("via", "iframe"),
    learner: { id: value("learner-id").trim() || "1", name: value("learner-name") },
  };
}

/** Tabs as the ARIA patterns have them: arrows, Home and End move, one of them is in the tab order. */
export function tabs(list: HTMLElement): (name: string) => void {
  const every = [...list.querySelectorAll<HTMLElement>("[role=tab]")];
  const show = (tab: HTMLElement | undefined): void => {
    if (!tab) return;
    for (const each of every) {
      const mine = each === tab;
      each.setAttribute("aria-selected", String(mine));
      each.tabIndex = mine ? 0 : -1;
      byId(each.getAttribute("aria-controls") ?? "").hidden = !mine;
    }
  };
  list.addEventListener("click", ({ target }) => {
    show(every.find((tab) => target instanceof Node && tab.contains(target)));
  });
  list.addEventListener("keydown", (event) => {
    const at = every.findIndex((tab) => tab === document.activeElement);
    const last = every.length - 1;
    const to = { ArrowRight: (at + 1) % every.length, ArrowLeft: at > 0 ? at - 1 : last, Home: 0, End: last }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    show(every[to]);
    every[to]?.focus();
  });
  return (name) => show(every.find((tab) => tab.id === name));
}

/** Hands a text to the reader as a file. */
export function download(name: string, kind: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: kind }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
