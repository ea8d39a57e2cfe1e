// Keeps a page of the preview as the catalogue is: takes new style sheets, loads again what else changed, shows what is wrong.
// In come news of the server, from the generation that this page is of; out goes the newest page, where the reader was.
// A part of the preview, added when a page is sent: nothing of it is ever published.

const { run, generation } = Object.fromEntries(new URL(import.meta.url).searchParams);
const PLACE = "certalog-place";
const DISMISSED = "certalog-dismissed";
// the usual 250 are few for a page with many pictures
performance.setResourceTimingBufferSize(5000);

/** The path of an address as the preview names it; what stands for no text is no file of a site. */
function pathOf(address) {
  const path = new URL(address).pathname;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** What the page was made with, as paths: scripts, pictures, data, style sheets. */
function resources() {
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  const placed = [...document.querySelectorAll("[src], link[href]")].map((element) => element.src || element.href);
  const here = [...loaded, ...placed].filter((address) => URL.canParse(address) && new URL(address).origin === location.origin);
  return new Set(here.map(pathOf));
}

const sheets = () => [...document.querySelectorAll('link[rel~="stylesheet"]')];

/** Puts the new style sheet in the place of the old one, which goes when the new one is there. */
function exchange(sheet, number) {
  const next = sheet.cloneNode();
  const address = new URL(sheet.href);
  address.searchParams.set("generation", number);
  next.href = address;
  next.addEventListener("load", () => sheet.remove());
  next.addEventListener("error", () => next.remove());
  sheet.after(next);
}

let leaving = false;

/** Loads the page again; the reader stays where they were. */
function again() {
  if (leaving) return;
  leaving = true;
  stream?.close();
  sessionStorage.setItem(PLACE, JSON.stringify({ path: location.pathname + location.search, x: scrollX, y: scrollY }));
  location.reload();
}

function stay() {
  const kept = sessionStorage.getItem(PLACE);
  sessionStorage.removeItem(PLACE);
  const place = kept && JSON.parse(kept);
  if (!place || place.path !== location.pathname + location.search) return;
  const go = () => scrollTo({ left: place.x, top: place.y, behavior: "instant" });
  go();
  // pictures and scripts that come later make the page longer
  if (document.readyState !== "complete") addEventListener("load", go, { once: true });
}

/** The report over the page: a dialog that can be closed, and a button that opens it again. */
class Report extends HTMLElement {
  #since = null;
  #dialog;
  #button;
  #status;

  connectedCallback() {
    const root = this.attachShadow({ mode: "open" });
    const style = element("link", { rel: "stylesheet", href: "/.certalog/report.css" });
    this.#status = element("p", { role: "status", className: "hidden" });
    this.#button = element("button", { type: "button", className: "open", hidden: true });
    this.#button.addEventListener("click", () => this.#open());
    this.#dialog = element("dialog", { className: "report" });
    this.#dialog.setAttribute("aria-labelledby", "title");
    this.#dialog.addEventListener("close", () => {
      if (this.#since !== null) sessionStorage.setItem(DISMISSED, `${run}-${this.#since}`);
    });
    root.append(style, this.#status, this.#button, this.#dialog);
  }

  #open() {
    if (!this.#dialog.open) this.#dialog.showModal();
  }

  /** Shows what is wrong now, or nothing. */
  async show(fault) {
    if (!fault) {
      if (this.#since === null) return;
      this.#since = null;
      this.#dialog.close();
      this.#button.hidden = true;
      this.#status.textContent = "The catalogue is mended.";
      return;
    }
    if (fault.since === this.#since) return;
    this.#since = fault.since;
    const sent = await fetch("/.certalog/report");
    const report = new DOMParser().parseFromString(await sent.text(), "text/html").querySelector("main");
    if (!report || this.#since !== fault.since) return;
    const title = report.querySelector("h1");
    title.id = "title";
    const close = element("button", { type: "button", className: "close", textContent: "Close" });
    close.addEventListener("click", () => this.#dialog.close());
    const note = element("p", { className: "note", textContent: "The page behind this is the last good one. It is renewed as soon as the catalogue is mended." });
    title.after(note);
    this.#dialog.replaceChildren(close, ...report.childNodes);
    this.#button.textContent = fault.title;
    this.#button.hidden = false;
    this.#status.textContent = fault.title;
    if (sessionStorage.getItem(DISMISSED) !== `${run}-${fault.since}`) this.#open();
  }
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}

customElements.define("certalog-report", Report);
const isReport = document.body.classList.contains("report") && document.querySelector("main.report");
const report = isReport ? null : document.body.appendChild(document.createElement("certalog-report"));

let stream;
let known = generation;

function listen() {
  const query = new URLSearchParams({ run, generation: known, page: location.pathname });
  stream?.close();
  stream = new EventSource(`/.certalog/events?${query}`);
  stream.addEventListener("message", ({ data }) => hear(JSON.parse(data)));
}

function hear({ generation: number, page, others, fault }) {
  const used = resources();
  const changed = others && new Set(others.filter((path) => used.has(path)));
  const exchanged = changed ? sheets().filter((sheet) => changed.has(pathOf(sheet.href))) : [];
  const isSwap = changed && [...changed].every((path) => exchanged.some((sheet) => pathOf(sheet.href) === path));
  if (page || !isSwap) {
    again();
    return;
  }
  known = String(number);
  for (const sheet of exchanged) exchange(sheet, number);
  report?.show(fault);
}

// A browser keeps few connections to one host open: only a page that is seen listens. What it missed it is told when it comes back.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") listen();
  else stream?.close();
});
addEventListener("pagehide", () => stream?.close());
addEventListener("pageshow", ({ persisted }) => persisted && listen());

stay();
if (document.visibilityState === "visible") listen();
