// Which fields of a form show, and where a link to one leads.

// A field that is for some choices of another only shows with these, and is not sent with the others. What the form
// was refused for is seen all the same.
const boxOf = (field) => field.closest(".form-multiline > div") ?? field.closest(".form-row");

function showWhatApplies(form, refused = false) {
  for (const field of form.querySelectorAll("[data-by]")) {
    const box = boxOf(field);
    const choice = form.elements[field.dataset.by]?.value;
    const applies = field.dataset.for.split(" ").includes(choice) || (refused && box.querySelector(".errorlist") !== null);
    box.hidden = !applies;
    // What is required keeps what stands in it.
    field.disabled = !applies && !field.required;
  }
  for (const row of form.querySelectorAll(".form-row:has(.form-multiline [data-by])")) {
    row.hidden = row.querySelector(".form-multiline > div:not([hidden])") === null;
  }
  for (const group of form.querySelectorAll("fieldset:has([data-by])")) {
    group.hidden = group.querySelector(".form-row:not([hidden])") === null;
    if (!group.hidden) group.querySelector("details")?.setAttribute("open", "");
  }
}

// The days of an event go along when its timing changes; of its hours, those that stood there before.
const DAY = 24 * 60 * 60 * 1000;
const midnight = (moment) => Math.floor(moment / DAY) * DAY;

function carryTheDay({ starts_at, ends_at, starts_on, ends_on }) {
  if (starts_at.disabled && starts_at.value) {
    starts_on.valueAsNumber = midnight(starts_at.valueAsNumber);
    const last = midnight(ends_at.valueAsNumber - 1);
    ends_on.valueAsNumber = last > starts_on.valueAsNumber ? last : NaN;
  } else if (starts_on.disabled && starts_on.value && starts_at.value) {
    const later = starts_on.valueAsNumber - midnight(starts_at.valueAsNumber);
    for (const field of [starts_at, ends_at]) if (field.value) field.valueAsNumber += later;
  }
}

for (const name of new Set([...document.querySelectorAll("[data-by]")].map((field) => field.dataset.by))) {
  const choice = document.getElementById(`id_${name}`);
  showWhatApplies(choice.form, true);
  choice.addEventListener("change", () => {
    const { starts_at, starts_on } = choice.form.elements;
    const before = starts_at.disabled;
    showWhatApplies(choice.form);
    if (starts_at.disabled !== before) carryTheDay(choice.form.elements);
  });
}

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
