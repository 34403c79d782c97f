// Nothing typed is lost. What is typed goes to the browser's own store at once and to the server soon after; the
// local copy goes when the server has said that it has the text. Saving asks first whether one is still signed in.
const gettext = window.gettext || ((text) => text);
const interpolate = window.interpolate || ((text, values) => values.reduce((all, value) => all.replace("%s", value), text));
const SOON = 2000; // after the last key
const LATEST = 60000;
const BEAT = 10000;

const box = document.querySelector("[data-autosave]");
if (box) watch(box, box.closest("form"));

function watch(box, form) {
  const status = box.querySelector(".autosave-status");
  const others = box.querySelector(".autosave-others");
  const store = `draft:${box.dataset.user}:${box.dataset.autosave.replace(/:new:.*/, ":new")}`;
  const version = Number(form.elements.version?.value) || null;
  const dated = (moment) => moment.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  let sent = "";
  let timer = 0;
  let lastSent = Date.now();
  let away = false;
  let leaving = false;

  function typed() {
    return JSON.stringify([...new FormData(form)].filter(([name, value]) =>
      typeof value === "string" && name !== "csrfmiddlewaretoken" && !name.includes("__prefix__")));
  }

  function keepHere(values, sending = false) {
    try {
      localStorage.setItem(store, JSON.stringify({ values: JSON.parse(values), version, sending, at: new Date().toISOString() }));
    } catch {
      // A full or forbidden store: the server's copy is the one that counts.
    }
  }

  // The numbers of a form change with each sending; they are nobody's words.
  function words(values) {
    return JSON.stringify(values.filter(([name]) => !/(^|-)(version|form_key)$/.test(name)));
  }

  function setToken(token) {
    for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = token;
  }

  // What the server says of the session: "in", "out", or "away" when it cannot be reached.
  async function session() {
    try {
      const answer = await fetch(box.dataset.session, { cache: "no-store" });
      if (!answer.ok) return "away";
      const { user, token } = await answer.json();
      setToken(token);
      return user === box.dataset.user ? "in" : "out";
    } catch {
      return "away";
    }
  }

  function say(state) {
    away = state !== "in";
    box.classList.toggle("autosave-away", away);
    if (state === "out") {
      const link = document.createElement("a");
      Object.assign(link, { href: box.dataset.login, target: "_blank", rel: "noopener", textContent: gettext("Sign in (new tab)") });
      status.replaceChildren(gettext("Your session has ended. Your text is kept in this browser."), " ", link);
    } else if (state === "away") {
      status.textContent = gettext("The server cannot be reached. Your text is kept in this browser.");
    }
  }

  async function beat(withText) {
    const values = typed();
    const fresh = withText && values !== sent;
    if (fresh) keepHere(values);
    const body = fresh ? JSON.stringify({ values: JSON.parse(values), version }) : "{}";
    let answer;
    try {
      answer = await fetch(box.dataset.beat, {
        method: "POST", body, redirect: "manual",
        headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      });
    } catch {
      return say("away");
    }
    if (!answer.ok) {
      const state = await session();
      if (state !== "in") return say(state);
      if (answer.status === 413) status.textContent = (await answer.json()).problem;
      return;
    }
    const told = await answer.json();
    if (fresh) {
      sent = values;
      lastSent = Date.now();
      // What was typed while the answer was on its way is here alone.
      if (typed() === values) localStorage.removeItem(store);
      say("in");
      status.textContent = interpolate(gettext("Draft kept at %s"), [told.saved]);
    } else if (away) {
      say("in");
      status.textContent = gettext("Connected again.");
      if (values !== sent) beat(true);
    }
    const names = told.others.length ? interpolate(gettext("Also here now: %s."), [told.others.join(", ")]) : "";
    const newer = version && told.version && told.version !== version
      ? gettext("Somebody has saved a newer version; you will see both when you save.") : "";
    const words = [names, newer].filter(Boolean).join(" ");
    if (others.textContent !== words) others.textContent = words;
  }

  function changed() {
    clearTimeout(timer);
    const values = typed();
    if (values === sent) return;
    keepHere(values);
    timer = setTimeout(() => beat(true), Date.now() - lastSent > LATEST ? 0 : SOON);
  }

  sent = typed();
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  document.addEventListener("prose-editor:ready", ({ detail }) => {
    // The editor tidies its text when it starts; that is nobody's typing.
    if (form.contains(detail.textarea)) setTimeout(() => { if (!timer) sent = typed(); });
  });
  setInterval(() => beat(typed() !== sent), BEAT);
  beat(false);

  form.addEventListener("submit", async (event) => {
    // The preview goes to its own frame and leaves the form where it is.
    if (leaving || event.submitter?.formTarget) return;
    event.preventDefault();
    const state = await session();
    if (state !== "in") {
      keepHere(typed());
      say(state);
      status.focus?.();
      return box.scrollIntoView({ block: "center" });
    }
    // Should the server die over the form, it holds a draft of it by then.
    await beat(true);
    if (away) return box.scrollIntoView({ block: "center" });
    leaving = true;
    // It goes when a page says that it was saved (js/admin/newsroom.js), and not before: the server may die just now.
    keepHere(typed(), true);
    form.requestSubmit(event.submitter);
  });

  // A copy that only this browser has: give it to the server, then offer it like any other.
  const local = JSON.parse(localStorage.getItem(store) || "null");
  if (local && words(local.values) !== words(JSON.parse(sent))) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button", textContent: gettext("Bring it back") });
    const words = interpolate(gettext("This browser holds unsaved text from %s."), [dated(new Date(local.at))]);
    const line = document.createElement("p");
    line.className = "unsaved";
    line.append(words, " ", button);
    box.before(line);
    button.addEventListener("click", () => {
      const back = document.createElement("form");
      back.method = "post";
      back.hidden = true;
      const pairs = [["_draft", "1"], ["csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value], ...local.values];
      for (const [name, value] of pairs) {
        const field = document.createElement("textarea");
        field.name = name;
        field.value = value;
        back.append(field);
      }
      document.body.append(back);
      leaving = true;
      localStorage.removeItem(store);
      back.submit();
    });
  } else {
    localStorage.removeItem(store);
  }
}
