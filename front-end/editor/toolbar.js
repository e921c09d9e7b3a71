// The row of buttons: one stop for Tab, arrows between its buttons.
import * as commands from "./commands.js";
import { figures } from "./figures.js";
import { placeables } from "./placing.js";
import { schema } from "./schema.js";

const { nodes, marks } = schema;
const { isIn } = commands;
const BUTTONS = [
  { text: "Rubrik", does: commands.heading(1), isOn: isIn.heading(1) },
  { text: "Underrubrik", does: commands.heading(2), isOn: isIn.heading(2) },
  { text: "F", name: "Fet", keys: "Control+B", tag: "strong", does: commands.mark(marks.strong), isOn: isIn.mark(marks.strong) },
  { text: "K", name: "Kursiv", keys: "Control+I", tag: "em", does: commands.mark(marks.em), isOn: isIn.mark(marks.em) },
  { text: "Punktlista", does: commands.list(nodes.bullet_list), isOn: isIn.list(nodes.bullet_list) },
  { text: "Numrerad lista", does: commands.list(nodes.ordered_list), isOn: isIn.list(nodes.ordered_list) },
  { text: "Citat", does: commands.quote, isOn: isIn.quote },
  { text: "Länk", keys: "Control+K", does: commands.link, isOn: isIn.mark(marks.link) },
  { text: "Fotnot", does: commands.footnote, isOn: isIn.footnote },
  { text: "Siffra", does: commands.figure, isOn: isIn.figure, isThere: () => figures().length },
  { text: "Tabell", does: commands.place, isOn: isIn.placed, isThere: () => placeables().length },
  { text: "Märk citat", does: commands.mention, isOn: () => null, isThere: commands.quoting },
];

export class Toolbar {
  constructor(view, { id, label }) {
    this.view = view;
    this.dom = Object.assign(document.createElement("div"), { className: "editor__tools", role: "toolbar" });
    this.dom.setAttribute("aria-label", `Formatera: ${label}`);
    this.dom.setAttribute("aria-controls", id);
    this.kinds = BUTTONS.filter(({ isThere }) => !isThere || isThere(view));
    this.buttons = this.kinds.map((what) => this.draw(what));
    this.dom.append(...this.buttons);
    this.stopAt(this.buttons[0]);
    this.dom.addEventListener("keydown", (event) => this.move(event));
    this.dom.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
    view.dom.before(this.dom);
    this.update(view);
  }

  draw({ text, name, keys, tag, does }) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "editor__tool" });
    button.append(tag ? Object.assign(document.createElement(tag), { textContent: text }) : text);
    if (name) button.setAttribute("aria-label", name);
    if (name) button.title = name;
    if (keys) button.setAttribute("aria-keyshortcuts", keys);
    button.addEventListener("click", () => {
      this.stopAt(button);
      if (button.getAttribute("aria-disabled")) return;
      does(this.view.state, this.view.dispatch, this.view);
      if (!document.querySelector("dialog[open]")) this.view.focus();
    });
    return button;
  }

  stopAt(button) {
    this.buttons.forEach((other) => (other.tabIndex = other === button ? 0 : -1));
  }

  move(event) {
    const at = this.buttons.indexOf(document.activeElement), last = this.buttons.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at ? at - 1 : last, Home: 0, End: last }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    this.stopAt(this.buttons[to]);
    this.buttons[to].focus();
  }

  update(view) {
    this.kinds.forEach(({ does, isOn }, place) => {
      const button = this.buttons[place], can = view.editable && does(view.state, null, view), on = isOn(view.state);
      if (on !== null) button.setAttribute("aria-pressed", on);
      can ? button.removeAttribute("aria-disabled") : button.setAttribute("aria-disabled", "true");
    });
  }

  destroy() {
    this.dom.remove();
  }
}
