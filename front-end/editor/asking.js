// The box that asks for the address of a link, or for the words of a footnote.
let number = 0;

function fieldOf({ name, label, value, hint, isLong }) {
  const field = Object.assign(document.createElement(isLong ? "textarea" : "input"), { id: `ask-${number}-${name}`, value, className: "ds-input" });
  const words = Object.assign(document.createElement("label"), { htmlFor: field.id, textContent: label });
  const help = Object.assign(document.createElement("p"), { id: `${field.id}-hint`, className: "field__hint", textContent: hint ?? "" });
  if (hint) field.setAttribute("aria-describedby", help.id);
  if (isLong) field.rows = 3;
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
