// A combobox over a <select>: type, choose with the arrow keys or a click, remove with a button.
// The pattern is the ARIA Authoring Practices' "combobox with listbox popup"; the select keeps the value.
const gettext = window.gettext || ((text) => text);
let number = 0;

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function picture(address) {
  return address ? [make("img", { src: address, alt: "", width: 40, height: 40 })] : [];
}

// The text alternatives of a picture go where none was typed, or only those of the picture before it.
function describe(select, alternatives) {
  const decorative = select.form.elements[select.name.replace(/image$/, "decorative")] ??
    select.form.elements[`${select.name}_decorative`];
  if (decorative?.checked) return;
  const language = select.form.elements.language?.value ?? document.querySelector("[data-language]")?.dataset.language;
  const bases = select.name.endsWith("image") ? [select.name.replace(/image$/, "alt"), `${select.name}_alt`] : [];
  for (const base of bases) {
    for (const [name, words] of [[base, alternatives[language]], [`${base}_tr`, alternatives.tr], [`${base}_en`, alternatives.en]]) {
      const field = select.form.elements[name];
      if (!field || (field.value && field.value !== field.dataset.brought)) continue;
      field.value = field.dataset.brought = words ?? "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

function pick(select) {
  if (select.dataset.picked || select.name.includes("__prefix__")) return;
  select.dataset.picked = "1";
  const id = `picker-${++number}`;
  const label = document.querySelector(`label[for="${select.id}"]`);
  const input = make("input", {
    id: `${id}-input`, type: "text", role: "combobox", autocomplete: "off", class: "vTextField",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list`,
  });
  const list = make("ul", { id: `${id}-list`, role: "listbox", hidden: "" });
  const chosen = make("ul", { class: "picked" });
  const status = make("span", { role: "status", class: "visually-hidden" });
  const box = make("div", { class: "picker-box" }, chosen, input, list, status);
  if (label) {
    label.htmlFor = input.id;
    list.setAttribute("aria-label", label.textContent.trim());
  } else if (select.getAttribute("aria-label")) {
    input.setAttribute("aria-label", select.getAttribute("aria-label"));
  }
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  }
  select.hidden = true;
  select.after(box);

  let options = [];
  let active = -1;
  let timer = 0;
  let asked = 0;
  let pending = false;

  function show() {
    chosen.replaceChildren(...[...select.selectedOptions].filter((option) => option.value).map((option) => {
      const remove = make("button", { type: "button" }, "×");
      remove.setAttribute("aria-label", `${gettext("Remove")}: ${option.text}`);
      remove.addEventListener("click", () => {
        option.remove();
        changed();
        input.focus();
      });
      return make("li", {}, ...picture(option.dataset.thumb), make("span", {}, option.text), remove);
    }));
    chosen.hidden = !chosen.children.length;
    input.hidden = !select.multiple && Boolean(chosen.children.length);
  }

  function changed() {
    show();
    select.dispatchEvent(new Event("change", { bubbles: true }));
    select.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(result) {
    if (!select.multiple) for (const option of [...select.options]) if (option.value) option.remove();
    if (![...select.options].some((option) => option.value === result.id)) {
      const option = new Option(result.text, result.id, true, true);
      if (result.thumb) option.dataset.thumb = result.thumb;
      select.add(option);
      if (result.alt) describe(select, result.alt);
    }
    input.value = "";
    close();
    changed();
    if (select.multiple) input.focus();
    else chosen.querySelector("button")?.focus();
  }

  function mark(index) {
    active = index;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === index)));
    const item = list.children[index];
    if (!item) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  }

  async function ask() {
    const turn = ++asked;
    const address = new URL(select.dataset.picker, location.href);
    address.searchParams.set("term", input.value);
    for (const [name, value] of [["app_label", "appLabel"], ["model_name", "modelName"], ["field_name", "fieldName"]]) {
      if (select.dataset[value]) address.searchParams.set(name, select.dataset[value]);
    }
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    if (!response.ok || turn !== asked) return false;
    pending = false;
    const taken = new Set([...select.selectedOptions].map((option) => option.value));
    options = (await response.json()).results.filter((result) => !taken.has(result.id));
    list.replaceChildren(...options.map((result, place) => {
      const item = make("li", { role: "option", id: `${id}-${place}`, "aria-selected": "false" }, ...picture(result.thumb), result.text);
      item.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        choose(result);
      });
      return item;
    }));
    list.hidden = !options.length;
    input.setAttribute("aria-expanded", String(Boolean(options.length)));
    status.textContent = options.length ? `${options.length} ${gettext("found")}` : gettext("Nothing found");
    active = -1;
    return true;
  }

  input.addEventListener("input", (event) => {
    event.stopPropagation();
    clearTimeout(timer);
    pending = true;
    asked++;
    timer = setTimeout(ask, 150);
  });
  input.addEventListener("focus", ask);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return ask();
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark((active + step + options.length) % options.length);
    } else if (event.key === "Enter") {
      // Never the form: who types a name and presses Enter means the name.
      event.preventDefault();
      clearTimeout(timer);
      // What was found for the letters before the last one is not what is meant.
      Promise.resolve(!pending || ask()).then((fresh) => {
        if (fresh && !list.hidden && options.length) choose(options[Math.max(active, 0)]);
      });
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Backspace" && !input.value && select.multiple) {
      chosen.querySelector("li:last-child button")?.click();
    }
  });
  // The admin's pop-ups put a row they made straight into the select.
  new MutationObserver(show).observe(select, { childList: true });
  show();
}

const pickAll = (root) => root.querySelectorAll("select[data-picker]").forEach(pick);
for (const added of ["formset:added", "picker:added"]) {
  document.addEventListener(added, (event) => pickAll(event.target));
}
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => pickAll(document));
else pickAll(document);
