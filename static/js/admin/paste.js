// What was copied elsewhere is cleaned by the server before the editor reads it. The editor drops the marks by which
// the notes and deletions of a word processor are known, and reads styles, which the page's policy refuses.
document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  const gettext = window.gettext || ((text) => text);
  const area = editor.view.dom;
  const said = document.createElement("p");
  said.className = "pasted-said";
  said.setAttribute("role", "status");
  area.closest(".prose-editor").after(said);

  area.addEventListener("paste", async (event) => {
    const html = event.clipboardData?.getData("text/html");
    // What the editor copied itself is clean already, and knows what it was cut from.
    if (!html || html.includes("data-pm-slice")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const words = event.clipboardData.getData("text/plain");
    const body = new FormData();
    // Pictures are left out, so there is no need to send them.
    body.append("html", html.replace(/data:image\/[^"'\s>]+/gi, "data:,"));
    const headers = { "X-CSRFToken": textarea.form.elements.csrfmiddlewaretoken.value };
    try {
      const answer = await fetch("/admin/pasted/", { method: "POST", body, headers, redirect: "manual" });
      if (!answer.ok) throw new Error(answer.status);
      const { html: clean, told } = await answer.json();
      editor.view.pasteHTML(clean);
      said.textContent = told.join(" ");
    } catch {
      editor.view.pasteText(words);
      said.textContent = gettext("The server cannot be reached. The words were pasted without headings, lists and links.");
    }
  }, true);
});
