// Warns before an idle session ends, and keeps what was typed on the page when it has ended.
{
  const notice = document.getElementById("idle");
  const WARNING = 2 * 60_000;
  let soon, over;

  const show = (when) => {
    notice.hidden = when === null;
    for (const part of notice.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== when;
  };
  const startAnew = () => {
    clearTimeout(soon);
    clearTimeout(over);
    show(null);
    const length = Number(notice.dataset.minutes) * 60_000;
    soon = setTimeout(show, length - WARNING, "soon");
    over = setTimeout(show, length, "over");
  };

  if (notice) {
    // A page in another tab is a sign of life too.
    const tabs = new BroadcastChannel("signs of life");
    const live = () => {
      tabs.postMessage("");
      startAnew();
    };
    tabs.addEventListener("message", startAnew);
    addEventListener("pageshow", live);
    notice.querySelector("button").addEventListener("click", async () => {
      const answer = await fetch(location.href, { method: "HEAD", redirect: "manual" });
      if (answer.ok) live();
      else show("over");
    });
    // htmx: a request that ends at the entrance must not put the entrance into this page.
    addEventListener("htmx:before:response", (event) => {
      const answer = event.detail.ctx.response.raw;
      if (answer.redirected && new URL(answer.url).pathname.startsWith("/studio/account/")) {
        event.preventDefault();
        show("over");
      } else live();
    });
  }
}
