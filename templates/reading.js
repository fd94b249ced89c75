// Large text and high contrast, remembered; what is closed opens for paper.
for (const button of document.querySelectorAll("[data-reading]")) {
  const name = button.dataset.reading;
  const set = (on) => (button.ariaPressed = document.documentElement.classList.toggle(name, on));
  try { set(localStorage[name] === "true"); } catch {}
  button.onclick = () => {
    const on = set();
    try { localStorage[name] = on; } catch {}
  };
  button.parentElement.hidden = false;
}
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((d) => (d.open = true)));
