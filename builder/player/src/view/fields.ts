/** Form parts that more than one view uses. */
import { type Child, h } from "./dom.js";

/** A radio button or checkbox with its label, the whole of which can be pressed. */
export function option(
  type: "radio" | "checkbox",
  name: string,
  words: Child,
  checked: boolean,
  onchange: () => void,
  value = "",
): HTMLElement {
  const component = type === "radio" ? "utrecht-radio-button" : "utrecht-checkbox";
  return h(
    "label",
    { class: "owl-option" },
    h("input", { type, name, value, class: `${component} ${component}--html-input`, checked, onchange }),
    h("span", null, words),
  );
}
