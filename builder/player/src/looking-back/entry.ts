/** The second script of a page: what one looks back on, and one's own answers. It comes after the player's, which waits for it where it must. */
import { bring, find, one } from "player";
import { debriefView } from "./debrief.js";
import { keepForm } from "./keep.js";
import { mirrorView } from "./mirror.js";
import { planView } from "./plan.js";
import { questionView } from "./question.js";
import { reflectionView } from "./reflection.js";

bring((app, step) => {
  const { course, state } = app.session;
  const { place } = state();
  const view = one(step ? step.template : "plan-screen");
  let onwards = true;
  if (place.at === "step" && place.debrief) (place.mirror ? mirrorView : debriefView)(app, view, course.scenarios[step!.key]!);
  else if (step?.kind === "reflection") onwards = reflectionView(app, view, course.reflections[step.key]!);
  else if (step?.kind === "question") onwards = questionView(app, view, course.questions[step.key]!);
  else planView(app, view);
  // One button of a screen stands out: what to do first.
  if (!onwards) find(view, "nav").lastElementChild!.classList.replace("utrecht-button--primary-action", "utrecht-button--secondary-action");
  return view;
}, keepForm);
