// A link to a field leads to what stands for it on the page: comboboxes and the editor hide the field itself.
const FOCUSED = "input, select, textarea, button";

function standsFor(field) {
  field.closest("details")?.setAttribute("open", "");
  if (field.matches(FOCUSED) && field.checkVisibility()) return field;
  const around = field.matches(FOCUSED) ? field.closest(".fieldBox, .form-row, fieldset") : field;
  const inside = ['[contenteditable="true"]', FOCUSED].flatMap((which) => [...around.querySelectorAll(which)]);
  return inside.find((node) => node.checkVisibility());
}

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#id_"]');
  const field = link && document.getElementById(link.hash.slice(1));
  const place = field && standsFor(field);
  if (!place) return;
  event.preventDefault();
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "center" });
});
