// Live reload: follows the builds, reloads the page when the site is another
// one, and shows the problems of the last build over it.
"use strict";
(() => {
  const loaded = document.currentScript.dataset.site;
  let events, overlay;

  const element = (name, className, ...content) => {
    const e = document.createElement(name);
    e.className = className;
    e.append(...content); // strings become text, never markup
    return e;
  };

  const show = (state) => {
    overlay?.remove();
    overlay = undefined;
    if (state.problems.length === 0) return;
    overlay = element("details", "sunshine-overlay", element("summary", "", state.title));
    overlay.open = state.problems.some((p) => p.severity === "error");
    overlay.setAttribute("role", "alert");
    const list = element("ol", "");
    for (const p of state.problems) {
      const item = element("li", p.severity, element("code", "", p.place), " ", element("b", "", p.label), " ", p.message);
      if (p.rule) item.append(" ", element("small", "", `[${p.rule}]`));
      if (p.hint) item.append(element("p", "", state.hint + p.hint));
      list.append(item);
    }
    const close = element("button", "", state.close);
    close.type = "button";
    close.addEventListener("click", () => { overlay.open = false; });
    overlay.append(list, close);
    document.body.append(overlay);
  };

  // A hidden page lets go of its stream: browsers allow few to one host.
  const follow = () => {
    events?.close();
    if (document.hidden) return;
    events = new EventSource("/_sunshine/events");
    events.onmessage = (message) => {
      const state = JSON.parse(message.data);
      if (state.site !== loaded) location.reload();
      else show(state);
    };
  };
  document.addEventListener("visibilitychange", follow);
  follow();
})();
