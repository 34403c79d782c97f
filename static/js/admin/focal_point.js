// The focal point on the picture itself: click, drag or arrow keys. The two numbers below keep the value and
// work without this. Styles are set through the object model, which the page's policy allows.
(() => {
  "use strict";
  const gettext = window.gettext || ((text) => text);
  const CUTS = [["wide", 3 / 2], ["tall", 4 / 5], ["share", 1200 / 630]];

  function make(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  function setUp() {
    const across = document.getElementById("id_focal_point_0");
    const down = document.getElementById("id_focal_point_1");
    const file = document.getElementById("id_file");
    const stored = document.getElementById("focal-source");
    if (!across || !down) return;

    const picture = make("img", { alt: "" });
    const marker = make("button", { type: "button", class: "focal-marker" });
    const stage = make("div", { class: "focal-stage" }, picture, marker);
    const cuts = CUTS.map(([name]) => make("img", { alt: "" }));
    const list = make("ul", { class: "focal-cuts" });
    CUTS.forEach(([name], index) => list.append(make("li", { class: `cut-${name}` }, cuts[index])));
    const help = make("p", { class: "focal-help", id: "focal-help" },
      gettext("Click what must stay in view, or move the ring with the arrow keys (with Shift in larger steps)."));
    const box = make("div", { class: "focal", hidden: "" }, stage, help, list);
    marker.setAttribute("aria-describedby", "focal-help");
    across.closest(".form-row").append(box);

    const value = (input) => Math.min(100, Math.max(0, Number(input.value) || 0));

    function show() {
      const x = value(across);
      const y = value(down);
      marker.style.left = `${x}%`;
      marker.style.top = `${y}%`;
      marker.setAttribute("aria-label", `${gettext("Focal point")}: ${x}, ${y}`);
      const { naturalWidth: width, naturalHeight: height } = picture;
      if (!width) return;
      CUTS.forEach(([, ratio], index) => {
        // As the server cuts: the part's middle as near to the point as the edges let it.
        const partWidth = Math.min(width, height * ratio);
        const partHeight = Math.min(height, width / ratio);
        const place = (percent, whole, part) => {
          const start = Math.min(Math.max(0, (whole * percent) / 100 - part / 2), whole - part);
          return whole > part ? (start / (whole - part)) * 100 : 50;
        };
        cuts[index].style.objectPosition = `${place(x, width, partWidth)}% ${place(y, height, partHeight)}%`;
      });
    }

    function move(x, y) {
      across.value = Math.round(Math.min(100, Math.max(0, x)));
      down.value = Math.round(Math.min(100, Math.max(0, y)));
      across.dispatchEvent(new Event("change", { bubbles: true }));
      show();
    }

    function use(address) {
      for (const image of [picture, ...cuts]) image.src = address;
      box.hidden = false;
      show();
    }

    function point(event) {
      const { left, top, width, height } = picture.getBoundingClientRect();
      move(((event.clientX - left) / width) * 100, ((event.clientY - top) / height) * 100);
    }

    stage.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      event.preventDefault();
      stage.setPointerCapture(event.pointerId);
      marker.focus();
      point(event);
    });
    stage.addEventListener("pointermove", (event) => {
      if (stage.hasPointerCapture(event.pointerId)) point(event);
    });
    marker.addEventListener("keydown", (event) => {
      const step = event.shiftKey ? 10 : 1;
      const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
      if (!by) return;
      event.preventDefault();
      move(value(across) + by[0], value(down) + by[1]);
    });
    for (const input of [across, down]) input.addEventListener("input", show);
    picture.addEventListener("load", show);

    let chosen = "";
    function choose() {
      if (chosen) URL.revokeObjectURL(chosen);
      chosen = file.files.length ? URL.createObjectURL(file.files[0]) : "";
      if (chosen) {
        move(50, 50);
        use(chosen);
      } else if (stored) use(stored.src);
      else box.hidden = true;
    }
    file?.addEventListener("change", choose);
    // What is stored is shown on the stage now.
    stored?.closest(".form-row")?.classList.add("hidden");
    if (file?.files.length) choose();
    else if (stored) use(stored.src);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", setUp);
  else setUp();
})();
