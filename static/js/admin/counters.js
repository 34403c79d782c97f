// How long a title, summary or text alternative is, beside how long it should be. Seen at every key, and said to who
// listens only once the typing stops, and only where there is something to say.
(() => {
  "use strict";
  const gettext = window.gettext || ((text) => text);
  const interpolate = window.interpolate || ((text, values) => values.reduce((all, value) => all.replace("%s", value), text));
  const PAUSE = 1500;
  // From here to the advised length the rest is worth saying.
  const NEAR = 10;

  function words(length, advised, most) {
    if (length > most) return interpolate(gettext("%s characters; more than %s are not published."), [length, most]);
    if (length > advised) return interpolate(gettext("%s characters; up to %s are advised."), [length, advised]);
    return interpolate(gettext("%s of %s characters"), [length, advised]);
  }

  function count(field) {
    if (field.dataset.counted || field.name.includes("__prefix__")) return;
    field.dataset.counted = "1";
    const advised = Number(field.dataset.advised);
    const most = Number(field.dataset.most) || Infinity;
    const shown = document.createElement("p");
    const said = document.createElement("span");
    Object.assign(shown, { className: "counter", id: `${field.id}_counter` });
    said.className = "visually-hidden";
    said.setAttribute("role", "status");
    (field.closest(".flex-container") || field).after(shown, said);
    field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), shown.id].filter(Boolean).join(" "));
    let timer = 0;

    function show() {
      // As the server counts: characters, and not the units that some of them take two of.
      const length = [...field.value.trim()].length;
      shown.textContent = words(length, advised, most);
      shown.classList.toggle("counter-long", length > advised);
      shown.classList.toggle("counter-over", length > most);
      return length;
    }
    field.addEventListener("input", () => {
      const length = show();
      clearTimeout(timer);
      timer = setTimeout(() => { said.textContent = length > advised - NEAR ? shown.textContent : ""; }, PAUSE);
    });
    show();
  }

  const countAll = (root) => root.querySelectorAll("[data-advised]").forEach(count);
  document.addEventListener("formset:added", (event) => countAll(event.target));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => countAll(document));
  else countAll(document);
})();
