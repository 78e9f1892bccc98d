// Optional help: every page works without it.
"use strict";

const copies = document.querySelectorAll("[data-copy]");
for (const button of copies) {
  if (!navigator.clipboard) break; // plain HTTP: the address can be selected
  button.hidden = false;
  button.addEventListener("click", async () => {
    const address = button.parentElement.querySelector(".address");
    const status = button.parentElement.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(address.textContent.trim());
      status.textContent = button.dataset.done;
    } catch {
      getSelection().selectAllChildren(address);
    }
    setTimeout(() => (status.textContent = ""), 4000);
  });
}

const form = document.querySelector(".sign form");
if (form) {
  // What a browser may fill in, and must ask for, differs between a person and an organisation.
  const field = (name) => form.elements.namedItem(name);
  const adapt = () => {
    const group = new FormData(form).get("kind") === "organisation";
    field("name")?.setAttribute?.("autocomplete", group ? "organization" : "name");
    if (field("role")) field("role").required = group;
  };
  form.addEventListener("change", adapt);
  addEventListener("pageshow", () => {
    delete form.dataset.sent;
    adapt();
  });

  // A second press while the first is on its way would only send the same again.
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 8000);
  });
}

// Browsers that leave `autofocus` aside on what is not a field.
document.querySelector(".summary")?.focus();
