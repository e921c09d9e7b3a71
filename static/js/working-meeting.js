// The working meeting on the wall: keys that turn the page, and a warning before anything written is left.
// Without this file the form is sent and the links are followed as on any page.
const wall = document.getElementById("wall");
let unsaved = false;

wall.addEventListener("input", () => (unsaved = true));
window.addEventListener("beforeunload", (event) => unsaved && event.preventDefault());

function tell(text) {
  const line = wall.querySelector("[data-lost]");
  line.textContent = text;
  line.hidden = false;
}

const LOST = "Inte sparat: det gick inte att nå tjänsten. Det ni skrev står kvar här. Tryck på knappen igen.";
const SIGNED_OUT = "Inte sparat: du är utloggad. Logga in i en ny flik och tryck sedan på knappen igen. Det ni skrev står kvar.";

for (const name of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(name, () => tell(LOST));
document.addEventListener("htmx:responseError", (event) => event.detail.xhr.status !== 422 && tell(LOST));

// 422 is the same page with what it has to say; the sign-in page is no answer.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (new URL(xhr.responseURL).pathname.startsWith("/logga-in")) {
    event.detail.shouldSwap = false;
    tell(SIGNED_OUT);
  } else if (xhr.status === 422) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
document.addEventListener("htmx:afterSettle", () => wall.querySelector("[data-focus]")?.focus());

// Saved: the answer says where to go on.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  if (event.detail.xhr.getResponseHeader("HX-Redirect")) unsaved = false;
});

const isText = (element) => element.matches("textarea, input[type=text], select");
const page = document.scrollingElement;

// A presenter's remote sends Page Up and Page Down. They scroll first, where there is more of the page to see.
function turn(event) {
  const isDown = event.key === "PageDown";
  const isAtEnd = isDown ? page.scrollTop + page.clientHeight >= page.scrollHeight - 2 : page.scrollTop <= 2;
  const link = isAtEnd && wall.querySelector(isDown ? "a[rel=next]" : "a[rel=prev]");
  if (!link) return;
  event.preventDefault();
  link.click();
}

document.addEventListener("keydown", (event) => {
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
  if (["PageUp", "PageDown"].includes(event.key) && isPlain && !isText(event.target)) turn(event);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) event.target.form.requestSubmit();
});

// From one moment to the next the keyboard goes on where it was: at the steps. They are named by the moment.
const isOnward = document.referrer && /\/gemensam\/\d+\/$/.test(new URL(document.referrer).pathname);
if (isOnward && matchMedia("(width >= 60rem)").matches && !wall.querySelector("[data-focus]")) {
  (wall.querySelector(".rating :checked") ?? wall.querySelector(".rating input"))?.focus();
}
