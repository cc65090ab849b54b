/**
 * What is measured inside the page, as texts, since these files are checked without the names of a browser. A row counts
 * as drawn when it has its text and a frame with it was made.
 */

/** Runs before the page's own scripts: notes when the first row had its text, in ms since the navigation began. */
export const noteFirstRow = `
  (() => {
    const look = () => {
      const row = document.querySelector('[role=row][data-index="0"]:not([aria-busy])');
      if (row === null) return requestAnimationFrame(look);
      requestAnimationFrame(() => { window.firstRowAt = performance.now(); });
    };
    requestAnimationFrame(look);
  })();
`;

/** Goes to a row by the scroll bar and resolves with the ms until all rows in sight are drawn. `share`: 0 to 1. */
export const jumpTo = (share: number) => `
  new Promise((resolve) => {
    const grid = document.querySelector('[role=grid]');
    const began = performance.now();
    grid.scrollTop = ${share} * (grid.scrollHeight - grid.clientHeight);
    const look = () => {
      const rows = [...grid.querySelectorAll('[role=row][data-index]')];
      if (rows.length === 0 || rows.some((row) => row.hasAttribute('aria-busy'))) return requestAnimationFrame(look);
      resolve(performance.now() - began);
    };
    requestAnimationFrame(() => requestAnimationFrame(look));
  })
`;

/** Scrolls row by row for \`seconds\` and resolves with the ms of every frame. */
export const scrollFor = (seconds: number, pixelsPerFrame: number) => `
  new Promise((resolve) => {
    const grid = document.querySelector('[role=grid]');
    const frames = [];
    const began = performance.now();
    let last = began;
    const step = (now) => {
      frames.push(now - last);
      last = now;
      grid.scrollTop += ${pixelsPerFrame};
      if (now - began > ${seconds * 1_000}) return resolve(frames.slice(2));
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  })
`;

/** Types a text into the search box and resolves with the ms until the list that it asks for is drawn. */
export const searchFor = (text: string) => `
  new Promise((resolve) => {
    const box = document.querySelector('[data-search]');
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    const count = () => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') ?? 'none';
    const before = count();
    const began = performance.now();
    set.call(box, ${JSON.stringify(text)});
    box.dispatchEvent(new Event('input', { bubbles: true }));
    const look = () => {
      const busy = document.querySelector('[role=row][data-index][aria-busy]') !== null;
      if ((count() === before || busy) && performance.now() - began < 5000) return requestAnimationFrame(look);
      requestAnimationFrame(() => resolve(performance.now() - began));
    };
    requestAnimationFrame(look);
  })
`;
