// The preview beside the form: as wide as a phone or a desktop, and made anew a moment after the typing stops.
const gettext = window.gettext || ((text) => text);
const panel = document.querySelector(".preview-panel");
// One button for each language of the form.
const shows = [...document.querySelectorAll("[data-preview]")];
const DESKTOP = 1280;

if (panel && shows.length) {
  const frame = panel.querySelector("iframe");
  const tools = panel.querySelector(".preview-tools");
  const form = shows[0].form;
  let chosen = shows[0];
  let timer = 0;

  function tool(words, click) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button", textContent: words });
    button.addEventListener("click", click);
    tools.append(button);
    return button;
  }

  function press(buttons, pressed) {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button === pressed));
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

  function width(phone) {
    frame.classList.toggle("preview-phone", phone);
    press(widths, widths[phone ? 0 : 1]);
    fit();
  }

  function open(opened) {
    panel.hidden = !opened;
    form.classList.toggle("with-preview", opened);
    fit();
    if (!opened) chosen.focus();
  }

  const languages = shows.length > 1 ? shows.map((show) => tool(show.dataset.preview, () => show.click())) : [];
  const widths = [tool(gettext("Phone"), () => width(true)), tool(gettext("Desktop"), () => width(false))];
  tool(gettext("Close the preview"), () => open(false));
  // Who holds a phone sees the page as on a phone.
  width(matchMedia("(max-width: 47.99rem)").matches);
  for (const [number, show] of shows.entries()) {
    show.formTarget = frame.name;
    show.addEventListener("click", () => {
      chosen = show;
      press(languages, languages[number]);
      if (!panel.hidden) return;
      open(true);
      panel.scrollIntoView({ block: "nearest" });
    });
  }
  new ResizeObserver(fit).observe(panel);
  const later = () => {
    clearTimeout(timer);
    if (!panel.hidden) timer = setTimeout(() => chosen.click(), 1500);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
}
