// Names the rich text editor and its buttons for those who do not see them, in the editor's language.
// Loaded before the editor's modules, or it would miss the event.
let lastFocused = document.activeElement;
document.addEventListener("focusin", ({ target }) => { lastFocused = target; });

document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  const area = editor.view.dom;
  const box = area.closest(".prose-editor");
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  area.setAttribute("role", "textbox");
  area.setAttribute("aria-multiline", "true");
  if (label) {
    label.id ||= `${textarea.id}_label`;
    area.setAttribute("aria-labelledby", label.id);
    label.addEventListener("click", () => editor.commands.focus());
  }
  const help = document.getElementById(`${textarea.id}_helptext`);
  if (help) area.setAttribute("aria-describedby", help.id);
  // Who was quicker than the editor writes on in the text, not in the field that it has hidden.
  if (lastFocused === textarea) editor.commands.focus("end");

  // The toolbar is made when the editor is done, a moment after this event.
  if (box.querySelector(".prose-menubar")) dressToolbar(editor, box);
  else editor.on("create", () => dressToolbar(editor, box));
});

function dressToolbar(editor, box) {
  const gettext = window.gettext || ((text) => text);
  const buttons = [...box.querySelectorAll(".prose-menubar [title]")];
  for (const button of buttons) {
    button.title = gettext(button.title);
    button.setAttribute("aria-label", button.title);
  }
  for (const option of box.querySelectorAll(".prose-menubar__option > *")) option.textContent = gettext(option.textContent);
  // The button that opens the block styles is made anew with every change of the text.
  const openers = [...box.querySelectorAll(".prose-menubar__selected")];
  const dress = () => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.classList.contains("active")));
    for (const button of openers.map((opener) => opener.querySelector("button")).filter(Boolean)) {
      button.title = gettext(button.title || "paragraph");
      button.setAttribute("aria-label", `${gettext("Block style")}: ${button.title}`);
      button.setAttribute("aria-haspopup", "true");
    }
  };
  editor.on("transaction", dress);
  dress();
}
