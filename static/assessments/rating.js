// What a moment looks like when guard.js has saved it.
document.addEventListener("guard:saved", (event) => {
  const moment = event.target, value = event.detail.values.find(([name]) => name.endsWith("-value"))?.[1];
  moment.toggleAttribute("data-waiting", !value);
  moment.querySelectorAll(".rating [type=radio]").forEach((radio) => radio.toggleAttribute("data-stored", radio.value === value));
  if (!value) return;
  moment.querySelectorAll(".rating__then").forEach((words) => words.remove());
  moment.querySelector(".rating__option--suggested")?.classList.remove("rating__option--suggested");
});
