// Keyboard shortcuts of the staff's pages. They are off while somebody types, and can be turned off for good.
(() => {
  "use strict";

  const help = document.querySelector("[data-shortcuts]");
  if (!help?.showModal) return;
  const OFF = "shortcuts-off";
  const opener = document.querySelector("[data-shortcuts-open]");
  const box = help.querySelector("[data-shortcuts-on]");
  const rows = [...document.querySelectorAll("main .app-table tbody tr")].filter((row) => row.querySelector("th a"));
  let before = "";

  const kept = (value) => {
    try {
      if (value === undefined) return localStorage.getItem(OFF);
      localStorage.setItem(OFF, value);
    } catch {
      // A browser that keeps nothing has the shortcuts on for every page.
    }
    return value;
  };
  const here = () => rows.findIndex((row) => row.contains(document.activeElement));
  const go = (step) => {
    if (!rows.length) {
      document.querySelector(`a[rel=${step > 0 ? "next" : "prev"}]`)?.click();
      return;
    }
    const at = here();
    const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1);
    rows[next].querySelector("th a").focus();
  };
  const choose = () => rows[here()]?.querySelector("input[type=checkbox]")?.click();
  const search = () => {
    const field = document.getElementById("filter-q");
    if (!field) return;
    for (const fold of [field.closest("details")].filter(Boolean)) fold.open = true;
    field.focus();
    field.select();
  };
  const acts = {
    j: () => go(1),
    k: () => go(-1),
    o: () => rows[here()]?.querySelector("th a").click(),
    x: choose,
    "/": search,
    "?": () => help.showModal(),
    "g q": () => location.assign(help.dataset.queue),
  };

  const isTyping = (target) =>
    target.isContentEditable || (target.matches?.("input, textarea, select") && target.type !== "checkbox");

  document.addEventListener("keydown", (event) => {
    if (!box.checked || help.open || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const act = acts[`${before} ${event.key}`.trim()] ?? acts[event.key];
    before = event.key === "g" ? "g" : "";
    if (!act) return;
    event.preventDefault();
    act();
  });

  box.checked = kept() !== "yes";
  box.addEventListener("change", () => kept(box.checked ? "no" : "yes"));
  opener.hidden = false;
  opener.addEventListener("click", () => help.showModal());
})();
