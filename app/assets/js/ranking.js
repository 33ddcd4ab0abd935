// Shows what typed values make of the order of programs before they are saved. Every page works without it: saving
// shows the same order.
(() => {
  "use strict";

  const PAUSE = 400;
  const place = document.querySelector("[data-order]");
  const told = document.getElementById("order-told");
  const main = document.getElementById("main-content");
  if (!place || !told) return;

  let timer = 0;
  let asking = null;
  let first = "";

  const typed = () => {
    const body = new URLSearchParams();
    for (const form of main.querySelectorAll("form")) {
      for (const [name, value] of new FormData(form)) {
        if (name === "row" || name.startsWith("value-")) body.append(name, value);
        if (name === "csrf_token") body.set(name, value);
      }
    }
    return body;
  };

  const show = (answer) => {
    const opened = [...place.querySelectorAll("details")].map((each) => each.open);
    place.replaceChildren(...new DOMParser().parseFromString(answer.html, "text/html").body.childNodes);
    for (const [n, each] of [...place.querySelectorAll("details")].entries()) each.open = opened[n] ?? false;
    for (const part of document.querySelectorAll("[data-first]")) part.textContent = answer[part.dataset.first];
    const now = `First is ${answer.name}, ${answer.score} points`;
    if (now !== first) told.textContent = now;
    first = now;
  };

  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(place.dataset.order, { method: "POST", body: typed(), signal: asking.signal });
      if (answer.ok) show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") told.textContent = "The order is not up to date. Save to see it.";
    }
  };

  main.addEventListener("input", (event) => {
    if (!event.target.name?.startsWith("value-")) return;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
})();
