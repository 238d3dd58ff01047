/* A page that is open while its site is served: it is loaded anew when it changes, keeping its
   place, and shows what stops a build. While nobody looks at it, it asks for nothing: a browser
   holds few connections, and the last page that asked is the one that is built first. */
(() => {
  "use strict";

  const script = document.currentScript;
  const shown = script.dataset.shown;
  const page = location.pathname;
  let events = null;
  let box = null;

  function follow() {
    if (document.hidden) {
      events?.close();
      events = null;
    } else if (!events) {
      events = new EventSource(new URL(`events?page=${encodeURIComponent(page)}`, script.src));
      events.addEventListener("message", hear);
    }
  }

  function hear(message) {
    const news = JSON.parse(message.data);
    if (news.shown === shown) {
      show(news.errors);
    } else {
      events.close();
      keep();
      location.reload();
    }
  }

  /* Where it stands: by the first paragraph in view, since what is above may have grown. The
     browser's own way would move there slowly where the style sheet says that scrolling is smooth. */
  function keep() {
    const first = [...document.querySelectorAll("main [id]")].find((e) => e.getBoundingClientRect().top >= 0);
    const place = { page, id: first?.id, top: first?.getBoundingClientRect().top, y: window.scrollY };
    sessionStorage.setItem("crossclaim-live", JSON.stringify(place));
    history.scrollRestoration = "manual";
  }

  function restore() {
    const kept = JSON.parse(sessionStorage.getItem("crossclaim-live"));
    sessionStorage.removeItem("crossclaim-live");
    if (kept?.page !== page) return;
    const back = () => {
      const first = kept.id && document.getElementById(kept.id);
      const top = first ? window.scrollY + first.getBoundingClientRect().top - kept.top : kept.y;
      window.scrollTo({ top, behavior: "instant" });
    };
    back();
    window.addEventListener("load", () => {
      back();
      setTimeout(() => {
        history.scrollRestoration = "auto"; // not sooner: the browser would move once more
      }, 500);
    });
  }

  function show(errors) {
    if (!errors.length) {
      box?.remove();
      box = null;
      return;
    }
    if (!box) {
      const style = document.createElement("link");
      style.rel = "stylesheet";
      style.href = new URL("live.css", script.src);
      box = document.createElement("section");
      box.className = "live-errors";
      box.setAttribute("role", "alert");
      box.tabIndex = 0;
      box.append(style);
      document.body.append(box);
    }
    const style = box.firstElementChild;
    const head = document.createElement("strong");
    head.textContent = `Not built: ${errors.length} ${errors.length === 1 ? "error" : "errors"}. This is the last good page.`;
    const list = document.createElement("ul");
    for (const error of errors) {
      const item = document.createElement("li");
      item.textContent = error;
      list.append(item);
    }
    box.replaceChildren(style, head, list);
  }

  document.addEventListener("visibilitychange", follow);
  restore();
  follow();
})();
