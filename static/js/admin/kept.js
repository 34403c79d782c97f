// The token of a form that came too late is fetched anew just before it is sent again.
const form = document.querySelector("form[data-session]");

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = await fetch(form.dataset.session);
  form.elements.csrfmiddlewaretoken.value = (await answer.json()).token;
  form.submit();
});
