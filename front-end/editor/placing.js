// The tables and pictures that a text may hold between its paragraphs: those of the list on the page.
const listed = () => [...document.querySelectorAll("[data-placeables] [data-placeable]")];

// `left` says why one is not printed, and is empty where it is.
export const placeables = () =>
  listed().map(({ dataset }) => ({ ref: dataset.placeable, kind: dataset.kind, text: dataset.caption, left: dataset.left ?? "" }));

// What a table in the text is called, by eye and ear.
export function nameOf(ref, text) {
  const all = placeables(), current = all.find((each) => each.ref === ref), isGone = Boolean(all.length) && !current;
  const says = isGone ? ". Finns inte längre" : current?.left ? `. ${current.left}` : "";
  return { name: `${current?.kind ?? "Tabell"}: ${text}${says}`, isGone: isGone || Boolean(current?.left) };
}

export const rule = () => document.querySelector("[data-placeables]")?.dataset.rule ?? "";
