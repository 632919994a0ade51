// What makes the page quick. Every form works without it.
import "./sheet.js";
import "./keys.js";
import "./live.js";
import "./drag.js";

// What was done is told for ten seconds, or longer while somebody is about to undo it.
let toastTimer;
function watchToast() {
  clearTimeout(toastTimer);
  const toast = document.querySelector("#toasts .toast");
  if (!toast || toast.classList.contains("failure")) return;
  toastTimer = setTimeout(function leave() {
    if (toast.matches(":hover, :focus-within")) {
      toastTimer = setTimeout(leave, 2000);
      return;
    }
    toast.classList.add("gone");
    setTimeout(() => toast.remove(), 500);
  }, 10000);
}
watchToast();

document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
  // A view that tells nothing leaves what was told before.
  if (event.target.id === "toasts" && !event.detail.fragment.querySelector(".toast")) {
    event.detail.shouldSwap = false;
  }
});
document.body.addEventListener("htmx:oobAfterSwap", watchToast);

// The focus stays where it was: on the same control, or on the line that took its place.
let place;
export function remember() {
  const active = document.activeElement;
  const row = active?.closest("[data-id]");
  const rows = [...document.querySelectorAll("#view [data-id]")];
  place = {
    isInView: Boolean(active?.closest("#view")),
    id: active?.id || null,
    name: active?.getAttribute("name"),
    value: active?.getAttribute("value"),
    row: row?.dataset.id,
    index: row ? rows.indexOf(row) : -1,
    kind: active?.className,
    scroll: window.scrollY,
  };
}
export function restore() {
  if (!place) return;
  const { isInView, id, name, value, row, index, kind, scroll } = place;
  place = undefined;
  window.scrollTo({ top: scroll, behavior: "instant" });
  if (!isInView || document.activeElement?.closest("#view")) return;
  const view = document.getElementById("view");
  const same =
    (id && document.getElementById(id)) ||
    (name && value && view.querySelector(`[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`));
  if (same) return same.focus({ preventScroll: true });
  const rows = [...view.querySelectorAll("[data-id]")];
  const line = (row && rows.find((one) => one.dataset.id === row)) || rows[Math.min(index, rows.length - 1)];
  const control = line && (kind && line.getElementsByClassName(kind)[0] || line.querySelector(".done, a"));
  (control || view).focus({ preventScroll: true });
}
document.body.addEventListener("htmx:beforeRequest", (event) => {
  const button = event.detail.requestConfig?.triggeringEvent?.submitter;
  button?.closest(".task")?.classList.add("leaving");
});
document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.id === "view") remember();
});
document.body.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "view" || event.detail.target?.id === "view") restore();
});
document.body.addEventListener("htmx:afterRequest", (event) => {
  if (event.target.id !== "add" || !event.detail.successful) return;
  const failed = document.querySelector("#toasts .toast.failure");
  if (failed) return;
  event.target.reset();
  document.getElementById("add-understood").replaceChildren();
});
// Another reading of the line takes its place.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-text]");
  if (!button) return;
  const line = document.getElementById("add-text");
  line.value = button.dataset.text;
  line.focus();
  line.dispatchEvent(new Event("input", { bubbles: true }));
});
// Menus that are open close when the focus goes elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
