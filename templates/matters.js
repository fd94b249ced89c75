// Narrows a list of matters by ledger, unit and state. Without this script the
// lists by each of them do the same.
for (const filter of document.querySelectorAll(".filter")) {
  const items = [...filter.nextElementSibling.children];
  const selects = [...filter.querySelectorAll("select")].filter((select) => {
    const values = new Set(items.map((item) => item.dataset[select.name]));
    for (const value of values) select.add(new Option(value, value));
    if (values.size < 2) select.parentElement.remove();
    return values.size > 1;
  });
  const status = filter.querySelector("[role=status]");
  filter.addEventListener("change", () => {
    let shown = 0;
    for (const item of items) {
      item.hidden = selects.some((select) => select.value && select.value !== item.dataset[select.name]);
      if (!item.hidden) shown++;
    }
    status.textContent = filter.dataset.shown.replace("{count}", shown);
  });
  filter.hidden = selects.length === 0;
}
