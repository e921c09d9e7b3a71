// Lays an editor over each textarea[data-editor]. The textarea holds the text as Markdown all the time, so that guard.js,
// htmx and the server know of nothing else; without this file it is typed in as it stands.
import { baseKeymap, chainCommands, createParagraphNear, toggleMark } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { inputRules, textblockTypeInputRule, undoInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { liftListItem, splitListItem } from "prosemirror-schema-list";
import { EditorState, NodeSelection, Plugin, Selection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import * as commands from "./commands.js";
import { read, write } from "./markdown.js";
import { cleaned, sliceOf } from "./paste.js";
import { schema } from "./schema.js";
import { Toolbar } from "./toolbar.js";

const { nodes, marks } = schema;
const editors = new Map(); // by the id of the text
const cursors = new Map(); // where one wrote, for a part that is drawn anew

function newLine(state, dispatch) {
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
}

// What is chosen and has a box of its own is opened by Enter.
const openBox = (state, dispatch, view) =>
  (commands.isIn.footnote(state) && commands.footnote(state, dispatch, view)) || (commands.isIn.figure(state) && commands.figure(state, dispatch, view));

// A table is never exchanged for what one types: it goes in a paragraph of its own.
const besideTable = (state, dispatch) => commands.isIn.placed(state) && createParagraphNear(state, dispatch);

function typeBesideTable(view, text) {
  if (!besideTable(view.state, view.dispatch)) return false;
  view.dispatch(view.state.tr.insertText(text).scrollIntoView());
  return true;
}

const KEYS = {
  "Mod-z": undo,
  "Mod-y": redo,
  "Mod-Shift-z": redo,
  "Mod-b": toggleMark(marks.strong),
  "Mod-i": toggleMark(marks.em),
  "Mod-k": commands.link,
  "Mod-]": commands.sink,
  "Mod-[": liftListItem(nodes.list_item),
  Enter: chainCommands(openBox, splitListItem(nodes.list_item)),
  "Shift-Enter": chainCommands(besideTable, newLine),
  Backspace: undoInputRule,
};

const RULES = [
  textblockTypeInputRule(/^(#{1,2})\s$/, nodes.heading, (match) => ({ level: match[1].length })),
  wrappingInputRule(/^\s*[-*•]\s$/, nodes.bullet_list),
  wrappingInputRule(/^1[.)]\s$/, nodes.ordered_list),
  wrappingInputRule(/^>\s$/, nodes.blockquote),
];

const docOf = (text) => schema.nodeFromJSON(read(text));

function attributesOf(textarea, label, id) {
  const taken = ["aria-describedby", "aria-invalid", "aria-required"].filter((name) => textarea.hasAttribute(name));
  return {
    ...Object.fromEntries(taken.map((name) => [name, textarea.getAttribute(name)])),
    id,
    class: "editor__text",
    role: "textbox",
    "aria-multiline": "true",
    ...(label ? { "aria-labelledby": label.id } : { "aria-label": textarea.name }),
    lang: "sv",
    spellcheck: "true",
  };
}

class Editor {
  constructor(textarea) {
    const { id } = textarea, label = textarea.labels[0];
    this.textarea = textarea;
    this.id = id;
    if (label) {
      label.id ||= `${id}_label`;
      label.addEventListener("click", () => this.view.focus());
    }
    this.box = Object.assign(document.createElement("div"), { className: "editor" });
    textarea.after(this.box);
    // Links from a summary of errors, and guard.js, find the text by the id that the textarea had.
    textarea.id = `${id}_source`;
    textarea.hidden = true;
    textarea.focus = () => this.view.focus();
    textarea.dataset.editing = "";
    const words = label?.textContent.replace("(valfritt)", "").trim().replace(/\s+/g, " ") ?? "";
    this.view = new EditorView(this.box, {
      state: this.stateOf(textarea.value, { id, label: words }),
      attributes: attributesOf(textarea, label, id),
      editable: () => !textarea.readOnly,
      transformPastedHTML: cleaned,
      clipboardTextParser: sliceOf,
      handleTextInput: (view, from, to, text) => typeBesideTable(view, text),
      handleClickOn: (view, at, node, nodeAt) => node.type === nodes.footnote && this.openNote(nodeAt),
      dispatchTransaction: (transaction) => this.take(transaction),
    });
    this.held = textarea.value;
    this.watcher = new MutationObserver(() => this.view.setProps({}));
    this.watcher.observe(textarea, { attributeFilter: ["readonly"] });
  }

  stateOf(text, about) {
    const plugins = [
      keymap(KEYS),
      keymap(baseKeymap),
      inputRules({ rules: RULES }),
      history(),
      new Plugin({ view: (view) => new Toolbar(view, about) }),
    ];
    const doc = docOf(text), selection = this.selectionIn(doc);
    return EditorState.create({ doc, plugins, selection });
  }

  selectionIn(doc) {
    const at = cursors.get(this.id);
    return at === undefined ? null : Selection.near(doc.resolve(Math.min(at, doc.content.size)));
  }

  take(transaction) {
    this.view.updateState(this.view.state.apply(transaction));
    cursors.set(this.id, this.view.state.selection.head);
    if (!transaction.docChanged || transaction.getMeta("pulled")) return;
    this.textarea.value = this.held = write(this.view.state.doc.toJSON());
    this.textarea.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Something else has filled in the textarea: the browser that goes back, or guard.js in a part that was drawn anew.
  pull() {
    if (this.textarea.value === this.held) return;
    this.held = this.textarea.value;
    const doc = docOf(this.held), { tr } = this.view.state, at = this.view.state.selection.head;
    tr.replaceWith(0, tr.doc.content.size, doc.content).setMeta("pulled", true).setMeta("addToHistory", false);
    this.view.dispatch(tr.setSelection(Selection.near(tr.doc.resolve(Math.min(at, tr.doc.content.size)))));
  }

  openNote(at) {
    this.view.dispatch(this.view.state.tr.setSelection(NodeSelection.create(this.view.state.doc, at)));
    return commands.footnote(this.view.state, this.view.dispatch, this.view);
  }

  destroy() {
    this.watcher.disconnect();
    this.view.destroy();
  }
}

function mount() {
  for (const [id, editor] of editors) {
    if (editor.textarea.isConnected) continue;
    editor.destroy();
    editors.delete(id);
  }
  for (const textarea of document.querySelectorAll("textarea[data-editor]:not([data-editing])")) {
    const editor = new Editor(textarea);
    editors.set(editor.id, editor);
  }
  for (const help of document.querySelectorAll("[data-editor-help], [data-live-figures], [data-placeables]")) help.hidden = true;
}

const pullAll = () => editors.forEach((editor) => editor.pull());

mount();
document.addEventListener("htmx:afterSwap", mount);
document.addEventListener("htmx:afterRequest", pullAll); // after guard.js, which is loaded before
window.addEventListener("pageshow", pullAll);

export { cleaned, docOf, read, write };
