// Forms with data-passkey (studio/_passkey.html): ask the browser for a passkey, send what it says.
{
  const ready = (form) =>
    typeof PublicKeyCredential !== "undefined" &&
    (form.dataset.passkey === "get"
      ? PublicKeyCredential.parseRequestOptionsFromJSON
      : PublicKeyCredential.parseCreationOptionsFromJSON);

  const options = async ({ options, optionsUrl }) => {
    if (options) return JSON.parse(document.getElementById(options).textContent);
    const answer = await fetch(optionsUrl, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("no options");
    return answer.json();
  };

  const ask = async (form) => {
    const data = await options(form.dataset);
    if (form.dataset.passkey === "get") {
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(data.request_options.publicKey);
      return navigator.credentials.get({ publicKey });
    }
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(data.creation_options.publicKey);
    const alone = form.elements.namedItem("passwordless")?.checked ?? false;
    publicKey.authenticatorSelection = {
      ...publicKey.authenticatorSelection,
      residentKey: alone ? "required" : "discouraged",
      requireResidentKey: alone,
      ...(alone && { userVerification: "required" }),
    };
    return navigator.credentials.create({ publicKey });
  };

  const explain = (form, name) => {
    const problems = [...form.querySelectorAll("[data-passkey-problem]")];
    const fitting = problems.find((one) => one.dataset.passkeyProblem === name) ?? problems.at(-1);
    for (const one of problems) one.hidden = one !== fitting;
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!ready(form)) continue;
    const button = form.querySelector("[data-passkey-button]");
    button.hidden = false;
    form.querySelector("[data-passkey-missing]").hidden = true;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      button.disabled = true;
      try {
        const credential = await ask(form);
        form.elements.namedItem("credential").value = JSON.stringify(credential.toJSON());
        form.submit();
      } catch (error) {
        explain(form, error.name);
      }
      button.disabled = false;
    });
  }
}
