// Keys for who writes all day: Ctrl+S keeps the draft, Ctrl+Enter makes the main step and asks before anything goes out,
// ? shows the list. Who cannot have single keys (WCAG 2.1.4) switches all of them off, for good.
const dialog = document.getElementById("shortcuts");
const asking = document.getElementById("asking");
const form = document.querySelector("form[id$=_form]");

if (dialog && form) {
  const toggle = dialog.querySelector("[name=on]");
  const inField = (target) => target.closest("input, textarea, select, [contenteditable=true]");
  const button = (selector) => form.querySelector(`${selector}:not([disabled])`);

  function press(one) {
    if (one) form.requestSubmit(one);
  }

  function step(main) {
    if (!main) return;
    if (!("asks" in main.dataset)) return press(main);
    const effect = document.getElementById(main.getAttribute("aria-describedby"));
    asking.querySelector("h2").textContent = main.textContent;
    asking.querySelector(".asking-effect").textContent = effect?.textContent ?? "";
    const yes = asking.querySelector("[value=yes]");
    yes.textContent = main.textContent;
    asking.returnValue = "";
    asking.onclose = () => asking.returnValue === "yes" && press(main);
    asking.showModal();
    yes.focus();
  }

  addEventListener("keydown", (event) => {
    if (!toggle.checked || document.querySelector("dialog[open]")) return;
    const control = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (control && event.key.toLowerCase() === "s") {
      event.preventDefault();
      press(button("[name=_continue]"));
    } else if (control && event.key === "Enter") {
      // Before the editor, which would break the line.
      event.preventDefault();
      event.stopPropagation();
      step(button("[data-main]") || button("[name=_continue]"));
    } else if (event.key === "?" && !event.ctrlKey && !event.metaKey && !event.altKey && !inField(event.target)) {
      event.preventDefault();
      dialog.showModal();
    }
  }, true);

  document.querySelector("[data-shortcuts-open]")?.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });
  dialog.querySelector("form").addEventListener("change", () => {
    const body = new FormData(toggle.form);
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    fetch(toggle.form.action, { method: "POST", body });
  });
  dialog.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
}
