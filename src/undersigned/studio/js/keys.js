// `?` shows and hides the list of keys.
{
  const list = document.getElementById("keys");
  const typing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;
  addEventListener("keydown", (event) => {
    if (!list || event.key !== "?" || event.ctrlKey || event.metaKey || typing(event.target)) return;
    event.preventDefault();
    if (list.open) list.close();
    else list.showModal();
  });
}
