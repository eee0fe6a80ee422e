"use strict";

const WORDS = {
  status: { answered: "已回答", no_data: "没有数据", not_understood: "没有理解", ambiguous: "有歧义" },
  basis: { denied: "来源明确说没有", covered: "已完整收录，其中没有", unrecorded: "没有记录" },
  kind: { conflict: "冲突：来源说法不一", divergence: "口径不同" },
};
const form = document.getElementById("ask");
const box = document.getElementById("question");
const state = document.getElementById("state");
const place = document.getElementById("answer");
let turn = 0;

// Everything is put in as text, never as markup: quotes come from documents.
function make(tag, text, cls) {
  const element = document.createElement(tag);
  if (text !== undefined && text !== null) element.textContent = String(text);
  if (cls) element.className = cls;
  return element;
}

function part(title, ...children) {
  const section = make("section");
  if (title) section.append(make("h2", title));
  section.append(...children);
  return section;
}

function list(items, cls) {
  const ul = make("ul", null, cls);
  ul.append(...items.map((item) => make("li", item)));
  return ul;
}

function table(columns, rows) {
  const element = make("table");
  const head = make("tr");
  head.append(...columns.map((c) => make("th", c)));
  element.append(head);
  for (const row of rows) {
    const tr = make("tr");
    tr.append(...row.map((c) => make("td", c)));
    element.append(tr);
  }
  const wide = make("div", null, "wide");
  wide.append(element);
  return wide;
}

function evidence(e, number) {
  const where = [e.document, e.section, e.cells || (e.start === null ? "" : `${e.start}–${e.end}`)];
  const head = make("div", `[${number}] ${where.filter(Boolean).join(" · ")}${e.grade ? `（${e.grade} 级）` : ""}`);
  if (/^https?:\/\//.test(e.url || "")) {
    const link = make("a", "来源");
    link.href = e.url;
    link.rel = "noreferrer noopener";
    link.target = "_blank";
    head.append(" ", link);
  }
  const block = make("div");
  block.append(head, make("blockquote", e.quote));
  return block;
}

function show(a) {
  const parts = [part("", make("p", a.text, "text"), make("p", `${WORDS.status[a.status] || a.status}${a.reading ? " · " + a.reading : ""}`))];
  if (a.answers.length) parts.push(part("答案", list(a.answers, "items")));
  if (a.notes.length) parts.push(part("说明", list(a.notes)));
  for (const c of a.conflicts) {
    const differs = c.differs_in.length ? `（${c.differs_in.join("、")}）` : "";
    const box = part(WORDS.kind[c.kind] || c.kind, make("p", `${c.of}${differs}`), list(c.values, "items"));
    box.className = "conflict";
    parts.push(box);
  }
  if (a.rows.length > 1) {
    const based = a.row_basis.some(Boolean);
    const rows = a.rows.map((row, i) => (based ? [...row, WORDS.basis[a.row_basis[i]] || ""] : row));
    parts.push(part("结果", table(based ? [...a.columns, "依据"] : a.columns, rows)));
  }
  if (a.evidence.length) parts.push(part("证据", ...a.evidence.map((e, i) => evidence(e, i + 1))));
  if (a.suggestions.length) {
    const ul = make("ul");
    for (const text of a.suggestions) {
      const button = make("button", text, "link");
      button.type = "button";
      button.addEventListener("click", () => { box.value = text; form.requestSubmit(); });
      const li = make("li");
      li.append(button);
      ul.append(li);
    }
    parts.push(part("您是否想问", ul));
  }
  for (const c of a.cypher) {
    const details = make("details");
    details.append(make("summary", "Cypher"), make("pre", `${c.query}\n\n${JSON.stringify(c.params)}`));
    parts.push(details);
  }
  place.replaceChildren(...parts);
  place.hidden = false;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const mine = ++turn;
  state.className = "";
  state.textContent = "……";
  try {
    const response = await fetch("/api/ask", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ question: box.value }),
    });
    const body = await response.json();
    if (mine !== turn) return;
    if (body.error) {
      state.className = "error";
      state.textContent = `${body.error.message} ${body.error.hint}`;
      place.hidden = true;
      return;
    }
    state.textContent = `${body.elapsed_ms} ms`;
    show(body);
  } catch (error) {
    if (mine !== turn) return;
    state.className = "error";
    state.textContent = "服务没有回应，请确认它在运行。";
  }
});

fetch("/api/status").then((r) => r.json()).then((s) => {
  if (s.error) return;
  document.getElementById("graph").textContent = `文档 ${s.documents} · 冲突 ${s.conflicts} · ${s.engine} · ${s.hash.slice(0, 16)}`;
}).catch(() => {});
