// Keeps what is typed until the server has it. Without this file every form is sent with its buttons.
//
// form[data-guard] is sent by fetch, and its page left only when the server has stored it. In form[data-guard=auto] each
// [data-part] is saved as one goes: a part counts its changes, and what has changed since the last answer "saved" is not
// saved, whatever has happened. Its server answers with a fragment and the event "announce", where it is not stored with
// HX-Retarget. The line .saved of a part, or above the buttons of a form, says how it is.
const RESTS = 600; // ms before a choice is saved; arrow keys through a group come faster
const TYPED = 1500; // ms of pause in a text
const PAUSES = [2, 4, 8, 15, 30, 60]; // s between attempts while nothing answers
const LIMIT = 30000; // ms for an answer
const FAILED = ["offline", "refused", "signedOut"];
const WORDS = {
  changed: "Inte sparat än",
  saving: "Sparar …",
  offline: "Inte sparat: ingen kontakt. Det står kvar här och sparas när kontakten är tillbaka.",
  refused: "Inte sparat: det gick inte att ta emot. Det står kvar här.",
  signedOut: "Inte sparat: du är utloggad. Det står kvar här och sparas när du har loggat in.",
  choose: "Inte sparat än: välj vilket som ska gälla.",
  again: "Inte sparat: du har ändrat sedan du tryckte. Tryck på knappen igen.",
};
const signIn = document.querySelector("meta[name=sign-in]");
const parts = new Map(); // by the id of the part, since its element is drawn anew
const sendings = new Map(); // forms on their way, or that did not arrive
let attempts = 0;
let next = 0;
let goOn = null; // the button that waits for everything to be saved

const announce = (value) => document.dispatchEvent(new CustomEvent("announce", { detail: { value } }));
const isFromThen = performance.getEntriesByType("navigation")[0].type !== "navigate"; // old values are put in by the browser

// The token changes when one signs in, so the newest is taken: from its cookie, else from the page anew.
const meta = document.querySelector("meta[name=csrf-token]") ?? document.createElement("meta"); // a public page without a form has none

function takeToken() {
  meta.content = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/)?.[1] ?? meta.content;
  return meta.content;
}

