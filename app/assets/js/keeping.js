// Keeps what is typed into the forms of a page while it is typed, for who types it, and fills it in again when they come
// back. Whatever is refused is kept without this, too; what a script cannot do, a page says.
(() => {
  "use strict";

  const PAUSE = 1200;
  const PATIENCE = 4000; // how long a form waits for what was typed beside it
  const LARGEST = 60000; // what a browser still sends while a page is left
  const TEXTS = "textarea, input:not([type]), input[type=text], input[type=email], input[type=tel], input[type=url]";
  const CHOICES = "input[type=checkbox], input[type=radio]";
  const UNKEPT = "input[type=hidden], input[type=file], input[type=password], button, input[type=submit]";
  const status = document.getElementById("kept-status");

  const own = (form, which) => [...form.elements].filter((field) => field.name && !field.disabled && field.matches(which));
  const pathOf = (form) => new URL(form.getAttribute("action") || "", location.href).pathname;
  const isKept = (form) =>
    form.getAttribute("method") === "post" && own(form, TEXTS).length > 0 && !own(form, "input[type=password]").length;

  const bodyOf = (form) => {
    const pairs = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    return new URLSearchParams(pairs).toString();
  };

  const fillIn = (form, typed) => {
    const left = new Map();
    for (const [name, value] of typed) left.set(name, [...(left.get(name) || []), value]);
    for (const field of own(form, "input, select, textarea")) {
      const values = left.get(field.name) || [];
      if (field.matches(UNKEPT)) continue;
      if (field.matches(CHOICES)) field.checked = values.includes(field.value);
      else if (field.multiple) for (const option of field.options) option.selected = values.includes(option.value);
      else if (values.length) field.value = values.shift();
      field.dispatchEvent(new Event("change", { bubbles: true }));
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };

  class Keeper {
    constructor(form) {
      this.form = form;
      this.kept = bodyOf(form);
      this.timer = 0;
      this.sending = Promise.resolve();
      form.addEventListener("input", () => this.later());
      form.addEventListener("change", () => this.later());
    }

    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.keep(), PAUSE);
    }

    // Resolves when the server has what stands typed, one sending after the other, so that the last one stays.
    keep() {
      clearTimeout(this.timer);
      this.sending = this.sending.then(() => this.send());
      return this.sending;
    }

    async send() {
      const body = bodyOf(this.form);
      if (body === this.kept) return;
      const address = new URLSearchParams({ path: pathOf(this.form), page: document.body.dataset.page });
      try {
        const answer = await fetch(`/kept?${address}`, {
          method: "POST",
          body: new URLSearchParams(body),
          keepalive: body.length < LARGEST,
        });
        if (!answer.ok) throw new Error(String(answer.status));
        this.kept = body;
        this.say(`Saved for you at ${(await answer.json()).at}. Your team sees it when you save the page.`);
      } catch {
        this.say("What you type is not kept just now. Save the page before you leave it.");
      }
    }

    say(words) {
      if (status && this.form.contains(status)) status.textContent = words;
    }
  }

  const forms = [...document.forms].filter(isKept);
  for (const saved of document.querySelectorAll("[data-saved]")) {
    const form = forms.find((each) => pathOf(each) === saved.dataset.saved);
    if (!form) continue;
    fillIn(form, JSON.parse(saved.dataset.typed));
    saved.querySelector("[hidden]").hidden = false;
  }
  const keepers = forms.map((form) => new Keeper(form));

  if (!keepers.length) return;

  // Typing, then waiting until everything else is kept, then sending: another click meanwhile sends nothing.
  let state = "typing";
  const type = () => {
    state = "typing";
  };

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && state === "typing") for (const keeper of keepers) keeper.keep();
  });

  const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

  // What was typed into the form that is sent goes with it; nothing may keep it again once it is saved.
  const keepAllBut = (form) => {
    const kept = keepers.map((keeper) => {
      clearTimeout(keeper.timer);
      return keeper.form === form ? keeper.sending : keeper.keep();
    });
    return Promise.race([Promise.all([...kept, wait(0)]), wait(PATIENCE)]); // a form is not sent within its own event
  };

  document.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
    if (state === "sending") {
      state = "sent";
      setTimeout(type, PAUSE); // a form may answer with a file, and the page stays
      return;
    }
    event.preventDefault();
    if (state !== "typing") return;
    state = "waiting";
    await keepAllBut(form);
    state = "sending";
    form.requestSubmit(submitter);
    if (state === "sending") type(); // the browser found a field that it does not send
  });
  window.addEventListener("pageshow", type);
})();
