// Saves each moment of the self-assessment as one goes. Without this file the page saves with its buttons.
// A moment counts its changes: what has changed since the last answer "saved" is not saved, whatever has happened.
const form = document.getElementById("rating");
const RESTS = 600; // ms before a choice is saved; arrow keys through a group come faster
const TYPED = 1500; // ms of pause in a text
const PAUSES = [2, 4, 8, 15, 30, 60]; // s between attempts while nothing answers
const moments = new Map();
let attempts = 0;
let next = 0;
let goOn = null; // the button that waits for everything to be saved

const WORDS = {
  saving: "Sparar …",
  offline: "Inte sparat: ingen kontakt. Det ni skrev finns kvar här och sparas när kontakten är tillbaka.",
  refused: "Inte sparat: det gick inte att ta emot. Det ni skrev finns kvar här.",
  signedOut: "Inte sparat: du är utloggad. Det ni skrev finns kvar här och sparas när du har loggat in.",
  why: "Inte sparat än: skriv varför värdet ändras.",
  choose: "Inte sparat än: välj vilket som ska gälla.",
};
const FAILED = ["offline", "refused", "signedOut"];

const place = (moment) => document.getElementById(`moment-${moment.number}`);
const find = (moment, selector) => place(moment).querySelector(selector);
const theScale = (moment) => find(moment, ".rating :checked") ?? find(moment, ".rating input");
const isUnsaved = (moment) => moment.changes > moment.saved;
const unsaved = () => [...moments.values()].filter(isUnsaved);
const announce = (value) => document.dispatchEvent(new CustomEvent("announce", { detail: { value } }));
const meta = document.querySelector("meta[name=csrf-token]");

function momentOf(element) {
  const number = element.closest(".moment")?.dataset.number;
  if (!number) return null;
  if (!moments.has(number)) moments.set(number, { number, changes: 0, sent: 0, saved: 0, state: "saved" });
  return moments.get(number);
}

function make(tag, text, moment, attributes) {
  const made = Object.assign(document.createElement(tag), { className: "saved__way", textContent: text }, attributes);
  made.append(Object.assign(document.createElement("span"), { className: "ds-sr-only", textContent: `, moment ${moment.number}` }));
  return made;
}

// What the moment's line says, with what can be done about it; read out once, not at every attempt.
function say(moment, state) {
  if (moment.state === state) return;
  moment.state = state;
  const line = find(moment, ".saved"), hadFocus = line.contains(document.activeElement);
  line.textContent = WORDS[state];
  line.toggleAttribute("data-failed", state !== "saving");
  line.removeAttribute("data-waiting");
  if (state === "signedOut") line.append(" ", make("a", "Logga in i en ny flik", moment, { href: form.dataset.signIn, target: "_blank" }));
  if (FAILED.includes(state)) line.append(" ", make("button", "Försök igen", moment, { type: "button", onclick: () => tryAgain(moment) }));
  if (hadFocus) line.querySelector("button")?.focus();
  if (state !== "saving") announce(`Moment ${moment.number}. ${WORDS[state]}`);
}

function tryAgain(moment) {
  moment.state = "trying"; // so that what comes of it is said, also when it is the same
  announce("Försöker spara igen.");
  save(moment);
}

// A moment that another has saved waits for a decision, and an agreed value for the reason why it changes.
function waitsFor(moment) {
  if (find(moment, "[name=anyway]")) return "choose";
  const why = find(moment, ".why input");
  return why?.checkVisibility() && !why.value.trim() ? "why" : null;
}

function save(moment) {
  clearTimeout(moment.timer);
  if (moment.isSaving || !isUnsaved(moment)) return;
  moment.isSaving = true;
  moment.sent = moment.changes;
  if (![...FAILED, "trying"].includes(moment.state)) say(moment, "saving");
  find(moment, ".moment__body").dispatchEvent(new CustomEvent("save"));
}

function saveWhenReady(moment) {
  const wanting = waitsFor(moment);
  if (wanting) say(moment, wanting);
  else save(moment);
}

