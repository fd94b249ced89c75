// What is easier with a script; every page works without it.
const text = document.querySelector("textarea[data-line]");
if (text) { // to the line that the reader came for
  const lines = text.value.split("\n"), n = Number(text.dataset.line);
  const start = lines.slice(0, n - 1).join("\n").length + (n > 1 ? 1 : 0);
  text.focus();
  text.setSelectionRange(start, start + (lines[n - 1] || "").length);
  text.scrollTop = text.scrollHeight * (n - 4) / lines.length;
}
const drop = document.querySelector("input[type=file]");
if (drop) { // files may be dropped anywhere on the page
  addEventListener("dragover", e => e.preventDefault());
  addEventListener("drop", e => {
    e.preventDefault();
    drop.files = e.dataTransfer.files;
    drop.form.requestSubmit();
  });
}
