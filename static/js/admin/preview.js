// The preview beside the form: as wide as a phone or a desktop, and made anew a moment after the typing stops.
const gettext = window.gettext || ((text) => text);
const frame = document.querySelector("iframe[name=preview]");
const show = document.querySelector("[formtarget=preview]");

if (frame && show) {
  const tools = show.parentElement;
  let timer = 0;

  for (const [words, width] of [[gettext("Phone"), "phone"], [gettext("Desktop"), "desktop"]]) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button", textContent: words });
    button.setAttribute("aria-pressed", String(width === "desktop"));
    button.addEventListener("click", () => {
      frame.classList.toggle("preview-phone", width === "phone");
      for (const one of tools.querySelectorAll("[aria-pressed]")) one.setAttribute("aria-pressed", String(one === button));
    });
    tools.append(button);
  }

  for (const opener of tools.querySelectorAll("[formtarget=preview], a[target=preview]")) {
    opener.addEventListener("click", () => { frame.hidden = false; });
  }
  const later = () => {
    clearTimeout(timer);
    if (!frame.hidden) timer = setTimeout(() => show.click(), 1500);
  };
  show.form.addEventListener("input", later);
  show.form.addEventListener("change", later);
}