function saveAll(wanted = unsaved()) {
  clearTimeout(next);
  wanted.filter((moment) => !moment.isRefused && !waitsFor(moment)).forEach(save);
}

// Only what has failed: a choice in another moment may still be on its way.
const retry = () => saveAll(unsaved().filter((moment) => FAILED.includes(moment.state)));

form.addEventListener("input", (event) => {
  const moment = momentOf(event.target);
  if (!moment) return;
  moment.changes += 1;
  moment.isRefused = false;
  clearTimeout(moment.timer);
  moment.timer = setTimeout(() => saveWhenReady(moment), event.target.matches("textarea, [type=text]") ? TYPED : RESTS);
});

form.addEventListener("focusout", (event) => {
  const moment = momentOf(event.target);
  if (!moment || !isUnsaved(moment) || moment.isRefused || place(moment).contains(event.relatedTarget)) return;
  if (waitsFor(moment) === "choose") say(moment, "choose");
  else save(moment); // without the reason it needs, the answer says so at the field
});

// The token changes when one signs in, so the newest is taken: from its cookie, else from the page anew.
function takeToken() {
  meta.content = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? meta.content;
  return meta.content;
}

async function fetchToken() {
  const answer = await fetch(form.action);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  meta.content = page.querySelector("meta[name=csrf-token]")?.content ?? meta.content;
}

form.addEventListener("htmx:configRequest", (event) => {
  const moment = momentOf(event.target);
  if (!moment) return;
  const { formData } = event.detail;
  const mine = [...formData].filter(([name]) => name.startsWith(`m${moment.number}-`));
  // Where an answer never came, the same is sent once more before what is newer: had it been stored after all,
  // the newer would be taken for an answer to what someone else saved.
  moment.sending = moment.unanswered ?? { values: mine, changes: moment.sent };
  moment.sent = moment.sending.changes;
  for (const name of new Set(formData.keys())) formData.delete(name);
  for (const [name, value] of moment.sending.values) formData.append(name, value);
  takeToken(); // app.js sends it
});

function outcome({ xhr }) {
  if (!xhr.status || xhr.status >= 502) return "offline";
  if (new URL(xhr.responseURL).pathname.startsWith(form.dataset.signIn)) return "signedOut";
  if (xhr.status >= 400 || !xhr.getResponseHeader("HX-Trigger")?.includes("announce")) return "refused";
  return xhr.getResponseHeader("HX-Retarget") ? "decide" : "saved";
}

form.addEventListener("htmx:beforeSwap", (event) => {
  const moment = momentOf(event.detail.requestConfig.elt), result = outcome(event.detail);
  if (!moment) return;
  moment.kept = keep(place(moment));
  if (FAILED.includes(result)) event.detail.shouldSwap = false;
});

form.addEventListener("htmx:afterRequest", async (event) => {
  const moment = momentOf(event.detail.requestConfig.elt), result = outcome(event.detail);
  if (!moment) return;
  if (event.detail.xhr.status === 403 && !moment.hasFetched) {
    moment.hasFetched = true;
    await fetchToken().catch(() => null);
    moment.isSaving = false;
    save(moment);
    return;
  }
  moment.isSaving = false;
  if (FAILED.includes(result)) isNotSaved(moment, result);
  else {
    moment.unanswered = null;
    moment.hasFetched = false;
    attempts = 0;
    if (result === "saved") isSaved(moment);
    else isRefused(moment);
  }
  if (goOn && !unsaved().some((other) => other.isSaving)) carryOn();
});

// What app.js would say of a failed request is said at the moment, and once.
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  form.addEventListener(name, (event) => event.stopPropagation());
}

function isNotSaved(moment, result) {
  if (result === "offline" && navigator.onLine) moment.unanswered = moment.sending;
  say(moment, result);
  clearTimeout(next);
  if (result === "signedOut") return; // coming back to the tab tries again
  next = setTimeout(retry, PAUSES[Math.min(attempts, PAUSES.length - 1)] * 1000);
  attempts += 1;
}

