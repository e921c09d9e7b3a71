// Groups: an organisation may be dragged to another group, which sends the form that is there for everyone.
const GROUP = ".group-card[data-group]";
let dragged = null;

function ready() {
  document.querySelectorAll(".member:has(.member__move)").forEach((member) => (member.draggable = true));
}

function over(card) {
  document.querySelectorAll("[data-over]").forEach((other) => delete other.dataset.over);
  if (card) card.dataset.over = "";
}

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(".member[draggable=true]") ?? null;
  if (!dragged) return;
  dragged.dataset.dragged = "";
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.code);
});

document.addEventListener("dragover", (event) => {
  const card = dragged && event.target.closest(GROUP);
  over(card);
  if (card) event.preventDefault();
});

document.addEventListener("drop", (event) => {
  const card = dragged && event.target.closest(GROUP);
  if (!card) return;
  event.preventDefault();
  const select = dragged.querySelector("select");
  if (select.value === card.dataset.group && card.contains(dragged)) return;
  select.value = card.dataset.group;
  dragged.querySelector("form").requestSubmit();
});

document.addEventListener("dragend", () => {
  if (dragged) delete dragged.dataset.dragged;
  dragged = null;
  over(null);
});

// The number beside a slider follows it.
document.addEventListener("input", (event) => {
  const number = event.target.matches(".slider") && document.querySelector(`[data-of="${event.target.id}"]`);
  if (number) number.textContent = event.target.value;
});

document.addEventListener("htmx:load", ready);
ready();
