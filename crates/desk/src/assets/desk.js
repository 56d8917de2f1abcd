"use strict";
// Nothing here is needed to work on the desk. Keys press the buttons and
// links that carry them; pages that wait for work look again by themselves.
(() => {
  const typing = (it) => /^(INPUT|TEXTAREA|SELECT)$/.test(it.tagName) && !/^(submit|button|checkbox)$/.test(it.type || "");
  const panels = () => [...document.querySelectorAll("details[data-open]")];
  const open = (it) => {
    for (const other of panels()) other.open = other === it;
    const first = it.querySelector("select, input:not([type=hidden]), textarea");
    if (first) first.focus();
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { document.activeElement.blur(); for (const it of panels()) it.open = false; return; }
    if (typing(event.target)) return;
    if (event.key === "?") {
      const help = document.getElementById("help");
      if (help) { help.open = !help.open; help.scrollIntoView({ block: "center" }); }
      return;
    }
    const panel = document.querySelector(`details[data-open="${CSS.escape(event.key)}"]`);
    if (panel) { event.preventDefault(); open(panel); return; }
    const key = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!key || event.repeat) return;
    event.preventDefault();
    // One key, one decision: a slow answer must not be pressed twice.
    for (const it of document.querySelectorAll("button[data-key]")) if (it !== key) it.disabled = true;
    key.click();
  });
  const follow = () => {
    const it = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (it && it.tagName === "MARK") { it.scrollIntoView({ block: "center" }); it.focus({ preventScroll: true }); }
  };
  addEventListener("hashchange", follow);
  follow();
  // While work goes on, its bar moves; nothing else of the page changes.
  const bar = document.querySelector(".banner progress");
  if (bar) {
    const look = async () => {
      const answer = await fetch("/api/v1/desk", { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const desk = await answer.json();
      if (!desk.running) { bar.closest(".banner").textContent = desk.said + " Load the page again to see it."; return; }
      bar.max = Math.max(desk.total, 1); bar.value = Math.min(desk.done, desk.total);
      setTimeout(look, 2000);
    };
    setTimeout(look, 2000);
  }
})();