function isSaved(moment) {
  const box = place(moment), value = moment.sending.values.find(([name]) => name === `m${moment.number}-value`)?.[1];
  moment.saved = moment.sent;
  moment.state = "saved";
  box.toggleAttribute("data-waiting", !value);
  box.querySelectorAll(".moment__body > .notice, .field__errors").forEach((told) => told.remove());
  box.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
  box.querySelectorAll(".rating [type=radio]").forEach((radio) => radio.toggleAttribute("data-stored", radio.value === value));
  if (value) {
    box.querySelectorAll(".rating__then").forEach((words) => words.remove());
    box.querySelector(".rating__option--suggested")?.classList.remove("rating__option--suggested");
  }
  if (moment.kept.isAtButton) theScale(moment).focus({ preventScroll: true });
  const why = box.querySelector(".why input");
  if (isUnsaved(moment)) saveWhenReady(moment);
  else if (why) why.value = "";
  retry();
}

// Not stored: the moment was drawn anew as it was sent, and what was typed meanwhile is put back.
function isRefused(moment) {
  moment.isRefused = moment.changes === moment.sent;
  moment.state = "decide";
  putBack(place(moment), moment.kept);
  if (waitsFor(moment) === "choose") say(moment, "choose"); // now, so that nothing moves under a click later
}

const fieldsOf = (box) => [...box.querySelectorAll("input:not([type=hidden]), select, textarea")];

function keep(box) {
  const focused = document.activeElement;
  return {
    fields: fieldsOf(box).map(({ id, type, value, checked }) => ({ id, type, value, checked })),
    open: [...box.querySelectorAll("details")].map((fold) => fold.open),
    focus: box.contains(focused) ? { id: focused.id, at: focused.selectionStart ?? null } : null,
    isAtButton: focused.matches(".saved__way, [name=anyway]") && box.contains(focused),
  };
}

function putBack(box, { fields, open, focus }) {
  for (const { id, type, value, checked } of fields) {
    const field = document.getElementById(id);
    if (field && ["radio", "checkbox"].includes(type)) field.checked = checked;
    else if (field) field.value = value;
  }
  box.querySelectorAll("details").forEach((fold, index) => (fold.open ||= open[index]));
  const field = focus?.id ? document.getElementById(focus.id) : null;
  field?.focus({ preventScroll: true });
  if (field && focus.at !== null) field.setSelectionRange(focus.at, focus.at);
}

// The buttons below send the whole page: first what is not saved, so that no error page can take it.
form.addEventListener("submit", (event) => {
  form.querySelector("[name=csrfmiddlewaretoken]").value = takeToken();
  if (event.submitter?.name === "anyway") {
    const moment = momentOf(event.submitter);
    event.preventDefault();
    moment.changes += 1;
    save(moment);
  } else if (unsaved().length) {
    event.preventDefault();
    goOn = event.submitter;
    saveAll();
    if (!unsaved().some((moment) => moment.isSaving)) carryOn();
  }
});

function carryOn() {
  const button = goOn, [first] = unsaved();
  goOn = null;
  if (!first) return form.requestSubmit(button);
  const wanting = waitsFor(first);
  if (wanting) say(first, wanting);
  const way = find(first, "[name=anyway], .saved__way") ?? [find(first, ".why input")].find((why) => why?.checkVisibility());
  (way ?? theScale(first)).focus();
}

form.addEventListener("click", (event) => {
  const moment = event.target.closest("[data-reload]") && momentOf(event.target);
  if (moment) moment.saved = moment.changes; // one has chosen what the other saved
});

window.addEventListener("online", retry);
window.addEventListener("focus", retry);
document.addEventListener("visibilitychange", () => (document.hidden ? saveAll() : retry()));
window.addEventListener("beforeunload", (event) => {
  if (unsaved().length) event.preventDefault();
});

// What was chosen or typed before this file had come counts. A browser that goes back puts old values in, which do not.
if (performance.getEntriesByType("navigation")[0].type === "navigate") {
  const isChanged = (field) => (field.type === "radio" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue);
  const changed = [...form.querySelectorAll(".rating :checked, textarea")].filter(isChanged);
  changed.forEach((field) => field.dispatchEvent(new Event("input", { bubbles: true })));
}
