// A page used with the keyboard alone. In comes an open page with scripts on, out go sentences about what a keyboard cannot do there.
// Everything that can be worked must be reached by the Tab key, with a mark that can be seen, and nothing may hold the focus.

/** Steps between two looks at how far the focus came. */
const STRIDE = 40;

/** Tabs through the page once, from before its first link until the focus leaves it. */
export async function keyboard(page) {
  await page.evaluate(() => {
    const faults = new Set();
    const reached = new Set();
    const name = (one) => `<${one.tagName.toLowerCase()}> “${(one.getAttribute("aria-label") ?? one.textContent).trim().slice(0, 40)}” in ${one.closest("[id]")?.id ?? "the frame"}`;
    /** Whether the element, or what it stands for, can be seen at its place. */
    const isSeen = (one) =>
      [...one.getClientRects()].some((box) => {
        const across = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
        const down = Math.min(Math.max(box.top + Math.min(box.height / 2, 12), 0), innerHeight - 1);
        const there = document.elementFromPoint(across, down);
        return there && (one.contains(there) || there.contains(one) || there === one.labels?.[0]);
      });
    /** Whether there is a mark around the element, or around the one that shows its focus. */
    const isMarked = (one) => {
      for (let at = one; at && at !== document.body; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && style.opacity !== "0") return true;
        if (!at.matches(":focus-within") || at.matches("section, main, form, ul, table, dialog")) return false;
      }
      return false;
    };
    // When the key comes up again, the focus has moved and the page has scrolled to it.
    const look = (event) => {
      const at = document.activeElement;
      if (event.key !== "Tab" || at === document.body || reached.has(at)) {
        if (event.key === "Tab") document.tabbing.hasLeft = reached.size > 0;
        return;
      }
      reached.add(at);
      if (!isMarked(at)) faults.add(`the focus cannot be seen on ${name(at)}`);
      if (!isSeen(at)) faults.add(`${name(at)} is covered while it has the focus`);
    };
    addEventListener("keyup", look, true);
    document.tabbing = { faults, reached, name, hasLeft: false };
    document.activeElement.blur();
    scrollTo(0, 0);
  });
  let steps = 0;
  for (let before = -1, now = 0; before !== now; ) {
    for (let step = 0; step < STRIDE; step++) await page.keyboard.press("Tab");
    steps += STRIDE;
    before = now;
    const { size, hasLeft } = await page.evaluate(() => ({ size: document.tabbing.reached.size, hasLeft: document.tabbing.hasLeft }));
    if (hasLeft) break;
    now = size;
  }
  return page.evaluate(() => {
    const { faults, reached, name, hasLeft } = document.tabbing;
    if (!hasLeft) faults.add(`the focus is held by ${name(document.activeElement)}`);
    const works = "a[href], area[href], button, input, select, textarea, summary, [contenteditable], [tabindex='0']";
    for (const one of document.querySelectorAll(works)) {
      const isOne = one.type === "radio" && [...reached].some((other) => other.name === one.name && other.form === one.form);
      const isUsable = one.checkVisibility({ visibilityProperty: true }) && !one.matches(":disabled, [inert] *");
      if (isUsable && !isOne && !reached.has(one)) faults.add(`${name(one)} is not reached`);
    }
    return [...faults];
  });
}
