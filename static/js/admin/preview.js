// The preview beside the form: as wide as a phone or a desktop, and made anew a moment after the typing stops.
const gettext = window.gettext || ((text) => text);
const panel = document.querySelector(".preview-panel");
const show = document.querySelector("[formtarget=preview]");
const DESKTOP = 1280;

if (panel && show) {
  const frame = panel.querySelector("iframe");
  const tools = panel.querySelector(".preview-tools");
  const form = show.form;
  let timer = 0;

  function tool(words, pressed, click) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button", textContent: words });
    if (pressed !== null) button.setAttribute("aria-pressed", String(pressed));
    button.addEventListener("click", () => click(button));
    tools.append(button);
  }

  // A desktop's page is shown whole, however narrow the place for it: made smaller, and not reflowed.
  function fit() {
    const phone = frame.classList.contains("preview-phone");
    const room = panel.clientWidth;
    const scale = phone || !room ? 1 : Math.min(1, room / DESKTOP);
    frame.style.inlineSize = phone ? "" : `${room / scale}px`;
    frame.style.blockSize = phone ? "" : `${(innerHeight * 0.85) / scale}px`;
    frame.style.transform = scale === 1 ? "" : `scale(${scale})`;
    frame.parentElement.style.blockSize = phone ? "" : `${innerHeight * 0.85}px`;
  }

  function width(button, phone) {
    frame.classList.toggle("preview-phone", phone);
    for (const one of tools.querySelectorAll("[aria-pressed]")) one.setAttribute("aria-pressed", String(one === button));
    fit();
  }

  function open(opened) {
    panel.hidden = !opened;
    form.classList.toggle("with-preview", opened);
    fit();
    if (!opened) show.focus();
  }

  // Who holds a phone sees the page as on a phone.
  const small = matchMedia("(max-width: 47.99rem)").matches;
  frame.classList.toggle("preview-phone", small);
  tool(gettext("Phone"), small, (button) => width(button, true));
  tool(gettext("Desktop"), !small, (button) => width(button, false));
  tool(gettext("Close the preview"), null, () => open(false));
  show.addEventListener("click", () => {
    if (!panel.hidden) return;
    open(true);
    panel.scrollIntoView({ block: "nearest" });
  });
  new ResizeObserver(fit).observe(panel);
  const later = () => {
    clearTimeout(timer);
    if (!panel.hidden) timer = setTimeout(() => show.click(), 1500);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
}
