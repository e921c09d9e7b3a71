// Buttons that copy a field's text. Without it one marks the text and copies it oneself.
for (const button of document.querySelectorAll("[data-copies]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).value);
    document.getElementById("status").textContent = "Adressen är kopierad.";
    button.textContent = "Kopierad ✓";
  });
}
