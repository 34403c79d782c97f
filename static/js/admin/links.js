// The link dialog of the rich text editor: our own pages are found by their words and kept by their number, so that
// a link survives a new title. It stands in the place of the editor's own dialog, behind the same button and Ctrl+K.
(() => {
  "use strict";
  const gettext = window.gettext || ((text) => text);
  const SERVICE = "/admin/links/";
  let number = 0;

  function make(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  const isOurs = (address) => /^\/(?!\/)/.test(address) || address.startsWith(`${location.origin}/`);

  // The language that is being written: the article's, or where both are on one screen that of the field.
  function languageOf(textarea) {
    return document.getElementById("id_language")?.value || textarea.name.match(/^(tr|en)-|_(tr|en)$/)?.slice(1).find(Boolean) || "tr";
  }

  // The editor hears of a selection made by keys only after the keys; Ctrl+K pressed at once would find the one before.
  function readSelection(editor) {
    const { anchorNode, anchorOffset, focusNode, focusOffset } = document.getSelection();
    const area = editor.view.dom;
    if (!area.contains(anchorNode) || !area.contains(focusNode)) return;
    const ends = [editor.view.posAtDOM(anchorNode, anchorOffset), editor.view.posAtDOM(focusNode, focusOffset)];
    editor.commands.setTextSelection({ from: Math.min(...ends), to: Math.max(...ends) });
  }

  function open(editor, textarea) {
    readSelection(editor);
    const linked = editor.isActive("link");
    if (linked) editor.chain().extendMarkRange("link").run();
    const { from, to, empty } = editor.state.selection;
    const old = editor.getAttributes("link");
    const id = `link-dialog-${++number}`;
    const query = new URLSearchParams({ language: languageOf(textarea) });

    const field = (name, label, control) =>
      make("p", {}, make("label", { for: `${id}-${name}` }, label), control);
    const select = make("select", { id: `${id}-find`, name: "find", "data-picker": `${SERVICE}?${query}` });
    const address = make("input", { id: `${id}-address`, type: "text", inputmode: "url", class: "vTextField", autocomplete: "off", required: "" });
    const words = make("input", { id: `${id}-words`, type: "text", class: "vTextField", required: "" });
    const about = make("p", { class: "link-about", role: "status" });
    const cancel = make("button", { type: "button", class: "button" }, gettext("Cancel"));
    const remove = make("button", { type: "button", class: "button" }, gettext("remove link"));
    const insert = make("button", { type: "submit", class: "button default" }, linked ? gettext("Update") : gettext("Insert"));
    const form = make("form", { method: "dialog" },
      make("h2", { id: `${id}-title` }, gettext("Link")),
      field("find", gettext("Our own page: search articles, events and officials"), select),
      field("address", gettext("or an address"), address),
      about,
      ...(empty ? [field("words", gettext("Words of the link"), words)] : []),
      make("p", { class: "link-buttons" }, insert, ...(linked ? [remove] : []), cancel));
    const dialog = make("dialog", { class: "link-dialog", "aria-labelledby": `${id}-title` }, form);
    address.value = old.href || "";
    if (!empty) words.required = false;

    async function tell() {
      about.textContent = "";
      const asked = address.value.trim();
      if (!isOurs(asked)) return;
      const response = await fetch(`${SERVICE}?${new URLSearchParams({ url: asked })}`);
      if (!response.ok || asked !== address.value.trim()) return;
      const { target } = await response.json();
      if (target) about.textContent = `${target.title} – ${target.about}`;
    }

    select.addEventListener("change", () => {
      const option = select.selectedOptions[0];
      if (!option) return;
      address.value = option.value;
      // What was found is named “title – what it is”.
      if (empty && !words.value) words.value = option.text.slice(0, option.text.lastIndexOf(" – "));
      tell();
      // After the picker has put the focus on what was chosen.
      setTimeout(() => (words.isConnected && !words.value ? words : insert).focus());
    });
    address.addEventListener("change", tell);
    cancel.addEventListener("click", () => dialog.close());
    remove.addEventListener("click", () => {
      editor.chain().setTextSelection({ from, to }).unsetLink().run();
      dialog.close();
    });
    form.addEventListener("submit", () => {
      const attributes = { href: address.value.trim(), target: null, rel: null };
      const chain = editor.chain().setTextSelection({ from, to });
      if (empty) {
        chain.insertContent([
          { type: "text", text: words.value, marks: [{ type: "link", attrs: attributes }] },
        ]).unsetMark("link").run();
      } else {
        chain.setMark("link", attributes).run();
      }
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      editor.commands.focus();
    });
    document.body.append(dialog);
    dialog.dispatchEvent(new CustomEvent("picker:added", { bubbles: true }));
    dialog.showModal();
    if (old.href) {
      tell();
      address.focus();
    }
  }

  document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
    if (!editor.schema.marks.link) return;
    const box = editor.view.dom.closest(".prose-editor");
    box.addEventListener("click", (event) => {
      if (!event.target.closest('.prose-menubar [data-name="link"]')) return;
      event.preventDefault();
      event.stopPropagation();
      open(editor, textarea);
    }, true);
    box.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      open(editor, textarea);
    }, true);
  });
})();
