// <button data-copy=id-of-what data-done="Copied">: appears where copying works.
{
  for (const button of document.querySelectorAll("[data-copy]")) {
    const source = document.getElementById(button.dataset.copy);
    if (!navigator.clipboard || !source) continue;
    const word = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText((source.value ?? source.textContent).trim());
        button.textContent = button.dataset.done;
        setTimeout(() => (button.textContent = word), 3000);
      } catch {
        getSelection().selectAllChildren(source);
      }
    });
  }
}
