// Keys: one letter for what is done most, while no text is being written.
import { openSheet } from "./sheet.js";

const help = document.getElementById("keys");
for (const button of document.querySelectorAll("[data-keys]")) {
  button.addEventListener("click", () => help?.showModal());
}

const rows = () => [...document.querySelectorAll("#view .task")];
const here = () => document.querySelector("#view .task.here");

function go(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(here());
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)];
  here()?.classList.remove("here");
  next.classList.add("here");
  next.querySelector(".title").focus();
  next.scrollIntoView({ block: "nearest" });
}
document.addEventListener("focusin", (event) => {
  const row = event.target.closest("#view .task");
  if (!row || row === here()) return;
  here()?.classList.remove("here");
  row.classList.add("here");
});

// In the calendar, arrows go from day to day, and from hour to hour.
const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
function goInCalendar(key) {
  const table = document.querySelector("#view table.month, #view table.hours");
  const active = document.activeElement;
  if (!table || (active !== document.body && active.id !== "view" && !table.contains(active))) return false;
  const lines = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("td[data-drop]")]);
  const cells = lines.flat();
  const width = lines[0].length;
  const step = Math.abs(steps[key]) === 7 ? Math.sign(steps[key]) * width : steps[key];
  const from = cells.indexOf(active.closest("td[data-drop]"));
  const isMonth = table.classList.contains("month");
  const start = cells.findIndex((cell) => cell.matches(".today, .current"));
  const goal = from < 0 ? Math.max(start, 0) : from + step;
  // From hour to hour a line does not go on in the next one.
  const leaves = !isMonth && from >= 0 && Math.abs(step) === 1 && Math.floor(goal / width) !== Math.floor(from / width);
  if (goal < 0 || goal >= cells.length || leaves) return true;
  cells[goal].querySelector(isMonth ? ".dayhead a" : ".entry, .plus").focus();
  return true;
}

const places = { t: "today", c: "calendar", b: "board", s: "series" };
let isGoing = false;

function press(selector) {
  const found = here()?.querySelector(selector);
  if (found) found.click();
  return Boolean(found);
}

const actions = {
  j: () => go(1),
  k: () => go(-1),
  x: () => press(".pick"),
  c: () => press(".done:not(.is-done)"),
  s: () => act("skip"),
  p: () => press(".more"),
  e: () => press(".title"),
  u: () => document.querySelector("#toasts button")?.click(),
  n: () => document.getElementById("add-text")?.focus(),
  "/": () => {
    const box = document.getElementById("search");
    if (box) box.focus();
    else location.assign("/search");
  },
  "?": () => help?.showModal(),
  "[": () => document.querySelector("[data-earlier]")?.click(),
  "]": () => document.querySelector("[data-later]")?.click(),
};

// Presses a button that stands in the sheet of a task.
async function act(name) {
  const link = here()?.querySelector(".more");
  if (!link) return;
  await openSheet(link.getAttribute("href"), link);
  document.querySelector(`#sheet [name="${name}"]`)?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const field = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "Escape" && field?.id === "add-text") return field.blur();
  if (field && field.type !== "checkbox" && field.type !== "radio") return;
  if (document.querySelector("dialog[open]")) return;
  if (isGoing) {
    isGoing = false;
    const place = places[event.key];
    if (place) {
      event.preventDefault();
      location.assign(place === "today" ? "/" : `/${place}`);
      return;
    }
  }
  if (event.key === "g") {
    isGoing = true;
    setTimeout(() => (isGoing = false), 1200);
    return;
  }
  if (steps[event.key] && !event.shiftKey && goInCalendar(event.key)) return event.preventDefault();
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});
