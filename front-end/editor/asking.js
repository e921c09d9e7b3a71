// The box that asks for the address of a link, for the words of a footnote, or for a figure in a list.
let number = 0;

const SHOWN = 8; // rows of a list

// A list in groups; `choices` are { value, text, group }.
function fill(list, choices, chosen) {
  const labels = new Set(choices.map(({ group }) => group));
  list.replaceChildren(
    ...[...labels].map((label) => {
      const rows = choices.filter(({ group }) => group === label), box = Object.assign(document.createElement("optgroup"), { label });
      box.append(...rows.map(({ value, text }) => new Option(text, value, false, value === chosen)));
      return box;
    }),
  );
  if (list.selectedIndex < 0 && list.length) list.selectedIndex = 0;
}

function listOf(list, choices, chosen) {
  list.size = SHOWN;
  list.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), list.form.requestSubmit()));
  list.addEventListener("dblclick", () => list.form.requestSubmit());
  fill(list, choices, chosen);
}

// What is sought narrows the list below it.
function narrow(field, list, choices) {
  field.type = "search";
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    fill(list, choices.filter(({ text, group }) => words.every((word) => `${group} ${text}`.toLowerCase().includes(word))), list.value);
  });
}

function fieldOf({ name, label, value, hint, isLong, choices }) {
  const field = Object.assign(document.createElement(choices ? "select" : isLong ? "textarea" : "input"), { id: `ask-${number}-${name}`, value, className: choices ? "editor-list" : "ds-input" });
  const words = Object.assign(document.createElement("label"), { htmlFor: field.id, textContent: label });
  const help = Object.assign(document.createElement("p"), { id: `${field.id}-hint`, className: "field__hint", textContent: hint ?? "" });
  if (hint) field.setAttribute("aria-describedby", help.id);
  if (choices) listOf(field, choices, value);
  else if (isLong) field.rows = 3;
  else field.autocomplete = "off";
  const box = Object.assign(document.createElement("div"), { className: "ds-field field" });
  box.append(words, ...(hint ? [help] : []), field);
  return { name, field, box, help };
}

function button(text, variant, onclick, type = "button") {
  const made = Object.assign(document.createElement("button"), { type, textContent: text, className: "ds-button", onclick });
  if (variant) made.dataset.variant = variant;
  return made;
}

// `check` returns the values that are used, or the sentence about what is wrong; `remove` is there where something is.
export function ask({ title, fields, done, check, use, remove, then }) {
  number += 1;
  const dialog = Object.assign(document.createElement("dialog"), { className: "editor-box" });
  const form = Object.assign(document.createElement("form"), { method: "dialog", className: "stack-tight", noValidate: true });
  const heading = Object.assign(document.createElement("h2"), { id: `ask-${number}`, textContent: title });
  const drawn = fields.map(fieldOf), wrong = document.createElement("p"), row = document.createElement("div");
  wrong.className = "field__errors";
  wrong.setAttribute("role", "alert");
  row.className = "row";
  fields.forEach(({ narrows }, place) => narrows && narrow(drawn[place].field, drawn[place + 1].field, fields[place + 1].choices));
  row.append(button(done, "", null, "submit"), button("Avbryt", "secondary", () => dialog.close()));
  if (remove) row.append(button("Ta bort", "tertiary", () => (remove(), dialog.close())));
  form.append(heading, ...drawn.map(({ box }) => box), wrong, row);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    const answer = check(Object.fromEntries(drawn.map(({ name, field }) => [name, field.value.trim()])));
    if (typeof answer === "string") {
      wrong.textContent = answer;
      drawn.at(-1).field.focus();
    } else {
      use(answer);
      dialog.close();
    }
  });
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.append(form);
  dialog.addEventListener("close", () => {
    dialog.remove();
    then();
  });
  document.body.append(dialog);
  dialog.showModal();
  drawn.at(fields.length > 1 && !fields[0].value ? 0 : -1).field.focus();
}
