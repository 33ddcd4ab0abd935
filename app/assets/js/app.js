// Small conveniences only: every page works without this file.
(() => {
  "use strict";

  document.querySelector(".usa-error-summary")?.focus();

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // The button of a message says who will read it.
  for (const form of document.querySelectorAll("[data-composer]")) {
    const button = form.querySelector("[type=submit]");
    form.addEventListener("change", (event) => {
      if (event.target.dataset.send) button.textContent = event.target.dataset.send;
    });
  }

  // How much room is left in a field with a limit; spoken when the typing stops.
  for (const count of document.querySelectorAll("[data-count-for]")) {
    const field = document.getElementById(count.dataset.countFor);
    const limit = Number(field.dataset.limit);
    const tell = () => {
      const left = limit - field.value.length;
      count.textContent = left >= 0 ? `${left} characters left` : `${-left} characters too many`;
      count.classList.toggle("app-count--over", left < 0);
    };
    field.addEventListener("input", tell);
    tell();
  }

  // One box for all rows of a table.
  for (const box of document.querySelectorAll("[data-selects]")) {
    box.closest("[hidden]")?.removeAttribute("hidden");
    box.addEventListener("change", () => {
      for (const row of document.querySelectorAll(`input[name="${box.dataset.selects}"]`)) row.checked = box.checked;
    });
  }

  // How many rows are chosen, beside the button for them.
  for (const form of document.querySelectorAll("[data-bulk]")) {
    const told = form.querySelector("[data-chosen]");
    const tell = () => {
      const many = form.querySelectorAll("input[name=chosen]:checked").length;
      if (many || told.dataset.began) {
        told.textContent = many === 1 ? "1 request chosen" : `${many} requests chosen`;
        told.dataset.began = "yes";
        told.classList.remove("usa-sr-only");
      }
    };
    form.addEventListener("change", tell);
    tell();
  }
})();
