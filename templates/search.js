// Searches the site. The index is a tree of shards, small scripts that call
// sunshineSearch; what stands in them is said in site/search/search.go. Without
// this script the page lists what there is.
(() => {
  const form = document.querySelector("[data-search]");
  const field = form.elements.q;
  const results = document.querySelector("[data-search-results]");
  const status = document.querySelector("[data-search-status]");
  const [also, none, more, cut, index] = ["also", "none", "more", "cut", "index"].map((name) => document.querySelector(`[data-search-${name}]`));
  const base = new URL("search/", document.currentScript.src);
  const alphabet = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
  const marks = "\x01\x02\x03\x04\x05\x06\x07\b\v\f\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f";
  const { search: root, width } = form.dataset;
  const most = 200, excerpts = 10;
  const budget = 48000; // bytes that are loaded before the reader asks for more
  let loaded = 0;

  // The shards, by name.
  const shards = new Map();
  const load = (name) => {
    if (!shards.has(name)) {
      shards.set(name, new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = `${base}${name}.js`;
        script.shard = done;
        script.onerror = () => { shards.delete(name); failed(new Error(name)); };
        document.head.append(script);
      }));
    }
    return shards.get(name);
  };
  window.sunshineSearch = (level, packed) => {
    let text = "", key = "";
    for (let i = 0; i < packed.length; i++) {
      const code = packed.charCodeAt(i);
      loaded += code > 127 ? 3 : 1;
      if (code > 31 || code === 9 || code === 10) {
        text += packed[i];
        continue;
      }
      const back = alphabet.indexOf(packed[++i]) * 64 + alphabet.indexOf(packed[++i]);
      for (let length = marks.indexOf(packed[i - 2]) + 2; length > 0; length--) text += text[text.length - back];
    }
    const lines = text.slice(0, -1).split("\n").map((line) => {
      const tab = line.indexOf("\t");
      key = key.slice(0, alphabet.indexOf(line[0])) + line.slice(1, tab);
      return [key, line.slice(tab + 1)];
    });
    document.currentScript.shard({ level, lines });
  };

  // leaves gives the lines of the shards in which keys stand that begin with one.
  async function* leaves(name, key) {
    const { level, lines } = await load(name);
    if (level === 0) return yield lines;
    let low = 0, high = lines.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (lines[middle][0] <= key) low = middle; else high = middle;
    }
    yield* leaves(lines[low][1], key);
    while (++low < lines.length && lines[low][0].startsWith(key)) yield* leaves(lines[low][1], key);
  }

  // find gives the lines whose keys begin with one, and that before them. The first
  // stands for all where it says so.
  const find = async (key) => {
    const found = [];
    let before;
    for await (const lines of leaves(root, key)) {
      for (const line of lines) {
        if (line[0] < key) before = line;
        else if (!line[0].startsWith(key)) return { found, before };
        else if (found.push(line) && line[1][0] === "+") return { found, before };
      }
    }
    return { found, before };
  };
  const valueOf = async (key) => {
    const { found: [line] } = await find(key);
    return line && line[0] === key ? line[1] : "";
  };

  // ids gives the pages of a value: [id, part of its text, class].
  const ids = async (value) => {
    const all = [];
    if (/^[+=]/.test(value)) {
      (value.includes("/") ? value.slice(1) : await valueOf("l" + value.slice(1))).split("/").forEach((list, rank) => {
        let id = 0, n = 0, shift = 0;
        for (const c of list) {
          const bits = alphabet.indexOf(c);
          n += (bits & 31) * 2 ** shift;
          shift += 5;
          if (bits > 31) continue;
          id += n;
          n = shift = 0;
          let text = "";
          for (let rest = id, i = 0; i < width; i++, rest = Math.floor(rest / 64)) text = alphabet[rest % 64] + text;
          all.push([text, 0, rank]);
        }
      });
      return all;
    }
    value.replace("*", "").split("/").forEach((list, rank) => {
      for (let i = 0; i < list.length;) {
        const id = list.slice(i, i += +width);
        let part = 0;
        if (list[i] === ".") {
          part = alphabet.indexOf(list[i + 1]);
          i += 2;
        }
        all.push([id, part, rank]);
      }
    });
    return all;
  };

  // Folded texts are as long as they were.
  const fold = (text) => text.replace(/[^a-z一-鿿]/gu, (c) => {
    if (c >= "！" && c <= "～") c = String.fromCharCode(c.charCodeAt() - 0xfee0);
    if (c >= "‐" && c <= "—" || c === "−") return "-";
    if (c === "İ") return c;
    const small = c.toLowerCase();
    return small.length === c.length ? small : c;
  });

  // Digits are found whether commas group them or not: 102,460 and 102460.
  const ungroup = (text) => text.replace(/(\d),(?=\d{3}(?!\d))/g, "$1");
  const forms = (word) => [...new Set([word, ungroup(word)])];

  // pattern finds words in a folded text, the longest first.
  const pattern = (words) => new RegExp(words.flatMap(forms)
    .map((form) => form.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&").replace(/\d(?=\d)/g, "$&(?:,(?=\\d{3}(?!\\d)))?")).join("|"), "g");

  // texts gives a part of the text of a page: its blocks, and for each where it stands.
  const texts = async (id, part) => (await valueOf("t" + id + alphabet[part])).split("\t").map((block) => {
    const text = block.trimStart();
    const folded = fold(text), both = folded + "\t" + ungroup(folded);
    return { text, rank: block.length - text.length, folded, holds: (word) => forms(word).some((form) => both.includes(form)) };
  });

  // pages gives the pages that hold a word, each with the best place and the part of
  // the text where it stands.
  const pages = async (word) => {
    const held = new Map();
    const add = (id, part, rank, read) => { if (!(held.get(id)?.rank >= rank)) held.set(id, { part, rank, read }); };
    const confirm = async (value) => Promise.all((await ids(value)).map(async ([id, part]) => {
      for (const { holds, rank } of await texts(id, part)) if (holds(word)) add(id, part, rank, true);
    }));
    for (const form of forms(word)) {
      const { found, before } = await find("e" + form);
      for (const [key, value] of found) {
        if (value[0] === "*" && key === "e" + form) await confirm(value);
        else for (const page of await ids(value)) add(...page);
      }
      if (found.length === 0 && before && /^[^+=]/.test(before[1])) {
        const begins = before[1][0] === "*" ? before[0].replace(/.$/u, "") : before[0];
        if (("e" + form).startsWith(begins)) await confirm(before[1]);
      }
    }
    return held;
  };

  // all gives the pages that hold every word, the best first.
  const all = async (words) => {
    let held;
    for (const word of words) {
      const next = await pages(word);
      if (held) {
        for (const [id, page] of held) {
          if (next.has(id)) page.rank = Math.min(page.rank, next.get(id).rank);
          else held.delete(id);
        }
      } else held = next;
      if (held.size === 0) break;
    }
    return [...held].map(([id, page]) => ({ id, ...page })).sort((a, b) => b.rank - a.rank || (a.id < b.id ? -1 : 1));
  };

  // marked fills an element with a text in which the words are marked.
  const marked = (element, text, words) => {
    let at = 0;
    for (const { 0: found, index } of fold(text).matchAll(pattern(words))) {
      element.append(text.slice(at, index));
      at = index + found.length;
      element.appendChild(document.createElement("mark")).append(text.slice(index, at));
    }
    element.append(text.slice(at));
    return element;
  };

  // excerpt gives the block of a text that has the most of the words, cut around the first.
  const excerpt = (blocks, words) => {
    let best = "", most = 0;
    for (const { text, folded, rank, holds } of blocks) {
      const n = words.filter(holds).length;
      if (rank < 2 && n > most) {
        most = n;
        const at = folded.search(pattern(words));
        const [from, to] = [at < 40 ? 0 : at - 24, at + 96];
        best = (from ? "…" : "") + [...text.slice(from, to)].filter((c) => !/^[\ud800-\udfff]$/.test(c)).join("") + (to < text.length ? "…" : "");
      }
    }
    return best;
  };

  // item makes the entry of a page in the list.
  const item = async (page, words, withExcerpt) => {
    const [title, path, within] = (await valueOf("p" + page.id)).split("\t");
    const li = document.createElement("li");
    const a = li.appendChild(document.createElement("a"));
    a.href = form.dataset.root + path.split("/").map(encodeURIComponent).join("/");
    marked(a, title, words);
    if (within) li.appendChild(document.createElement("span")).append(within);
    if (withExcerpt) {
      const text = excerpt((await texts(page.id, page.part)).filter((block) => block.text !== title), words);
      if (text) marked(li.appendChild(document.createElement("p")), text, words);
    }
    return li;
  };

  let turn = 0; // of the query that is asked; an answer to one before is not shown
  const show = async () => {
    const mine = ++turn, query = field.value.trim().replace(/\s+/g, " ");
    const folded = [...new Set(fold(query).split(" "))].filter(Boolean).sort((a, b) => b.length - a.length);
    const words = folded.filter((word, i) => !folded.some((other, k) => k < i && other.includes(word)));
    const clear = () => {
      for (const element of [results, also]) element.replaceChildren();
      for (const element of [also, none, more, cut]) element.hidden = true;
      index.hidden = words.length > 0;
      delete results.dataset.count;
      status.textContent = "";
    };
    if (words.length === 0) {
      results.removeAttribute("aria-busy");
      return clear();
    }
    results.setAttribute("aria-busy", "true");
    try {
      loaded = 0;
      const found = await all(words);
      const others = (await valueOf("s" + fold(query))).split("\t").filter(Boolean);
      if (mine !== turn) return;
      clear();
      results.dataset.count = found.length;
      status.textContent = form.dataset.found.replace("{count}", found.length);
      cut.textContent = form.dataset.cut.replace("{count}", most);
      none.hidden = found.length > 0;
      also.hidden = others.length === 0;
      if (others.length) also.append(form.dataset.also);
      for (const other of others) {
        const a = also.appendChild(document.createElement("a"));
        a.href = "?q=" + encodeURIComponent(other);
        a.append(other);
      }
      let shown = 0;
      const last = Math.min(found.length, most);
      const list = async (limit) => {
        while (shown < last && (shown === 0 || loaded < limit)) {
          const some = found.slice(shown, Math.min(shown + 5, last));
          const items = await Promise.all(some.map((page, i) => item(page, words, page.read || shown + i < excerpts && loaded < limit - budget / 3)));
          if (mine !== turn) return;
          results.append(...items);
          shown += items.length;
        }
        more.hidden = shown === last;
        cut.hidden = shown < last || last === found.length;
        more.textContent = form.dataset.more.replace("{count}", last - shown);
      };
      more.onclick = async () => {
        const from = shown;
        more.disabled = true; // a second click would list the same pages again
        try {
          await list(loaded + budget);
        } catch {
          if (mine === turn) status.textContent = form.dataset.failed;
        }
        more.disabled = false;
        if (mine === turn) results.children[from]?.querySelector("a").focus();
      };
      await list(budget);
    } catch {
      if (mine !== turn) return;
      clear();
      status.textContent = form.dataset.failed;
      index.hidden = false;
    }
    if (mine === turn) results.removeAttribute("aria-busy");
  };

  let timer;
  const ask = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const query = field.value.trim();
      history.replaceState(null, "", query ? "?q=" + encodeURIComponent(query) : location.pathname);
      show();
    }, wait);
  };
  field.addEventListener("input", (event) => event.isComposing || ask(250));
  field.addEventListener("compositionend", () => ask(250));
  form.addEventListener("submit", (event) => { event.preventDefault(); ask(0); });
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  show();
})();
