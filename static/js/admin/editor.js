// Names the rich text editor for those who do not see it. Loaded before the editor's modules, or it would miss
// the event.
document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  const area = editor.view.dom;
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
});
