// Saves a translation block by block while it is typed, says what became of it, and keeps what was
// typed if the session or the link ends. One request at a time: what is typed meanwhile goes with
// the next, so that nothing older ever follows something newer.
{
  const form = document.getElementById("bench");
  const PAUSE = 1200;
  const AGAIN = 15_000;

  const work = () => {
    const status = form.querySelector(".saved");
    const began = JSON.parse(form.elements.began.value);
    const key = `translated ${location.pathname}`;
    const texts = [...form.querySelectorAll("textarea")];
    const before = new Map(texts.map((field) => [field.name, field.value]));
    const blockOf = (element) => element.closest(".block");
    const fieldOf = (block) => block.querySelector("textarea");
    const boxOf = (block) => block.querySelector(".right input");
    // Blocks about which somebody has to decide, and those that the original lost.
    const stopped = new Map();
    const sentBefore = new Map();
    let timer, sending, leaving;

    for (const block of form.querySelectorAll(".block.waits")) {
      stopped.set(fieldOf(block).name, fieldOf(block).value);
      before.set(fieldOf(block).name, null);
    }

    const say = (sentence) => (status.textContent = sentence);
    const wait = (time) => {
      clearTimeout(timer);
      timer = setTimeout(save, time);
    };
    const isOpen = (field) =>
      field.value !== before.get(field.name) || boxOf(blockOf(field))?.checked === true;
    const open = () => texts.filter((field) => isOpen(field) && !stopped.has(field.name));

    const keep = () => {
      const typed = texts.filter(isOpen).map(({ name, value }) => [name, value]);
      try {
        if (typed.length) sessionStorage.setItem(key, JSON.stringify({ began, typed }));
        else sessionStorage.removeItem(key);
      } catch {
        // Full, or switched off: the page itself still has it.
      }
    };

    const bodyOf = (fields) => {
      const names = new Set(fields.map((field) => field.name));
      const some = (side) => Object.fromEntries(Object.entries(side).filter(([name]) => names.has(name)));
      const body = new URLSearchParams({ by_itself: "yes", of: form.elements.of.value });
      body.set("began", JSON.stringify({ own: some(began.own), older: some(began.older) }));
      for (const field of fields) {
        body.set(field.name, field.value);
        const box = boxOf(blockOf(field));
        if (box?.checked) body.set(box.name, "yes");
      }
      return body;
    };

    const save = async () => {
      const fields = open();
      if (sending || !fields.length) return;
      sending = true;
      const typed = new Map(fields.map((field) => [field, field.value]));
      try {
        const answer = await fetch(form.action, { method: "POST", body: bodyOf(fields), redirect: "error" });
        if (answer.headers.get("Content-Type") !== "application/json") {
          say(answer.status < 500 ? form.dataset.signedOut : form.dataset.failed);
          remember(typed);
          wait(AGAIN);
          return;
        }
        take(await answer.json(), typed);
      } catch {
        say(form.dataset.failed);
        remember(typed);
        wait(AGAIN);
      } finally {
        sending = false;
        keep();
      }
      if (open().length) wait(PAUSE);
    };

    // Whether these arrived is not known: if they come back as somebody else's, they were ours.
    const remember = (typed) => {
      for (const [field, value] of typed) sentBefore.set(field.name, value.trim());
    };

    const take = (told, typed) => {
      say(told.sentence);
      form.querySelector("[data-progress]").textContent = told.progress;
      for (const [field, value] of typed) {
        const row = told.rows[field.name];
        if (!row) {
          stopped.set(field.name, value);
          say(form.dataset.changed);
          continue;
        }
        began.own[field.name] = row.own;
        began.older[field.name] = row.older;
        if (row.waits && row.own && row.own === sentBefore.get(field.name)) continue;
        if (row.waits) stopped.set(field.name, value);
        else before.set(field.name, value);
        show(field, row);
      }
      form.elements.began.value = JSON.stringify(began);
    };

    const show = (field, row) => {
      const block = blockOf(field);
      const about = block.querySelector(".about");
      const hadFocus = about.contains(document.activeElement);
      block.dataset.standing = row.standing;
      block.classList.toggle("waits", row.waits);
      about.innerHTML = row.about;
      if (hadFocus) field.focus();
    };

    const goOn = (field) => {
      stopped.delete(field.name);
      wait(0);
    };

    form.addEventListener("input", (event) => {
      const field = event.target;
      // Whoever mends what was refused, tries again; two who differ are asked first.
      if (stopped.has(field.name) && !blockOf(field).querySelector(".theirs")) stopped.delete(field.name);
      say(form.dataset.waiting);
      keep();
      wait(field.type === "checkbox" ? 0 : PAUSE);
    });
    form.addEventListener("click", (event) => {
      const button = event.target.closest("button[name=use], button[data-keep]");
      if (!button) return;
      event.preventDefault();
      const field = fieldOf(blockOf(button));
      if (button.name === "use") field.value = button.closest("div").querySelector("[data-words]").textContent;
      field.focus();
      keep();
      before.set(field.name, null);
      goOn(field);
    });
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      keep();
      leaving = true;
    });
    addEventListener("beforeunload", (event) => {
      if (!leaving && texts.some(isOpen)) event.preventDefault();
    });
    addEventListener("pageshow", () => (leaving = false));

    // Whoever comes back from saved words needs nothing kept.
    const kept = sessionStorage.getItem(key);
    if ("saved" in form.dataset) sessionStorage.removeItem(key);
    else if (kept && !form.querySelector(".summary")) {
      const { began: then, typed } = JSON.parse(kept);
      let differs = false;
      for (const [name, value] of typed) {
        const field = texts.find((one) => one.name === name);
        if (field?.value === value) continue;
        differs = true;
        if (field) {
          field.value = value;
          began.own[name] = then.own[name] ?? "";
          if (then.older[name]) began.older[name] = then.older[name];
          continue;
        }
        // The original lost this block: the next “Save” shows the words once more.
        const lost = document.createElement("textarea");
        lost.name = name;
        lost.hidden = true;
        lost.value = value;
        form.append(lost);
      }
      form.elements.began.value = JSON.stringify(began);
      if (differs) say(form.dataset.restored);
      else sessionStorage.removeItem(key);
    }
  };

  if (form) work();
}
