// The smallest SCORM 2004 SCO that behaves: it counts steps, five being all, saves each, and ends when its page goes.
(function () {
  "use strict";

  function above(start) {
    for (var win = start; win; win = win.parent === win ? null : win.parent) {
      try {
        if (win.API_1484_11) return win.API_1484_11;
      } catch (foreign) {
        return null;
      }
    }
    return null;
  }

  var api = above(window) || (window.opener ? above(window.opener) : null);
  var step = 0;
  var ended = false;

  function show(saved) {
    document.getElementById("step").textContent = String(step);
    document.getElementById("saved").textContent = saved;
  }

  function set(element, value) {
    return api.SetValue(element, value) === "true";
  }

  function save() {
    if (!api) return "geen LMS";
    var done = step >= 5;
    try {
      var all = set("cmi.suspend_data", "stap=" + step + " – één") &&
        set("cmi.progress_measure", String(Math.min(1, step / 5))) &&
        set("cmi.completion_status", step >= 4 ? "completed" : "incomplete") &&
        (!done || (set("cmi.score.raw", "80") && set("cmi.score.scaled", "0.8") && set("cmi.success_status", "passed")));
      var kept = api.Commit("") === "true";
      return all && kept ? "opgeslagen" : "niet opgeslagen (" + api.GetLastError() + ")";
    } catch (broken) {
      return "LMS stuk";
    }
  }

  function end() {
    if (!api || ended) return;
    ended = true;
    set("cmi.session_time", "PT5.00S");
    api.Terminate("");
  }

  if (api && api.Initialize("") === "true") {
    var kept = /^stap=(\d+)/.exec(api.GetValue("cmi.suspend_data"));
    step = kept ? Number(kept[1]) : 0;
    set("cmi.exit", "suspend");
    show(api.GetValue("cmi.mode") === "normal" ? save() : "kijkt terug");
  } else {
    show("geen LMS");
  }

  document.getElementById("next").addEventListener("click", function () {
    step += 1;
    show(save());
  });
  window.addEventListener("pagehide", end);
})();
