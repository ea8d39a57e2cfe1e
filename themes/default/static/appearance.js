// How a reader wants pages to look: light or dark, and how close the rows of tables stand. Runs before the page is drawn, so that nothing flashes.
// In comes what this browser remembers, out go attributes of the root element. Nothing leaves the browser.

(() => {
  const root = document.documentElement;
  const KEY = "certalog-appearance";
  /** What can be chosen; the first is how pages look by themselves. */
  const CHOICES = { scheme: ["system", "light", "dark"], rows: ["wide", "close"] };

  /** What was chosen before; nothing where a browser remembers nothing. */
  const remembered = () => {
    try {
      return JSON.parse(localStorage.getItem(KEY)) ?? {};
    } catch {
      return {};
    }
  };

  const valid = (chosen, name) => (CHOICES[name].includes(chosen[name]) ? chosen[name] : CHOICES[name][0]);

  const apply = (chosen) => {
    for (const name in CHOICES) root.dataset[name] = valid(chosen, name);
  };

  const show = (form, chosen) => {
    for (const name in CHOICES) form.elements[name].value = valid(chosen, name);
  };

  // The choice in the footer is there for those who can use it, from the first drawing on.
  root.dataset.scripts = "";
  apply(remembered());

  addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector("form.appearance");
    if (!form) return;
    show(form, remembered());
    form.addEventListener("change", () => {
      const chosen = Object.fromEntries(new FormData(form));
      apply(chosen);
      try {
        localStorage.setItem(KEY, JSON.stringify(chosen));
      } catch {
        // Then it holds for this page alone.
      }
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    // Another page of the site, open at the same time, follows.
    addEventListener("storage", ({ key }) => {
      if (key !== KEY) return;
      apply(remembered());
      show(form, remembered());
    });
  });
})();
