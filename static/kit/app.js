// The little the pages do in the browser. Every page works without it.
const status = document.getElementById("status");

function announce(text) {
  status.textContent = "";
  // Emptied first, so that the same words are read out again.
  setTimeout(() => (status.textContent = text), 50);
}

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = document.querySelector("meta[name=csrf-token]").content;
});

// An answer with the header HX-Trigger: {"announce": "Sparat 10.42"} is read out.
document.addEventListener("announce", (event) => announce(event.detail.value));

// Notices that came with the page are read out too, and errors get the focus.
const notices = [...document.querySelectorAll("[data-announce]")].map((notice) => notice.innerText.trim());
if (notices.length) announce(notices.join(" "));
document.querySelector("[data-focus]")?.focus();

// On a phone the omgång's menu is a row to draw sideways; the page one is on is brought into sight.
const row = document.querySelector(".cohort-nav");
const here = row?.querySelector("[aria-current]");
if (here) row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;

// A table is a region to move in, and a stop for the keyboard, only where it scrolls; without a script it always is.
const widths = new ResizeObserver((changed) => {
  for (const table of new Set(changed.map(({ target }) => target.closest(".table-scroll")))) {
    const scrolls = table.scrollWidth > table.clientWidth;
    table.role = scrolls ? "region" : null;
    table.ariaLabel = scrolls ? table.querySelector("caption").textContent : null;
    scrolls ? (table.tabIndex = 0) : table.removeAttribute("tabindex");
  }
});

function watch(part) {
  for (const table of part.querySelectorAll(".table-scroll")) [table, table.firstElementChild].forEach((box) => widths.observe(box));
}

watch(document);
document.addEventListener("htmx:load", (event) => watch(event.target));

// A form that guard.js does not send is sent once: the button rests until the next page, or for ten seconds where a file is the answer.
function rest(form, button) {
  form.dataset.sent = "";
  button?.setAttribute("aria-disabled", "true");
  setTimeout(() => wake(form), 10000);
}

function wake(form) {
  delete form.dataset.sent;
  document.querySelectorAll("[type=submit][aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if ("sent" in form.dataset) event.preventDefault();
  else rest(form, event.submitter);
});

window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(wake);
});
