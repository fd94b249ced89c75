// Narrows the lists of a page to the entries that hold what is typed: the guides of an
// area, the units of a bureau. An entry of a tree stays with those above it, and what is
// folded up opens. Without this script the lists are whole.
for (const find of document.querySelectorAll(".narrow")) {
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const items = [...document.querySelectorAll("main .guide-list > li, main .unit-tree li")];
  const texts = items.map((item) => plain(item.textContent));
  const folded = [...document.querySelectorAll("main .unit-tree details")].map((part) => [part, part.open]);
  const input = find.querySelector("input"), status = find.querySelector("[role=status]");
  const narrow = () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    items.forEach((item, i) => {
      item.hidden = !words.every((word) => texts[i].includes(word));
      if (!item.hidden && !item.querySelector("li")) shown++;
    });
    for (const section of document.querySelectorAll("main section")) {
      const inside = items.filter((item) => section.contains(item));
      if (inside.length > 0) section.hidden = inside.every((item) => item.hidden);
    }
    for (const [part, open] of folded) part.open = words.length > 0 || open;
    status.textContent = words.length > 0 ? find.dataset.shown.replace("{count}", shown) : "";
  };
  find.addEventListener("input", narrow);
  find.addEventListener("submit", (event) => event.preventDefault());
  find.hidden = false;
}
