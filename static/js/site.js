// Everything works without this file: it hides alerts that were read, offers the browser's own share sheet and
// copies the page's address.
const HIDDEN = "hidden-alerts";
const read = () => JSON.parse(sessionStorage.getItem(HIDDEN) || "[]");
for (const alert of document.querySelectorAll("header .alert")) {
  // Known by its words: one that was changed is shown again.
  const words = alert.querySelector(".alert__text").textContent.trim();
  const button = alert.querySelector("[data-hide]");
  alert.hidden = read().includes(words);
  button.hidden = false;
  button.addEventListener("click", () => {
    sessionStorage.setItem(HIDDEN, JSON.stringify([...read(), words]));
    alert.hidden = true;
    (document.querySelector("header .alert:not([hidden]) [data-hide]") || document.getElementById("main")).focus();
  });
}

for (const list of document.querySelectorAll("[data-share]")) {
  const said = list.parentElement.querySelector("[data-said]");
  const address = list.dataset.share || location.href;
  const copy = list.querySelector("[data-copy]");
  const system = list.querySelector("[data-system]");
  if (navigator.clipboard) {
    copy.parentElement.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(address);
      const label = copy.querySelector("span");
      const before = label.textContent;
      label.textContent = said.textContent = copy.dataset.copy;
      setTimeout(() => {
        label.textContent = before;
        said.textContent = "";
      }, 4000);
    });
  }
  if (navigator.share) {
    system.parentElement.hidden = false;
    system.addEventListener("click", () =>
      navigator.share({ title: list.dataset.title, url: address }).catch((error) => {
        if (error.name !== "AbortError") throw error;
      }),
    );
  }
}

// Who has been in the newsroom with this browser finds the way from a page to its form. The page itself is the same for
// everybody.
const newsroom = (() => {
  try {
    return localStorage.getItem("newsroom");
  } catch {
    return null;
  }
})();
if (newsroom && window === window.top && !location.pathname.startsWith("/preview/")) {
  const { edit, words } = JSON.parse(newsroom);
  const link = document.createElement("a");
  link.href = `${edit}?${new URLSearchParams({ page: location.pathname })}`;
  link.textContent = words[document.documentElement.lang] ?? words.en;
  const line = document.createElement("p");
  line.className = "edit-this-page";
  line.append(link);
  document.querySelector("main").append(line);
}
