// A link marked so opens over the page; without scripts it leads to a page of its own.
const sheet = document.getElementById("sheet");
let opener;

export async function openSheet(path, from) {
  if (!sheet || !window.htmx) return;
  opener = from;
  await htmx.ajax("GET", path, { target: "#sheet", swap: "innerHTML", select: "unset", selectOOB: "unset" });
  for (const close of sheet.querySelectorAll("[data-close]")) close.hidden = false;
  sheet.setAttribute("aria-labelledby", "sheet-title");
  if (!sheet.open) sheet.showModal();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-sheet]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && sheet) {
    event.preventDefault();
    openSheet(link.getAttribute("href"), link);
  }
  if (event.target.closest("[data-close]")) {
    event.preventDefault();
    event.target.closest("dialog")?.close();
  }
  if (event.target === sheet) sheet.close();
});
sheet?.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && event.detail.requestConfig.verb === "post" && !event.target.dataset.stay) {
    sheet.close();
  }
});
sheet?.addEventListener("close", () => {
  sheet.replaceChildren();
  if (opener?.isConnected) opener.focus();
  else document.querySelector(".task .more, #view")?.focus();
});
