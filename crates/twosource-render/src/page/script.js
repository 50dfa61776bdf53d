"use strict";
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const narrow = matchMedia("(max-width: 56rem)");
  let chosen = null;

  // pieces of the mark with this element id: m1-7 covers the class c1-7
  const pieces = (id) => Array.from(document.getElementsByClassName(id.replace(/^m/, "c")));

  const dim = () => {
    all(".lit").forEach((element) => element.classList.remove("lit"));
    all(".chosen").forEach((element) => element.classList.remove("chosen"));
    all(".reports.open").forEach((pane) => {
      pane.classList.remove("open");
      pane.querySelector(".close").hidden = true;
    });
  };

  const close = () => {
    dim();
    if (chosen) chosen.focus({ preventScroll: true });
    chosen = null;
  };

  const show = (ids) => {
    dim();
    const lit = ids.flatMap(pieces);
    if (!lit.length) return;
    lit.forEach((piece) => piece.classList.add("lit"));
    const pane = lit[0].closest(".reports");
    const behavior = narrow.matches ? "instant" : "auto";
    if (narrow.matches) {
      pane.classList.add("open");
      pane.querySelector(".close").hidden = false;
    }
    const seen = new Set();
    for (const piece of lit) {
      const card = piece.closest(".report");
      if (seen.has(card)) continue;
      seen.add(card);
      const top = piece.getBoundingClientRect().top - card.getBoundingClientRect().top + card.scrollTop;
      card.scrollTo({ top: Math.max(0, top - card.clientHeight / 3), behavior });
    }
    const strip = pane.querySelector(".strip");
    const first = lit[0].closest(".report");
    strip.scrollTo({ left: first.offsetLeft - strip.offsetLeft, behavior });
  };

  // from words in a report back to the line of the account that cites them most closely
  const back = (piece) => {
    const marks = Array.from(piece.classList).filter((name) => /^c\d/.test(name)).map((name) => name.replace("c", "m"));
    const citing = all(".account a.line").filter((line) => marks.some((id) => line.dataset.marks.split(" ").includes(id)));
    const line = citing.find((candidate) => candidate.closest(".statements, .utterance")) || citing[0];
    if (!line) return;
    const hidden = line.closest("details");
    if (hidden) hidden.open = true;
    line.click();
    line.scrollIntoView({ block: "center" });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#m']");
    if (link) {
      event.preventDefault();
      chosen = link;
      const ids = link.dataset.marks ? link.dataset.marks.split(" ") : [link.hash.slice(1)];
      show(ids);
      const line = link.closest("li, p, figure, .position, dt, h2");
      if (line) line.classList.add("chosen");
      history.replaceState(null, "", link.hash);
      return;
    }
    if (event.target.closest(".close")) return close();
    const piece = event.target.closest(".cited");
    if (piece && getSelection().isCollapsed) back(piece);
  });

  const lines = () => all(".account a.line").filter((line) => line.offsetParent);
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") close();
    const step = event.key === "j" ? 1 : event.key === "k" ? -1 : 0;
    if (!step) return;
    const list = lines();
    const at = list.indexOf(chosen);
    const next = list[at < 0 ? 0 : Math.min(list.length - 1, Math.max(0, at + step))];
    if (!next) return;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
    next.click();
  });

  addEventListener("beforeprint", () => all("details").forEach((element) => { element.open = true; }));
  if (/^#m\d+-\d+$/.test(location.hash)) show([location.hash.slice(1)]);
})();
