// The queue by keyboard: each key presses what is marked with it, so that it can do no more than a
// mouse can. Where signatures are ticked, `a` and `d` are about those.
{
  const list = document.getElementById("others");
  const typing = (element) => element.closest("input:not([type=checkbox], [type=radio]), textarea, select") !== null;
  const bulk = { a: "accept", d: "decline" };

  const press = (key) => {
    if (bulk[key] && list.querySelector("[name=chosen]:checked")) {
      list.querySelector(`[formaction$="/${bulk[key]}/"]`)?.click();
      return true;
    }
    const target = document.querySelector(`[data-key="${key}"]`);
    target?.click();
    if (key === "d") target?.parentElement.querySelector("input[type=radio]")?.focus();
    return target !== null;
  };

  if (list) {
    list.querySelector(".current")?.scrollIntoView({ block: "nearest" });
    addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      if (document.querySelector("dialog[open]")) return;
      // Enter does what it does on whatever has the focus.
      if (event.key === "Enter" && event.target !== document.body && event.target.id !== "main") return;
      if (press(event.key)) event.preventDefault();
    });
  }
}
