// The working meeting on the wall: keys that turn the page.
// Without this file the form is sent and the links are followed as on any page.
const wall = document.getElementById("wall");
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
