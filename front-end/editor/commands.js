// What the buttons and the keys do.
import { lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { liftListItem, sinkListItem, wrapInList } from "prosemirror-schema-list";
import { NodeSelection, TextSelection } from "prosemirror-state";
import { ask } from "./asking.js";
import { figures } from "./figures.js";
import { placeables, rule } from "./placing.js";
import { DEEPEST_LIST, isAddress, schema } from "./schema.js";

const { nodes, marks } = schema;

function around(state, type) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) if ($from.node(depth).type === type) return { node: $from.node(depth), at: $from.before(depth) };
  return null;
}

const listAround = (state) => {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    if (node.type === nodes.bullet_list || node.type === nodes.ordered_list) return { node, at: $from.before(depth) };
  }
  return null;
};

const isChosen = ({ selection }, type) => selection instanceof NodeSelection && selection.node.type === type;

export const isIn = {
  heading: (level) => (state) => state.selection.$from.parent.type === nodes.heading && state.selection.$from.parent.attrs.level === level,
  list: (type) => (state) => listAround(state)?.node.type === type,
  quote: (state) => Boolean(around(state, nodes.blockquote)),
  footnote: (state) => isChosen(state, nodes.footnote),
  figure: (state) => isChosen(state, nodes.figure),
  placed: (state) => isChosen(state, nodes.placed),
  mark: (type) => (state) => {
    const { from, to, empty, $from } = state.selection;
    return empty ? Boolean(type.isInSet(state.storedMarks ?? $from.marks())) : state.doc.rangeHasMark(from, to, type);
  },
};

export const heading = (level) => (state, dispatch) =>
  setBlockType(...(isIn.heading(level)(state) ? [nodes.paragraph] : [nodes.heading, { level }]))(state, dispatch);

// A heading cannot stand in a list or a quotation: it becomes a paragraph on its way in.
const fromHeading = (command) => (state, dispatch, view) => {
  if (state.selection.$from.parent.type !== nodes.heading) return command(state, dispatch, view);
  if (!dispatch) return setBlockType(nodes.paragraph)(state);
  setBlockType(nodes.paragraph)(state, dispatch);
  return command(view.state, dispatch, view);
};

export const list = (type) =>
  fromHeading((state, dispatch) => {
    const current = listAround(state);
    if (!current) return wrapInList(type)(state, dispatch);
    if (current.node.type === type) return liftListItem(nodes.list_item)(state, dispatch);
    dispatch?.(state.tr.setNodeMarkup(current.at, type));
    return true;
  });

export const quote = fromHeading((state, dispatch) =>
  around(state, nodes.blockquote) ? (listAround(state) ? false : lift(state, dispatch)) : wrapIn(nodes.blockquote)(state, dispatch),
);

export function sink(state, dispatch) {
  const { $from } = state.selection;
  let depth = 0;
  for (let at = $from.depth; at > 0; at -= 1) if ($from.node(at).type === nodes.list_item) depth += 1;
  return depth > 0 && depth < DEEPEST_LIST && sinkListItem(nodes.list_item)(state, dispatch);
}

export const mark = (type) => toggleMark(type);

function linkAround(state) {
  const { $from, from, to, empty } = state.selection;
  const found = marks.link.isInSet($from.marks()) ?? marks.link.isInSet($from.nodeAfter?.marks ?? []);
  if (!found) return { from, to, isEmpty: empty, href: "" };
  let [start, end] = [from, to];
  state.doc.nodesBetween($from.start(), $from.end(), (node, at) => {
    if (found.isInSet(node.marks) && at <= to && at + node.nodeSize >= from) [start, end] = [Math.min(start, at), Math.max(end, at + node.nodeSize)];
  });
  return { from: start, to: end, isEmpty: false, href: found.attrs.href };
}

function asAddress(typed) {
  if (/^www\./i.test(typed)) return `https://${typed}`;
  return /^[^\s@/:]+@[^\s@]+$/.test(typed) ? `mailto:${typed}` : typed;
}

export function link(state, dispatch, view) {
  if (!state.selection.$from.parent.inlineContent || state.selection instanceof NodeSelection) return false;
  if (!dispatch) return true;
  const { from, to, isEmpty, href } = linkAround(state);
  const address = { name: "href", label: "Adress", value: href, hint: "Till exempel https://www.exempel.se eller en e-postadress." };
  ask({
    title: "Länk",
    fields: isEmpty ? [{ name: "words", label: "Text", value: "" }, address] : [address],
    done: "Lägg in",
    check: ({ words, href: typed }) => {
      const leads = asAddress(typed);
      return isAddress(leads) ? { words: words || typed, href: leads } : "Skriv en adress som börjar med https://, eller en e-postadress.";
    },
    use: ({ words, href: leads }) => {
      const { tr } = view.state, made = marks.link.create({ href: leads });
      if (isEmpty) tr.replaceWith(from, to, schema.text(words, [made]));
      else tr.removeMark(from, to, marks.link).addMark(from, to, made);
      view.dispatch(tr.removeStoredMark(marks.link).scrollIntoView());
    },
    remove: href && (() => view.dispatch(view.state.tr.removeMark(from, to, marks.link))),
    then: () => view.focus(),
  });
  return true;
}

