// The smallest SCO that behaves: it counts steps, saves each, and finishes when its page goes away.
(function () {
  "use strict";

  function above(start) {
    for (var win = start; win; win = win.parent === win ? null : win.parent) {
      try {
        if (win.API) return win.API;
      } catch (foreign) {
        return null;
      }
    }
    return null;
  }

  var api = above(window) || (window.opener ? above(window.opener) : null);
  var step = 0;
  var finished = false;

  function show(saved) {
    document.getElementById("step").textContent = String(step);
    document.getElementById("saved").textContent = saved;
  }

  function save() {
    if (!api) return "geen LMS";
    try {
      var set = api.LMSSetValue("cmi.suspend_data", "step=" + step) === "true";
      var kept = api.LMSCommit("") === "true";
      return set && kept ? "opgeslagen" : "niet opgeslagen (" + api.LMSGetLastError() + ")";
    } catch (broken) {
      return "LMS stuk";
    }
  }

  function finish() {
    if (!api || finished) return;
    finished = true;
    api.LMSSetValue("cmi.core.session_time", "00:00:05.00");
    api.LMSFinish("");
  }

  if (api && api.LMSInitialize("") === "true") {
    var kept = /^step=(\d+)$/.exec(api.LMSGetValue("cmi.suspend_data"));
    step = kept ? Number(kept[1]) : 0;
    if (api.LMSGetValue("cmi.core.lesson_status") === "not attempted") {
      api.LMSSetValue("cmi.core.lesson_status", "incomplete");
    }
    api.LMSSetValue("cmi.core.exit", "suspend");
    show(save());
  } else {
    show("geen LMS");
  }

  document.getElementById("next").addEventListener("click", function () {
    step += 1;
    show(save());
  });
  window.addEventListener("pagehide", finish);
})();
