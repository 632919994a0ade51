"use strict";
// Shows an OpenAPI description, and sends requests with a token. The token stays in this page.
const $ = (id) => document.getElementById(id);

function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  Object.assign(element, properties);
  element.append(...children);
  return element;
}

function resolved(value, root) {
  let depth = 0;
  while (value && value.$ref && depth++ < 10) {
    value = value.$ref.split("/").slice(1).reduce((found, part) => found && found[part], root);
  }
  return value || {};
}

// A schema in short: types instead of everything that can be said of them.
function outline(schema, root, depth = 0) {
  const value = resolved(schema, root);
  if (value.anyOf) return value.anyOf.map((part) => outline(part, root, depth)).find((x) => x !== "null");
  if (value.enum) return value.enum.join(" | ");
  if (value.properties) {
    if (depth > 4) return "…";
    const required = value.required || [];
    return Object.fromEntries(Object.entries(value.properties).map(([name, part]) =>
      [required.includes(name) ? name : name + "?", outline(part, root, depth + 1)]));
  }
  const types = [].concat(value.type || "any");
  if (types.includes("array")) return depth > 4 ? ["…"] : [outline(value.items || {}, root, depth + 1)];
  return types.join(" | ");
}

function field(parameter, fields) {
  const input = make("input", { placeholder: String(parameter.schema?.default ?? "") });
  if (parameter.schema?.enum?.length === 1) input.value = parameter.schema.enum[0];
  fields.push({ parameter, input });
  const label = make("label", {}, `${parameter.name}${parameter.required ? " *" : ""}`, input);
  if (parameter.description) label.append(make("span", { className: "hint", textContent: parameter.description }));
  return label;
}

function address(base, path, fields) {
  let target = base + path;
  const query = new URLSearchParams();
  for (const { parameter, input } of fields) {
    if (parameter.in === "path") target = target.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
    else if (parameter.in === "query" && input.value) query.append(parameter.name, input.value);
  }
  const text = query.toString();
  return text ? `${target}?${text}` : target;
}

async function send(method, base, path, fields, body, type, output) {
  const headers = {};
  if ($("token").value) headers.Authorization = `Bearer ${$("token").value}`;
  for (const { parameter, input } of fields) {
    if (parameter.in === "header" && input.value) headers[parameter.name] = input.value;
  }
  if (body) headers["Content-Type"] = type;
  output.textContent = "…";
  try {
    const answer = await fetch(address(base, path, fields), { method: method.toUpperCase(), headers, body: body || undefined });
    let text = await answer.text();
    try { text = JSON.stringify(JSON.parse(text), null, 2); } catch { /* not JSON: shown as it is */ }
    const shown = ["etag", "location", "retry-after", "allow"]
      .filter((name) => answer.headers.has(name)).map((name) => `${name}: ${answer.headers.get(name)}`);
    output.textContent = [`${answer.status} ${answer.statusText}`, ...shown, "", text].join("\n");
  } catch (error) {
    output.textContent = String(error);
  }
}

function operation(method, path, described, shared, base, root) {
  const inside = make("div");
  if (described.description) inside.append(make("p", { textContent: described.description }));
  const fields = [];
  const parameters = [...(shared || []), ...(described.parameters || [])].map((part) => resolved(part, root));
  if (parameters.length) inside.append(make("fieldset", {}, ...parameters.map((part) => field(part, fields))));
  const [type, content] = Object.entries(resolved(described.requestBody, root).content || {})[0] || [];
  let body;
  if (content) {
    body = make("textarea", { spellcheck: false, value: content.example ? JSON.stringify(content.example, null, 2) : "" });
    body.setAttribute("aria-label", "body");
    const shape = JSON.stringify(outline(content.schema || {}, root), null, 2);
    inside.append(make("p", { textContent: type }), body, make("details", {}, make("summary", { textContent: "What the body may have" }), make("div", {}, make("pre", { textContent: shape }))));
  }
  const output = make("pre", { hidden: true });
  output.setAttribute("aria-live", "polite");
  const button = make("button", { textContent: "Send", type: "button" });
  button.addEventListener("click", () => {
    output.hidden = false;
    send(method, base, path, fields, body && body.value, type, output);
  });
  inside.append(make("p", {}, button), output);
  const answers = Object.entries(described.responses || {}).map(([status, response]) => {
    const known = resolved(response, root);
    const schema = Object.values(known.content || {})[0]?.schema;
    const shape = schema && Number(status) < 300 ? "\n" + JSON.stringify(outline(schema, root), null, 2) : "";
    return `${status}  ${known.description || ""}${shape}`;
  });
  inside.append(make("details", {}, make("summary", { textContent: "Answers" }), make("div", {}, make("pre", { textContent: answers.join("\n") }))));
  const head = make("summary", {}, make("span", { className: "method", textContent: method }), make("span", { className: "path", textContent: base + path }), make("span", { className: "about", textContent: described.summary || "" }));
  return make("details", { className: "operation" }, head, inside);
}

function show(root) {
  const server = root.servers?.[0]?.url || "";
  const base = server.startsWith("/") ? server.replace(/\/$/, "") : "";
  const methods = ["get", "post", "put", "patch", "delete"];
  const main = $("main");
  main.replaceChildren(make("h2", { textContent: root.info.title }), make("p", { textContent: root.info.description || "" }));
  let group = "";
  for (const [path, item] of Object.entries(root.paths)) {
    const part = path.split("/")[1];
    if (part !== group) main.append(make("h2", { textContent: part }));
    group = part;
    for (const method of methods.filter((name) => item[name])) {
      main.append(operation(method, path, item[method], item.parameters, base, root));
    }
  }
  find();
}

function find() {
  const words = $("find").value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const shown of document.querySelectorAll("details.operation")) {
    const text = shown.firstElementChild.textContent.toLowerCase();
    shown.hidden = !words.every((word) => text.includes(word));
  }
}

async function load() {
  try {
    show(await (await fetch($("api").value)).json());
  } catch (error) {
    $("main").textContent = `The description cannot be read: ${error}`;
  }
}

$("api").addEventListener("change", load);
$("find").addEventListener("input", find);
load();