async function fetchToken() {
  const answer = await fetch(location.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  meta.content = page.querySelector("meta[name=csrf-token]")?.content ?? meta.content;
}

// What a line says, with what can be done about it; read out once, not at every attempt.
function say(thing, state) {
  if (thing.state === state) return;
  thing.state = state;
  const line = thing.line(), hadFocus = line.contains(document.activeElement), words = thing.words?.[state] ?? WORDS[state];
  line.textContent = words;
  line.toggleAttribute("data-failed", !["changed", "saving"].includes(state));
  line.removeAttribute("data-waiting");
  if (state === "signedOut") line.append(" ", way("a", "Logga in i en ny flik", thing, { href: signIn.content, target: "_blank" }));
  if (FAILED.includes(state)) line.append(" ", way("button", "Försök igen", thing, { type: "button", onclick: () => tryAgain(thing) }));
  if (hadFocus) line.querySelector("button")?.focus();
  if (!["changed", "saving"].includes(state)) announce([thing.label, words].filter(Boolean).join(". "));
}

function way(tag, text, thing, attributes) {
  const made = Object.assign(document.createElement(tag), { className: "saved__way", textContent: text }, attributes);
  if (thing.label) made.append(Object.assign(document.createElement("span"), { className: "ds-sr-only", textContent: `, ${thing.label.toLowerCase()}` }));
  return made;
}

function tryAgain(thing) {
  thing.state = "trying"; // so that what comes of it is said, also when it is the same
  announce("Försöker spara igen.");
  thing.save();
}

function outcome(status, isOurs) {
  if (!status || status >= 502) return "offline";
  if (status === 401) return "signedOut";
  return status >= 400 || !isOurs ? "refused" : "saved";
}

function tryLater() {
  clearTimeout(next);
  next = setTimeout(retry, PAUSES[Math.min(attempts, PAUSES.length - 1)] * 1000);
  attempts += 1;
}

// Only what has failed: a choice in another part may still be on its way.
function retry() {
  clearTimeout(next);
  saveAll(unsaved().filter((part) => FAILED.includes(part.state)));
  for (const sending of sendings.values()) if (FAILED.includes(sending.state)) sending.saveAsItWas();
}

// ── Parts that are saved as one goes

const place = (part) => document.getElementById(part.id);
const find = (part, selector) => place(part).querySelector(selector);
const isUnsaved = (part) => part.changes > part.saved;
const unsaved = () => [...parts.values()].filter((part) => place(part) && isUnsaved(part));
const startOf = (part) => find(part, "input:checked") ?? find(part, "input:not([type=hidden]), select, textarea");
const namesIn = (part) => new Set([...place(part).querySelectorAll("[name]:not(button)")].map(({ name }) => name));

function partOf(element) {
  const box = element?.closest?.("[data-part]");
  if (!box) return null;
  if (!parts.has(box.id)) {
    const part = { id: box.id, label: box.dataset.part, changes: 0, sent: 0, saved: 0, state: "saved" };
    parts.set(box.id, Object.assign(part, { line: () => find(part, ".saved"), save: () => save(part) }));
  }
  return parts.get(box.id);
}

// A part that another has saved waits for a decision; one with a field that it needs waits for that.
function waitsFor(part) {
  if (find(part, "[name=anyway]")) return "choose";
  const needed = find(part, "[data-needed]");
  part.words = { needed: needed?.dataset.needed };
  return needed?.checkVisibility() && !needed.value.trim() ? "needed" : null;
}

function save(part) {
  clearTimeout(part.timer);
  if (part.isSaving || !isUnsaved(part)) return;
  part.isSaving = true;
  part.sent = part.changes;
  if (![...FAILED, "trying"].includes(part.state)) say(part, "saving");
  find(part, "[hx-post]").dispatchEvent(new CustomEvent("save"));
}

function saveWhenReady(part) {
  const wanting = waitsFor(part);
  if (wanting) say(part, wanting);
  else save(part);
}

function saveAll(wanted = unsaved()) {
  wanted.filter((part) => !part.isRefused && !waitsFor(part)).forEach(save);
}

function changed(part, field) {
  part.changes += 1;
  part.isRefused = false;
  if (part.state === "saved") say(part, "changed");
  clearTimeout(part.timer);
  part.timer = setTimeout(() => saveWhenReady(part), field.matches("textarea, [type=text]") ? TYPED : RESTS);
}

document.addEventListener("focusout", (event) => {
  const part = partOf(event.target);
  if (!part || !isUnsaved(part) || part.isRefused || place(part).contains(event.relatedTarget)) return;
  if (waitsFor(part) === "choose") say(part, "choose");
  else save(part); // without the field it needs, the answer says so
});

document.addEventListener("htmx:configRequest", (event) => {
  takeToken(); // app.js sends it
  const part = partOf(event.target), { formData } = event.detail;
  if (!part) return;
  const names = namesIn(part), mine = [...formData].filter(([name]) => names.has(name));
  // Where an answer never came, the same is sent once more before what is newer: had it been stored after all,
  // the newer would be taken for an answer to what someone else saved.
  part.sending = part.unanswered ?? { values: mine, changes: part.sent };
  part.sent = part.sending.changes;
  for (const name of new Set(formData.keys())) formData.delete(name);
  for (const [name, value] of part.sending.values) formData.append(name, value);
});

const isPage = (xhr) => /^\s*<!doctype/i.test(xhr.responseText);
const outcomeOf = ({ xhr }) => outcome(xhr.status, xhr.getResponseHeader("HX-Trigger")?.includes("announce"));

document.addEventListener("htmx:beforeSwap", (event) => {
  const part = partOf(event.detail.requestConfig.elt);
  if (part) part.kept = keep(place(part));
  if (part && FAILED.includes(outcomeOf(event.detail))) event.detail.shouldSwap = false;
  if (isPage(event.detail.xhr)) event.detail.shouldSwap = false; // what a redirect led to is no fragment
});

document.addEventListener("htmx:afterRequest", async (event) => {
  const { xhr } = event.detail, part = partOf(event.detail.requestConfig.elt), result = outcomeOf(event.detail);
  if (!part) return;
  if (xhr.status === 403 && !part.hasFetched) {
    part.hasFetched = true;
    await fetchToken().catch(() => null);
    part.isSaving = false;
    save(part);
    return;
  }
  part.isSaving = false;
  if (FAILED.includes(result)) {
    if (result === "offline" && navigator.onLine) part.unanswered = part.sending;
    say(part, result);
    tryLater();
  } else {
    part.unanswered = null;
    part.hasFetched = false;
    attempts = 0;
    if (xhr.getResponseHeader("HX-Retarget")) isRefused(part);
    else isSaved(part);
  }
  if (goOn && !unsaved().some((other) => other.isSaving)) carryOn();
});

function isSaved(part) {
  const box = place(part);
  part.saved = part.sent;
  part.state = "saved";
  box.querySelectorAll("[data-taken], .field__errors").forEach((old) => old.remove());
  box.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
  box.dispatchEvent(new CustomEvent("guard:saved", { bubbles: true, detail: { values: part.sending.values } }));
  if (part.kept.isAtButton) startOf(part).focus({ preventScroll: true });
  if (isUnsaved(part)) {
    say(part, "changed");
    saveWhenReady(part);
  } else box.querySelectorAll("[data-needed]").forEach((field) => (field.value = ""));
  retry();
}

// Not stored: the part was drawn anew as it was sent, and what was typed meanwhile is put back.
function isRefused(part) {
  part.isRefused = part.changes === part.sent;
  part.state = "decide";
  putBack(place(part), part.kept);
  if (waitsFor(part) === "choose") say(part, "choose"); // now, so that nothing moves under a click later
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

function carryOn() {
  const { form, button } = goOn, [first] = unsaved();
  goOn = null;
  if (!first) return form.requestSubmit(button);
  const wanting = waitsFor(first);
  if (wanting) say(first, wanting);
  const needed = find(first, "[data-needed]");
  (find(first, "[name=anyway], .saved__way") ?? (needed?.checkVisibility() ? needed : startOf(first))).focus();
}

document.addEventListener("input", (event) => {
  const part = partOf(event.target), sending = sendings.get(event.target.form);
  if (part) changed(part, event.target);
  if (sending && FAILED.includes(sending.state)) say(sending, "again");
  document.querySelectorAll(".messages [data-color=success]").forEach((notice) => notice.remove()); // it was about what was
});

document.addEventListener("click", (event) => {
  const part = event.target.closest("[data-reload]") && partOf(event.target);
  if (part) part.saved = part.changes; // one has chosen what the other saved
});

// ── Forms that are sent with a button

const SHORT = 2; // fields that may be left without a question
const firsts = new WeakMap(); // what a form held when it was last stored
let isLeaving = false;

function valueOf(field, isFirst) {
  if (["radio", "checkbox"].includes(field.type)) return isFirst ? field.defaultChecked : field.checked;
  if (field.tagName !== "SELECT") return isFirst ? field.defaultValue : field.value;
  const chosen = [...field.options].filter((option) => (isFirst ? option.defaultSelected : option.selected));
  if (!chosen.length && !field.multiple) chosen.push(...[...field.options].slice(0, 1));
  return chosen.map((option) => option.value).join();
}

const valuesOf = (form, isFirst = false) =>
  JSON.stringify([...form.elements].filter((field) => field.name && field.type !== "hidden" && field.matches("input, select, textarea")).map((field) => [field.name, valueOf(field, isFirst)]));
const isLong = (form) => form.querySelector("textarea") || new Set(fieldsOf(form).map(({ name }) => name)).size > SHORT;
const isChanged = (form) => valuesOf(form) !== (firsts.get(form) ?? valuesOf(form, true));
const isWrong = (form) => !firsts.has(form) && form.querySelector(".error-summary"); // drawn anew as it was sent

// Whoever comes back meets the same drawing of the form, also where the browser has fetched its page anew.
const keyOf = (form) => form.querySelector("[name=form_key]");
const guarded = () => [...document.querySelectorAll("form[data-guard=plain]")];

function remember({ form, values }) {
  history.replaceState({ ...history.state, sent: { at: guarded().indexOf(form), key: keyOf(form).value, values } }, "");
}

function recall() {
  if (location.search.endsWith("&")) history.replaceState(history.state, "", location.pathname + location.search.replace(/[?&]+$/, "") + location.hash);
  const sent = history.state?.sent, form = sent && guarded()[sent.at];
  if (sent && !isFromThen) history.replaceState({ ...history.state, sent: null }, ""); // the same address, visited anew
  if (!form || !isFromThen) return;
  keyOf(form).value = sent.key;
  if (valuesOf(form) === sent.values) firsts.set(form, sent.values);
}

function sendingOf(form, button) {
  if (!sendings.has(form)) {
    const sending = { form, state: "saved", line: () => lineOf(sending), save: () => form.requestSubmit(sending.button) };
    sending.saveAsItWas = () => valuesOf(form) === sending.values && sending.save();
    sendings.set(form, sending);
  }
  return Object.assign(sendings.get(form), { button, values: valuesOf(form) });
}

function lineOf(sending) {
  if (sending.node) return sending.node;
  const { form, button } = sending, row = button?.closest(".row");
  sending.node = Object.assign(document.createElement("p"), { className: "saved" });
  if (button) (row && row !== form ? row : button).before(sending.node);
  else form.append(sending.node);
  return sending.node;
}

function forget(form) {
  sendings.get(form)?.node?.remove();
  sendings.delete(form);
}

async function post(form, button) {
  const body = new FormData(form), to = button?.getAttribute("formaction") || form.getAttribute("action") || location.href;
  if (button?.name) body.append(button.name, button.value);
  const signal = form.querySelector("[type=file]") ? undefined : AbortSignal.timeout(LIMIT);
  body.set("csrfmiddlewaretoken", takeToken());
  return fetch(to, { method: "POST", body, signal, headers: { "X-Guard": "1" } }).catch(() => ({ status: 0 }));
}

async function send(form, button) {
  const sending = sendingOf(form, button);
  if (sending.isSending) return;
  const texts = fieldsOf(form).filter((field) => field.readOnly === false);
  sending.isSending = true;
  button?.setAttribute("aria-disabled", "true");
  texts.forEach((field) => (field.readOnly = true)); // what is typed now would not be sent
  if (![...FAILED, "trying"].includes(sending.state)) say(sending, "saving");
  let answer = await post(form, button);
  if (answer.status === 403) {
    await fetchToken().catch(() => null);
    answer = await post(form, button);
  }
  sending.isSending = false;
  button?.removeAttribute("aria-disabled");
  texts.forEach((field) => (field.readOnly = false));
  arrived(sending, answer);
}

function arrived(sending, answer) {
  const address = answer.headers?.get("X-Location");
  if (address || answer.status === 200 || answer.status === 422) {
    forget(sending.form);
    attempts = 0;
  }
  if (address) {
    firsts.set(sending.form, sending.values);
    remember(sending);
    go(address);
  } else if (answer.status === 200 || answer.status === 422) {
    // Nothing is stored: the same is sent once more as a browser does it, and its page is shown.
    sending.form.dataset.plainly = "";
    sending.form.requestSubmit(sending.button);
  } else {
    say(sending, outcome(answer.status, false));
    tryLater();
  }
}

function go(address) {
  const to = new URL(address, location.href);
  // To the page one is on, a hash alone would only scroll.
  if (to.hash && to.pathname + to.search === location.pathname + location.search) to.search += "&";
  isLeaving = true;
  location.assign(to);
}

document.addEventListener("submit", (event) => {
  const form = event.target, button = event.submitter;
  if (event.defaultPrevented || form.method !== "post") return;
  const token = form.querySelector("[name=csrfmiddlewaretoken]");
  if (token) token.value = takeToken();
  if ("plainly" in form.dataset) return leavePlainly(form);
  const isOwn = button?.name === "anyway" && partOf(button);
  if (form.dataset.guard !== "plain" && !isOwn && !unsaved().length) return;
  event.preventDefault();
  if (isOwn) {
    isOwn.changes += 1;
    save(isOwn);
  } else if (unsaved().length) {
    goOn = { form, button };
    saveAll();
    if (!unsaved().some((part) => part.isSaving)) carryOn();
  } else send(form, button);
});

function leavePlainly(form) {
  delete form.dataset.plainly;
  isLeaving = true;
  setTimeout(() => (isLeaving = false), 10000); // where a file is the answer, the page stays
}

// A form that htmx sends says at its button that it did not arrive.
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(name, ({ detail: { elt, xhr } }) => {
    if (!partOf(elt) && elt.matches("form")) say(sendingOf(elt, elt.querySelector("[type=submit]")), outcome(xhr.status, false));
  });
}
document.addEventListener("htmx:afterRequest", ({ detail: { elt, successful } }) => successful && forget(elt));

// ── Coming back, and leaving

// What was chosen or typed before this file had come counts. Of what a browser that goes back puts in, only texts do:
// if they are stored already nothing happens, else both are shown.
window.addEventListener("pageshow", (event) => {
  isLeaving = false;
  if (event.persisted) return [...sendings.keys()].forEach(forget);
  for (const box of document.querySelectorAll("[data-part]")) {
    const fields = fieldsOf(box).filter((field) => !isFromThen || field.matches("textarea, [type=text]"));
    const field = fields.find((one) => valueOf(one, true) !== valueOf(one, false));
    if (field) changed(partOf(box), field);
  }
  recall();
});

window.addEventListener("online", retry);
window.addEventListener("focus", retry);
document.addEventListener("visibilitychange", () => (document.hidden ? saveAll() : retry()));
window.addEventListener("beforeunload", (event) => {
  const forms = guarded().filter((form) => isLong(form) && (isChanged(form) || isWrong(form)));
  if (!isLeaving && (unsaved().length || forms.length || sendings.size)) event.preventDefault();
});

// Where one has signed in in another tab, what waits in this one goes on.
window.addEventListener("storage", (event) => event.key === "signed-in" && retry());
if (signIn.dataset.done !== undefined) localStorage.setItem("signed-in", Date.now());
