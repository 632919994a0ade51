// Tasks are dragged to another day, time or column, and a day's tasks to another person; each way has a
// menu beside it.
import { openSheet } from "./sheet.js";

let dragged;

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("[draggable][data-id]");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.id);
  dragged.classList.add("dragging");
});
document.addEventListener("dragend", () => {
  dragged?.classList.remove("dragging");
  for (const one of document.querySelectorAll(".over-me")) one.classList.remove("over-me");
  dragged = undefined;
});
document.addEventListener("dragover", (event) => {
  const goal = dragged && event.target.closest("[data-drop]");
  if (!goal) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "move";
  if (goal.classList.contains("over-me")) return;
  for (const one of document.querySelectorAll(".over-me")) one.classList.remove("over-me");
  goal.classList.add("over-me");
});
document.addEventListener("drop", (event) => {
  const goal = dragged && event.target.closest("[data-drop]");
  if (!goal) return;
  event.preventDefault();
  const path = dragged.dataset.move ?? `/tasks/${encodeURIComponent(dragged.dataset.id)}/move?`;
  const back = encodeURIComponent(location.pathname + location.search);
  openSheet(`${path}&${goal.dataset.drop}&back=${back}`, dragged);
});