export function footnote(state, dispatch, view) {
  const chosen = isIn.footnote(state) ? state.selection.node : null;
  const { from, to, $to } = state.selection;
  if (!chosen && !$to.parent.inlineContent) return false;
  if (!dispatch) return true;
  ask({
    title: "Fotnot",
    fields: [{ name: "text", label: "Fotnotens text", value: chosen?.attrs.text ?? "", isLong: true, hint: "Till exempel en källa. Fotnoterna numreras och står sist i avsnittet." }],
    done: chosen ? "Ändra" : "Lägg in",
    check: ({ text }) => (text ? { text } : "Skriv fotnotens text."),
    use: ({ text }) => {
      const made = nodes.footnote.create({ text: text.replace(/\s+/g, " ").slice(0, 1000) });
      const tr = chosen ? view.state.tr.replaceWith(from, to, made) : view.state.tr.insert(to, made);
      const at = (chosen ? from : to) + 1;
      view.dispatch(tr.setSelection(TextSelection.create(tr.doc, at)).scrollIntoView());
    },
    remove: chosen && (() => view.dispatch(view.state.tr.delete(from, to))),
    then: () => view.focus(),
  });
  return true;
}

// What is chosen in the text is exchanged, as words that stand there already are for the figure they name.
export function figure(state, dispatch, view) {
  const chosen = isIn.figure(state) ? state.selection.node : null, listed = figures();
  const { $from, $to, from, to } = state.selection;
  if (!listed.length || (!chosen && !($from.sameParent($to) && $to.parent.inlineContent))) return false;
  if (!dispatch) return true;
  ask({
    title: "Siffra",
    fields: [
      { name: "sought", label: "Sök bland siffrorna", value: "", narrows: true },
      {
        name: "ref",
        label: "Siffra",
        value: chosen?.attrs.ref ?? "",
        choices: listed.map(({ ref, label, text, group }) => ({ value: ref, text: `${text} – ${label}`, group })),
        hint: "Siffran följer med tabellen: ändras den får du veta det innan du lämnar in.",
      },
    ],
    done: chosen ? "Byt" : "Lägg in",
    check: ({ ref }) => listed.find((each) => each.ref === ref) ?? "Välj en siffra i listan.",
    use: ({ ref, text }) => {
      const tr = view.state.tr.replaceWith(from, to, nodes.figure.create({ ref, text }));
      view.dispatch(tr.setSelection(TextSelection.create(tr.doc, from + 1)).scrollIntoView());
    },
    remove: chosen && (() => view.dispatch(view.state.tr.delete(from, to))),
    then: () => view.focus(),
  });
  return true;
}

// Where a table goes in: after the paragraph, heading, list or quotation at the cursor, or in place of an empty paragraph.
function roomFor(state) {
  const { $to } = state.selection, outer = $to.node(1);
  const isEmpty = $to.depth === 1 && outer.type === nodes.paragraph && !outer.content.size;
  return { from: isEmpty ? $to.before(1) : $to.after(1), to: $to.after(1) };
}

function put(state, made, { from, to }) {
  const tr = state.tr.replaceWith(from, to, made), after = from + made.nodeSize;
  // One goes on writing below it.
  if (!tr.doc.resolve(after).nodeAfter?.isTextblock) tr.insert(after, nodes.paragraph.create());
  return tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView();
}

export function place(state, dispatch, view) {
  const chosen = isIn.placed(state) ? state.selection.node : null, listed = placeables();
  const { from, to, $to } = state.selection;
  if (!listed.length || (!chosen && (!$to.depth || state.selection instanceof NodeSelection))) return false;
  if (!dispatch) return true;
  ask({
    title: "Tabell eller bild",
    fields: [
      { name: "sought", label: "Sök bland tabeller och bilder", value: "", narrows: true },
      {
        name: "ref",
        label: "Tabell eller bild",
        value: chosen?.attrs.ref ?? "",
        choices: listed.map(({ ref, kind, text, left }) => ({ value: ref, text: left ? `${text} – ${left}` : text, group: kind })),
        hint: `Den står mellan två stycken. ${rule()}`,
      },
    ],
    done: chosen ? "Byt" : "Lägg in",
    check: ({ ref }) => listed.find((each) => each.ref === ref) ?? "Välj en tabell eller bild i listan.",
    use: ({ ref, text }) => view.dispatch(put(view.state, nodes.placed.create({ ref, text }), chosen ? { from, to } : roomFor(view.state))),
    remove: chosen && (() => view.dispatch(view.state.tr.delete(from, to))),
    then: () => view.focus(),
  });
  return true;
}

const SENTENCE_END = /(?<=[.!?…])\s+/;
const wordsOf = (node) => (node.type === nodes.hard_break ? " " : (node.type === nodes.figure && node.attrs.text) || "");

// What is chosen, or else the sentence around the cursor.
function sentenceIn(state) {
  const { from, to, empty, $from } = state.selection;
  if (!empty) return state.doc.textBetween(from, to, " ", wordsOf);
  const before = state.doc.textBetween($from.start(), from, " ", wordsOf), whole = state.doc.textBetween($from.start(), $from.end(), " ", wordsOf);
  let end = 0;
  return whole.split(SENTENCE_END).find((part) => (end = whole.indexOf(part, end) + part.length) >= before.length) ?? "";
}

export const quoting = (view) => view.dom.closest("[data-part], form")?.querySelector("button[data-quote]");

// The page has a button that leads on to the quotes, which takes the sentence with it.
export function mention(state, dispatch, view) {
  const sentence = sentenceIn(state).trim().replace(/\s+/g, " ");
  if (!sentence) return false;
  if (!dispatch) return true;
  const button = quoting(view);
  button.value = sentence;
  button.click();
  return true;
}
