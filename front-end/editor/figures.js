// The figures that a text may hold: those of the list on the page, which without scripts is read and copied from.
const listed = () => [...document.querySelectorAll("[data-live-figures] [data-figure]")];

// `label` says what it is, `text` is what is printed now.
export const figures = () => listed().map(({ dataset }) => ({ ref: dataset.figure, text: dataset.text, label: dataset.label, group: dataset.group }));

// A word may begin a sentence.
const beginsASentence = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

export function isChanged(ref, text) {
  const all = figures(), current = all.find((figure) => figure.ref === ref);
  return Boolean(all.length) && ![current?.text, current && beginsASentence(current.text)].includes(text);
}
