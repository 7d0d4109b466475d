/** Form parts that more than one view uses. */
import { type Child, h } from "./dom.js";

/** Fields that belong together, under one question. */
export function group(legend: string, ...children: Child[]): HTMLElement {
  return h("fieldset.fieldset", h("legend.legend", legend), children);
}

/** A radio button or checkbox with its label, the whole of which can be pressed. */
export function option(
  type: "radio" | "checkbox",
  name: string,
  words: Child,
  checked: boolean,
  change: () => void,
): HTMLElement {
  const component = type === "radio" ? "utrecht-radio-button" : "utrecht-checkbox";
  const look = `${component} ${component}--html-input`;
  return h("label.option", h("input", { type, name, class: look, checked, change }), h("span", words));
}
