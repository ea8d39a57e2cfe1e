// Buttons that copy what stands beside them. In come the texts that a page offers to be copied, out goes one of them to the clipboard.
// Where a browser has no clipboard for pages, there is no button; nothing is read from the clipboard.

import { words as all } from "./words.js";

const words = all.copy;

for (const figure of navigator.clipboard ? document.querySelectorAll(".snippets figure") : []) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words.button;
  const title = figure.querySelector("figcaption span");
  button.setAttribute("aria-describedby", title.id);
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  button.onclick = () => {
    const say = (text) => {
      status.textContent = text;
    };
    navigator.clipboard.writeText(figure.querySelector("code").textContent).then(
      () => say(words.copied),
      () => say(words.not_copied),
    );
  };
  figure.querySelector("figcaption").append(" ", button, " ", status);
}
