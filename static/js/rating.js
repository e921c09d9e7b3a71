// What the rating page says while it saves as one goes. Without this file the page saves with its buttons.
const momentOf = (event) => event.detail.elt.closest(".moment");

function say(moment, text, failed = false) {
  const line = moment?.querySelector(".saved");
  if (!line) return;
  line.textContent = text;
  line.toggleAttribute("data-failed", failed);
  line.removeAttribute("data-waiting");
}

const lost = "Inte sparat. Det ni skrev finns kvar här. Ändra något för att försöka igen.";

document.addEventListener("htmx:beforeRequest", (event) => say(momentOf(event), "Sparar …"));
document.addEventListener("htmx:sendError", (event) => say(momentOf(event), lost, true));
document.addEventListener("htmx:responseError", (event) => say(momentOf(event), lost, true));

document.addEventListener("htmx:beforeSwap", (event) => {
  // A session that has ended answers with the sign-in page: keep what is written, and say where to go.
  if (!new URL(event.detail.xhr.responseURL).pathname.startsWith("/logga-in")) return;
  event.detail.shouldSwap = false;
  say(momentOf(event), "Inte sparat: du är utloggad. Logga in i en ny flik och ändra sedan något här.", true);
});

document.addEventListener("htmx:afterSwap", (event) => {
  const moment = event.detail.target.closest(".moment");
  moment?.toggleAttribute("data-waiting", !moment.querySelector(".rating :checked"));
});
