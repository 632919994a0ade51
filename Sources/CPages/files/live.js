// What others change comes in as it happens; what is done without a connection waits and is sent once.
const body = document.body;
const bar = document.getElementById("connection");
let source;
let last;
let timer;
let lossTimer;
const waiting = [];

function isWriting() {
  const active = document.activeElement;
  const field = active?.closest("#view input, #view textarea, #view select");
  const isText = field && !["checkbox", "radio"].includes(field.type) && field.value !== field.defaultValue;
  return Boolean(isText || document.querySelector("#view [data-keep], #view form[data-dirty], #view .pick:checked, #view .dragging"));
}

// A form whose answer is to come is not taken away, and what it changes is read after it.
let busyCount = 0;
let isRefreshing = false;
body.addEventListener("htmx:beforeSend", (event) => {
  if (event.detail.elt === body) return;
  busyCount += 1;
  setTimeout(() => (busyCount = 0), 10000);
  if (isRefreshing) {
    htmx.trigger(body, "htmx:abort");
    refresh();
  }
});
body.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.elt === body) isRefreshing = false;
  else busyCount = Math.max(0, busyCount - 1);
});

function refresh() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (busyCount) return refresh();
    if (document.querySelector("dialog[open]") || isWriting()) return offer();
    bar.replaceChildren();
    isRefreshing = true;
    htmx.ajax("GET", location.pathname + location.search, {
      source: body, target: "#view", select: "#view", swap: "outerHTML",
    });
  }, 120);
}

// Who began to write while the view was on its way is not disturbed, either.
body.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.requestConfig?.elt !== body) return;
  if (!isWriting() && !document.querySelector("dialog[open]")) return;
  event.detail.shouldSwap = false;
  offer();
});

// Who writes is not disturbed, and told.
function offer() {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = bar.dataset.show;
  button.addEventListener("click", () => location.reload());
  bar.replaceChildren(bar.dataset.changed, button);
}

function connect() {
  if (source || !body.dataset.live) return;
  const address = last ? `/live?after=${encodeURIComponent(last)}` : body.dataset.live;
  source = new EventSource(address);
  source.addEventListener("change", (event) => {
    last = event.lastEventId;
    refresh();
  });
  source.addEventListener("open", () => {
    clearTimeout(lossTimer);
    if (bar.dataset.isLost) {
      delete bar.dataset.isLost;
      bar.replaceChildren();
      refresh();
    }
    sendWaiting();
  });
  source.addEventListener("error", () => {
    lossTimer ??= setTimeout(tellLoss, 3000);
    if (source?.readyState === EventSource.CLOSED) {
      source = undefined;
      setTimeout(connect, 5000);
    }
  });
}

function tellLoss() {
  lossTimer = undefined;
  if (source && source.readyState === EventSource.OPEN) return;
  bar.dataset.isLost = "yes";
  bar.replaceChildren(bar.dataset.lost);
}

function disconnect() {
  source?.close();
  source = undefined;
}

// A browser has few connections to a server, so only the page that is seen holds one.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return disconnect();
  connect();
});
addEventListener("pagehide", disconnect);
// Once the page is there, so that nothing of it waits for this.
if (document.readyState === "complete") begin();
else addEventListener("load", begin);

function begin() {
  if (!document.hidden) connect();
}

// Browsers make UUIDs for pages by TLS alone; this works without it, too.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// A form that could not be sent is sent when the connection is back, in order, each under its own key.
body.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "post") return;
  event.detail.headers["Idempotency-Key"] ??= newKey();
});
body.addEventListener("htmx:sendError", (event) => {
  const { verb, path, formData, headers } = event.detail.requestConfig;
  // What is shown once has to be asked for by who waits for it.
  const isOnce = /\/(tokens|webhooks|rotate|calendar)$/.test(path);
  if (verb !== "post" || isOnce || /^\/rule|\/(understood|effect)$/.test(path)) return;
  waiting.push({ path, fields: new URLSearchParams(formData), key: headers["Idempotency-Key"] });
  bar.dataset.isLost = "yes";
  bar.replaceChildren(bar.dataset.lost);
});
addEventListener("online", () => sendWaiting());

async function sendWaiting() {
  while (waiting.length) {
    const { path, fields, key } = waiting[0];
    try {
      await fetch(path, {
        method: "POST",
        body: fields,
        headers: { "Idempotency-Key": key, "HX-Request": "true" },
      });
    } catch {
      return;
    }
    waiting.shift();
    if (!waiting.length) {
      delete bar.dataset.isLost;
      refresh();
    }
  }
}
