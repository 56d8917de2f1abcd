"use strict";
// Nothing here is needed to read the page. It opens cited words beside the
// text on wide screens, and moves between incidents with j and k.
(() => {
  const open = (node) => { for (let it = node; it; it = it.parentElement) if (it.tagName === "DETAILS") it.open = true; };
  const target = (hash) => hash.length > 1 ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
  const follow = () => { const it = target(location.hash); if (it) { open(it); it.scrollIntoView(); if (it.tagName === "MARK") it.focus({ preventScroll: true }); } };
  addEventListener("hashchange", follow);
  if (location.hash) follow();

  let pane = null, opener = null;
  // The text makes room for the pane; what was clicked stays where it was.
  const still = (change) => {
    const before = opener ? opener.getBoundingClientRect().top : 0;
    change();
    if (opener) scrollBy({ top: opener.getBoundingClientRect().top - before, behavior: "instant" });
  };
  const close = () => { if (pane) { still(() => { pane.remove(); pane = null; }); if (opener) opener.focus({ preventScroll: true }); } };
  const show = (mark, link) => {
    if (pane) pane.remove();
    opener = link;
    const copy = mark.closest("article.source").cloneNode(true);
    let shown = null;
    for (const it of copy.querySelectorAll("[id]")) { if (it.id === mark.id) shown = it; it.removeAttribute("id"); }
    copy.removeAttribute("id");
    pane = document.createElement("aside");
    pane.id = "pane";
    pane.setAttribute("role", "dialog");
    pane.setAttribute("aria-label", "Source words");
    const bar = document.createElement("div"), go = document.createElement("a"), shut = document.createElement("button");
    bar.className = "bar";
    go.href = "#" + mark.id; go.textContent = "Open in the source reader";
    go.addEventListener("click", close);
    shut.textContent = "Close (Esc)"; shut.addEventListener("click", close);
    bar.append(go, shut); pane.append(bar, copy); still(() => document.body.append(pane));
    if (shown) { shown.classList.add("shown"); shown.scrollIntoView({ block: "center", behavior: "instant" }); }
    shut.focus({ preventScroll: true });
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.src");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || innerWidth < 1000) return;
    const mark = target(link.getAttribute("href"));
    if (mark) { event.preventDefault(); show(mark, link); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    if (event.key === "Escape") close();
    if (event.key !== "j" && event.key !== "k") return;
    const all = [...document.querySelectorAll("article.incident")];
    const at = all.findIndex((it) => it.getBoundingClientRect().top > 60 - (event.key === "k" ? 40 : -20));
    const next = event.key === "j" ? all[at] : all[(at < 0 ? all.length : at) - 1];
    if (next) next.scrollIntoView();
  });
})();
