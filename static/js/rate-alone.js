// What one's own rating says while it saves as one goes. Without this file it saves with its buttons.
function say(event, text, failed = false) {
  const moment = event.detail.elt.closest(".moment"), line = moment?.querySelector(".saved");
  if (!line) return;
  line.textContent = text;
  line.toggleAttribute("data-failed", failed);
  line.removeAttribute("data-waiting");
}

const lost = "Inte sparat. Ditt val står kvar här. Välj igen, eller tryck på Spara längst ner.";

document.addEventListener("htmx:beforeRequest", (event) => say(event, "Sparar …"));
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => say(event, lost, true));
}

document.addEventListener("htmx:beforeSwap", (event) => {
  // A session that has ended answers with the sign-in page.
  if (!new URL(event.detail.xhr.responseURL).pathname.startsWith("/logga-in")) return;
  event.detail.shouldSwap = false;
  say(event, "Inte sparat: du är utloggad. Logga in i en ny flik och välj sedan igen.", true);
});

document.addEventListener("htmx:afterSwap", (event) => {
  const moment = event.detail.target.closest(".moment");
  moment?.toggleAttribute("data-waiting", !moment.querySelector(".rating :checked"));
});

// What was chosen before htmx had come is saved too. A browser that goes back puts old choices in, which are no choice.
document.addEventListener("htmx:load", () => {
  if (performance.getEntriesByType("navigation")[0].type !== "navigate") return;
  const chosen = [...document.querySelectorAll(".rating :checked")].filter((radio) => !radio.defaultChecked);
  chosen.forEach((radio) => radio.dispatchEvent(new Event("change", { bubbles: true })));
}, { once: true });
