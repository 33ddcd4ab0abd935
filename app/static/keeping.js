// Keeps what is typed into a page while it is typed, as the page's own buttons do when they save. Every page works
// without it: whatever its buttons cannot save is kept as well.
(() => {
  "use strict";

  const PAUSE = 1200;
  const form = document.querySelector("form[data-keep]");
  const status = document.getElementById("kept-status");
  if (!form || !status) return;

  const typed = () => new URLSearchParams(new FormData(form)).toString();
  let last = typed();
  let timer = 0;
  let sending = null;
  let isLeaving = false;

  const keep = async () => {
    clearTimeout(timer);
    const body = typed();
    if (isLeaving || body === last) return;
    sending?.abort();
    sending = new AbortController();
    try {
      const answer = await fetch(form.dataset.keep, {
        method: "POST",
        body: new URLSearchParams(body),
        signal: sending.signal,
        keepalive: body.length < 60000,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      last = body;
      status.textContent = `Saved for you at ${(await answer.json()).at}. Your team sees it when you save the page.`;
    } catch (error) {
      if (error.name !== "AbortError") status.textContent = "What you type is not kept just now. Save the page before you leave it.";
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
  form.addEventListener("submit", (event) => {
    if (isLeaving) event.preventDefault(); // the second click of a double click
    isLeaving = true;
    clearTimeout(timer);
    sending?.abort();
  });
  window.addEventListener("pageshow", () => {
    isLeaving = false;
  });
})();
