// Shows what was chosen, and that sending takes its time. The form works without this.
(() => {
  "use strict";
  const gettext = window.gettext || ((text) => text);
  const form = document.getElementById("upload_form");
  const input = form.querySelector('input[type="file"]');
  const list = form.querySelector(".upload-previews");
  const status = form.querySelector(".upload-status");
  const MOST_SHOWN = 50;

  function show() {
    for (const image of list.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    const files = [...input.files].slice(0, MOST_SHOWN);
    list.replaceChildren(...files.map((file) => {
      const item = document.createElement("li");
      const image = document.createElement("img");
      image.alt = "";
      image.src = URL.createObjectURL(file);
      image.addEventListener("error", () => image.remove());
      item.append(image, file.name);
      return item;
    }));
    list.hidden = !files.length;
    const megabytes = [...input.files].reduce((sum, file) => sum + file.size, 0) / 1024 / 1024;
    status.textContent = files.length ? `${input.files.length} × · ${megabytes.toFixed(1)} MB` : "";
  }

  input.addEventListener("change", show);
  // Somebody may have been quicker than the script, or come back to the page.
  show();

  form.addEventListener("submit", () => {
    if (form.dataset.sent) return;
    form.dataset.sent = "1";
    status.textContent = gettext("Sending; this may take a minute. Please leave the page open.");
  });
  addEventListener("pageshow", () => delete form.dataset.sent);
})();
