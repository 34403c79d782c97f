// The picture library in a window of its own: a click hands the picture to the editor that opened it.
const list = document.querySelector(".pick-list");

list.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-url]");
  const tools = window.opener?.CKEDITOR?.tools;
  if (!button || !tools) return;
  const page = window.opener.document;
  const text = page.querySelector("dialog[open]")?.closest(".prose-editor")?.querySelector("textarea");
  const written = page.getElementById("id_language")?.value ?? page.querySelector("[data-language]")?.dataset.language;
  const english = written === "en" || /^en-|_en$/.test(text?.name ?? "");
  const language = english ? "En" : "Tr";
  tools.callFunction(Number(list.dataset.callback), button.dataset.url, {
    id: button.dataset.id,
    alternative_text: button.dataset[`alt${language}`],
    caption: button.dataset[`caption${language}`],
  });
  window.close();
});
