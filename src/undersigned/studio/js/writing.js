// Saves a letter's text by itself, shows it in the preview, and keeps what was typed if the session
// ends: on the page, and across signing in again in the browser's own storage.
{
  const form = document.querySelector("form[data-autosave]");
  const PAUSE = 1500;
  const AGAIN = 15_000;

  if (form) {
    const status = form.querySelector(".saved");
    const preview = document.querySelector("iframe.preview");
    const key = `typed ${location.pathname}`;
    const fields = () => [...new FormData(form)].filter(([name]) => name !== "began_with");
    let before = JSON.stringify(fields());
    let timer, sending, stopped;

    const say = (sentence) => (status.textContent = sentence);
    const wait = (time) => {
      clearTimeout(timer);
      timer = setTimeout(save, time);
    };

    const showPreview = () => {
      if (!preview) return;
      const top = preview.contentWindow.scrollY;
      preview.addEventListener("load", () => preview.contentWindow.scrollTo(0, top), { once: true });
      preview.contentWindow.location.reload();
    };

    const save = async () => {
      const typed = JSON.stringify(fields());
      if (sending || stopped || typed === before) return;
      sending = true;
      const body = new URLSearchParams(new FormData(form));
      body.set("by_itself", "yes");
      try {
        const answer = await fetch(form.action, { method: "POST", body, redirect: "error" });
        if (answer.headers.get("Content-Type") !== "application/json") {
          say(answer.status < 500 ? form.dataset.signedOut : form.dataset.failed);
          wait(AGAIN);
          return;
        }
        const told = await answer.json();
        say(told.sentence);
        stopped = told.stop;
        if (answer.ok) {
          before = typed;
          form.elements.began_with.value = JSON.stringify(told.began_with);
          sessionStorage.removeItem(key);
          showPreview();
          if (JSON.stringify(fields()) !== before) wait(PAUSE);
        }
      } catch {
        say(form.dataset.failed);
        wait(AGAIN);
      } finally {
        sending = false;
      }
    };

    const keep = () => {
      const began = form.elements.began_with.value;
      try {
        sessionStorage.setItem(key, JSON.stringify({ began, fields: fields() }));
      } catch {
        // Full, or switched off: the page itself still has it.
      }
    };

    form.addEventListener("input", () => {
      say(form.dataset.waiting);
      keep();
      wait(PAUSE);
    });
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      keep();
    });

    // Whoever comes back from a saved text needs nothing kept.
    const kept = sessionStorage.getItem(key);
    if (new URLSearchParams(location.search).has("saved")) sessionStorage.removeItem(key);
    else if (kept && !document.querySelector(".summary")) {
      const { began, fields: typed } = JSON.parse(kept);
      let differs = false;
      for (const [name, value] of typed) {
        const field = form.elements[name];
        if (!field || field.value === value || field.type === "hidden") continue;
        field.value = value;
        differs = true;
      }
      if (differs) {
        form.elements.began_with.value = began;
        say(form.dataset.restored);
      } else sessionStorage.removeItem(key);
    }
  }
}
