// What a text may hold: the same as kit/rich/structure.py, which has the last word.
import { Schema } from "prosemirror-model";
import { isChanged } from "./figures.js";
import { nameOf } from "./placing.js";

export const DEEPEST_LIST = 3;
const ADDRESS = /^(?:https?:\/\/|mailto:)[^\s<>"]+$/i;

// As kit/references/naming.py has it.
export const isRef = (ref) => /^[a-z0-9][a-z0-9._-]{0,199}$/.test(ref);

export const isAddress = (href) => href.length <= 500 && ADDRESS.test(href) && URL.canParse(href);

const list = (tag) => ({ group: "block list", content: "list_item+", parseDOM: [{ tag }], toDOM: () => [tag, 0] });

export const schema = new Schema({
  nodes: {
    doc: { content: "(block | heading | blockquote | placed)+" },
    paragraph: { group: "block", content: "inline*", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
    heading: {
      content: "inline*",
      marks: "link em",
      defining: true,
      attrs: { level: { default: 1 } },
      parseDOM: [{ tag: "h3", attrs: { level: 1 } }, { tag: "h4", attrs: { level: 2 } }],
      toDOM: (node) => [`h${node.attrs.level + 2}`, 0],
    },
    blockquote: { content: "block+", defining: true, parseDOM: [{ tag: "blockquote" }], toDOM: () => ["blockquote", 0] },
    bullet_list: list("ul"),
    ordered_list: list("ol"),
    list_item: { content: "paragraph list?", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
    placed: {
      atom: true,
      attrs: { ref: {}, text: {} },
      leafText: (node) => node.attrs.text,
      parseDOM: [{ tag: "div[data-placed]", getAttrs: (box) => isRef(box.dataset.placed) && { ref: box.dataset.placed, text: box.dataset.caption ?? "" } }],
      toDOM: ({ attrs: { ref, text } }) => {
        const { name, isGone } = nameOf(ref, text);
        return ["div", { "data-placed": ref, "data-caption": text, ...(isGone && { "data-gone": "" }), role: "img", "aria-label": name }, name];
      },
    },
    text: { group: "inline" },
    hard_break: {
      group: "inline",
      inline: true,
      selectable: false,
      leafText: () => "\n",
      parseDOM: [{ tag: "br" }],
      toDOM: () => ["br"],
    },
    footnote: {
      group: "inline",
      inline: true,
      atom: true,
      marks: "",
      attrs: { text: {} },
      leafText: (node) => ` (fotnot: ${node.attrs.text})`,
      parseDOM: [{ tag: "sup[data-footnote]", getAttrs: (sup) => ({ text: sup.dataset.footnote }) }],
      toDOM: (node) => ["sup", { "data-footnote": node.attrs.text, role: "img", "aria-label": `Fotnot: ${node.attrs.text}` }],
    },
    figure: {
      group: "inline",
      inline: true,
      atom: true,
      marks: "",
      attrs: { ref: {}, text: {} },
      leafText: (node) => node.attrs.text,
      parseDOM: [{ tag: "span[data-figure]", getAttrs: (span) => isRef(span.dataset.figure) && { ref: span.dataset.figure, text: span.textContent } }],
      toDOM: ({ attrs: { ref, text } }) => {
        const says = isChanged(ref, text) ? "levande siffra som har ändrats" : "levande siffra";
        return ["span", { "data-figure": ref, ...(isChanged(ref, text) && { "data-changed": "" }), role: "img", "aria-label": `${text}, ${says}` }, text];
      },
    },
  },
  marks: {
    link: {
      inclusive: false,
      attrs: { href: {} },
      parseDOM: [{ tag: "a[href]", getAttrs: (link) => isAddress(link.getAttribute("href")) && { href: link.getAttribute("href") } }],
      toDOM: (mark) => ["a", { href: mark.attrs.href }, 0],
    },
    strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
    em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
  },
});
