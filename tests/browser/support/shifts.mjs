/** How much of what is seen has moved by itself, as the browser reckons it. */

/** @typedef {import("playwright-core").Page} Page */

/** Before the page is gone to. @param {Page} page */
export function watchShifts(page) {
  return page.addInitScript(() => {
    /** @type {{ value: number, of: string }[]} */
    const shifts = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of /** @type {any[]} */ (list.getEntries())) {
        if (!entry.hadRecentInput) {
          const of = entry.sources.map(
            (/** @type {any} */ { node }) => node?.outerHTML?.slice(0, 80) ?? "something gone",
          );
          shifts.push({ value: entry.value, of: of.join(", ") });
        }
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

/** @param {Page} page @returns {Promise<{ sum: number, moved: string[] }>} */
export async function readShifts(page) {
  // What comes last, the charts, is drawn soon after everything else.
  await page.waitForTimeout(300);
  return page.evaluate(() => {
    /** @type {{ value: number, of: string }[]} */
    // @ts-expect-error left there by `watchShifts`
    const shifts = window.shifts;
    const sum = shifts.reduce((sum, { value }) => sum + value, 0);
    return { sum, moved: shifts.map(({ value, of }) => `${value.toFixed(4)} ${of}`) };
  });
}
