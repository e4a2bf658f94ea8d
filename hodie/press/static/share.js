// Shows the button that copies a page's address, where the browser can. Nothing else needs this.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  const words = button.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.done;
    button.addEventListener("blur", () => { button.textContent = words; }, { once: true });
  });
}
